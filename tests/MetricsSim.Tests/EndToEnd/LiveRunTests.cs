using System.Text.Json;
using System.Xml.Linq;
using MetricsSim.Tests.Support;
using Xunit;

namespace MetricsSim.Tests.EndToEnd;

/// <summary><c>run --live</c>: the real program against a real daemon, scraped by a real Prometheus.</summary>
public sealed class LiveRunTests : IDisposable
{
    private readonly LiveBench _bench = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task A_daemon_plays_and_Prometheus_judges()
    {
        await using var daemon = await _bench.ServeAsync();
        await using var prometheus = await PrometheusServer.StartAsync(LiveBench.Scraping(daemon.Metrics.Port), Stop);
        await using var program = _bench.Start(daemon.Control, prometheus.Url, "dip", "short", "--concurrent");
        var run = await program.EndAsync();
        Assert.True(run.ExitCode == 1, run.Output + run.Error);
        Assert.Matches(@"dip +error_rate +> 0\.03 +0\.\d+ +passed", run.Output);
        Assert.Matches(@"dip +recovery_time +< 200 +\d+(\.\d+)? s +passed", run.Output);
        Assert.Matches(@"dip +data_loss +\= 0 +0 +passed", run.Output);
        Assert.Matches(@"dip +max_over_time.* +\= 1 +1 +passed", run.Output);
        Assert.Matches(@"short +error_rate +> 0\.5 +0\.?\d* +failed", run.Output);
        Assert.Contains("dip: 4 of 4 hold; 10m, ", run.Output, StringComparison.Ordinal);
        Assert.Contains($"on http://127.0.0.1:{daemon.Control.Port}", run.Error, StringComparison.Ordinal);

        using var json = JsonDocument.Parse(await File.ReadAllTextAsync(_bench.File("live.json"), Stop));
        var dip = json.RootElement.GetProperty("runs")[0];
        var live = dip.GetProperty("live");
        Assert.Equal(60, live.GetProperty("speed").GetDouble(), 6.0);
        Assert.InRange(live.GetProperty("scrape_interval_seconds").GetDouble(), 6, 24);
        Assert.InRange((live.GetProperty("wall_end").GetDateTimeOffset() - live.GetProperty("wall_start").GetDateTimeOffset()).TotalSeconds, 9, 12);
        var active = dip.GetProperty("series").GetProperty("active_sessions");
        Assert.InRange(active.GetArrayLength(), 15, 240);
        Assert.All(active.EnumerateArray(), value => Assert.True(value.GetDouble() > 0));
        Assert.True(dip.GetProperty("totals").GetProperty("requests").GetInt64() > 500);
        Assert.Contains(dip.GetProperty("series").GetProperty("error_rate").EnumerateArray(), value => value.ValueKind == JsonValueKind.Number && value.GetDouble() > 0.9);
        Assert.Equal(2, XDocument.Load(_bench.File("live.xml")).Root!.Elements().Count());
        Assert.Equal(16, XDocument.Load(_bench.File("live.html")).Descendants("svg").Count());
        Assert.Equal(JsonValueKind.Array, JsonDocument.Parse(await File.ReadAllTextAsync(_bench.File("live.ground-truth.json"), Stop)).RootElement.ValueKind);
        Assert.Empty(await LiveBench.RunningAsync(daemon));
    }

    [Fact]
    public async Task An_interrupt_stops_what_it_started()
    {
        await using var daemon = await _bench.ServeAsync();
        await using var prometheus = await PrometheusServer.StartAsync(LiveBench.Scraping(daemon.Metrics.Port), Stop);
        await using var run = _bench.Start(daemon.Control, prometheus.Url, "dip");
        await LiveBench.UntilAsync(run, "dip runs as sim_");
        Assert.Equal(["dip"], await LiveBench.RunningAsync(daemon));
        run.Signal(MetricsSimProcess.Interrupt);
        var ended = await run.EndAsync();
        Assert.Equal((130, ""), (ended.ExitCode, ended.Output));
        Assert.Contains("stopped sim_", ended.Error, StringComparison.Ordinal);
        Assert.Empty(await LiveBench.RunningAsync(daemon));
        Assert.False(File.Exists(_bench.File("live.json")));
    }

    [Fact]
    public async Task Servers_that_stay_away_end_it_with_4()
    {
        var nowhere = $"http://127.0.0.1:{Ports.Free()}";
        var run = await CliSession.RunAsync(["run", "dip", "--live", nowhere, "--prometheus", nowhere, "--patience", "1", "--output", _bench.File("x.json")]);
        Assert.Equal((4, ""), (run.ExitCode, run.Output));
        Assert.Equal(
            $"waiting up to 1 s: can't talk to the daemon at {nowhere}: Connection refused\nmetricssim: can't talk to the daemon at {nowhere}: Connection refused; gave up after 1 s\n",
            run.Error);
    }
}
