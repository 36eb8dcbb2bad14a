using System.Text.Json.Nodes;
using MetricsSim.Exposition;
using MetricsSim.Tests.Support;
using Xunit;
using static MetricsSim.Tests.EndToEnd.PushedRun;

namespace MetricsSim.Tests.EndToEnd;

/// <summary>A real Prometheus takes what is pushed, and holds what a scrape of the same tick says.</summary>
public sealed class RemoteWriteTests : IDisposable
{
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Prometheus_holds_what_a_scrape_of_the_same_tick_says()
    {
        await using var prometheus = await PrometheusServer.StartOnAsync(_directory.File("data"), Cancel);
        await using RunningDaemon daemon = await StartAsync(prometheus.Url, shards: 3);
        await daemon.UntilAsync(status => status.Tick > 200);
        await daemon.Control.CurlAsync("/api/v1/clock", """{"paused":true}""", "PUT");
        (string[] page, long tick) = await ScrapeAsync(daemon);
        await UntilAsync(prometheus, "metricssim_simulated_time_seconds", value => value == tick);
        await UntilHeldAsync(page, query => prometheus.QueryAsync(query, null, Cancel));
        Assert.True(page.Length > 500, $"{page.Length} series");
        Assert.Equal((0, 0), (Counted(daemon, PushOutcome.Failed), Counted(daemon, PushOutcome.Dropped)));
    }

    [Fact]
    public async Task A_receiver_that_is_killed_and_comes_back_misses_nothing_that_the_queue_held()
    {
        string data = _directory.File("data");
        var prometheus = await PrometheusServer.StartOnAsync(data, Cancel);
        int port = prometheus.Url.Port;
        await using RunningDaemon daemon = await StartAsync(prometheus.Url, shards: 1);
        try
        {
            await UntilAsync(prometheus, "metricssim_simulated_time_seconds", _ => true);
            await prometheus.DisposeAsync();
            long before = Counted(daemon, PushOutcome.Sent);
            await UntilAsync(() => Task.FromResult(Cell(daemon, PushFamilies.Queue) > 6 * before), () => Task.FromResult("no queue"));
            prometheus = await PrometheusServer.StartOnAsync(data, Cancel, port);
            await UntilAsync(() => Task.FromResult(Cell(daemon, PushFamilies.Queue) < before), () => Task.FromResult("the queue stays"));
            Assert.Equal(ExitCodes.Ok, await daemon.StopAsync());
            Assert.Equal((0, 0, 0), (Counted(daemon, PushOutcome.Failed), Counted(daemon, PushOutcome.Dropped), Cell(daemon, PushFamilies.Queue)));
            Assert.True(Cell(daemon, PushFamilies.Retried) > 0);

            // One sample of one series for each push: as many as there were pushes, at equal distances.
            IReadOnlyList<(double Time, double Value)> samples = await prometheus.SamplesAsync("metricssim_simulated_time_seconds", 120, Cancel);
            JsonNode all = await prometheus.GetAsync($"/api/v1/query?query={Uri.EscapeDataString("""{job="metricssim"}[2m]""")}", Cancel);
            Assert.Equal(Counted(daemon, PushOutcome.Sent), all["data"]!["result"]!.AsArray().Sum(series => series!["values"]!.AsArray().Count));
            Assert.All(samples.Zip(samples.Skip(1)).SkipLast(1), pair => Assert.InRange(pair.Second.Time - pair.First.Time, 0.1, 2));
        }
        finally
        {
            await prometheus.DisposeAsync();
        }
    }
}
