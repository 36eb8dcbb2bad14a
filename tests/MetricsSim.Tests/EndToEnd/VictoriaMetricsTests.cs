using System.Globalization;
using MetricsSim.Exposition;
using MetricsSim.Tests.Support;
using Xunit;
using static MetricsSim.Tests.EndToEnd.PushedRun;

namespace MetricsSim.Tests.EndToEnd;

/// <summary>A real VictoriaMetrics takes what is pushed, and holds what a scrape of the same tick says.</summary>
public sealed class VictoriaMetricsTests
{
    [Fact]
    public async Task VictoriaMetrics_holds_what_a_scrape_of_the_same_tick_says()
    {
        CancellationToken cancel = TestContext.Current.CancellationToken;
        await using var server = await VictoriaMetricsServer.StartAsync(cancel);
        await using RunningDaemon daemon = await StartAsync(server.Url, shards: 2);
        await daemon.UntilAsync(status => status.Tick > 200);
        await daemon.Control.CurlAsync("/api/v1/clock", """{"paused":true}""", "PUT");
        (string[] page, _) = await ScrapeAsync(daemon);
        Assert.True(page.Length > 500, $"{page.Length} series");
        await UntilHeldAsync(page, query => server.QueryAsync(query, cancel), AreSame);
        Assert.Equal((0, 0), (Counted(daemon, PushOutcome.Failed), Counted(daemon, PushOutcome.Dropped)));
    }

    /// <summary>VictoriaMetrics keeps about 13 digits of a value.</summary>
    private static bool AreSame(string scraped, string held)
    {
        int a = scraped.LastIndexOf(' '), b = held.LastIndexOf(' ');
        double value = double.Parse(scraped[a..], CultureInfo.InvariantCulture);
        return scraped[..a] == held[..b] && Math.Abs(value - double.Parse(held[b..], CultureInfo.InvariantCulture)) <= 1e-12 * Math.Abs(value);
    }
}
