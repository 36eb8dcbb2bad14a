using MetricsSim.Tests.Support;
using Xunit;

namespace MetricsSim.Tests.EndToEnd;

/// <summary><c>run --live</c> with a daemon and a Prometheus that come late, go away for a while, or lose the run.</summary>
public sealed class LiveRunAbsenceTests : IDisposable
{
    private const string Away = "can't talk to the daemon";

    private readonly LiveBench _bench = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task It_waits_for_servers_that_come_late_and_bears_one_that_goes_away()
    {
        var (control, metrics, port) = (Ports.Free(), Ports.Free(), Ports.Free());
        var url = new Uri($"http://127.0.0.1:{port}");
        await using var run = _bench.Start(new Uri($"http://127.0.0.1:{control}"), url, "long");
        await LiveBench.UntilAsync(run, Away);
        await using var daemon = await _bench.ServeAsync(metrics, control);
        await LiveBench.UntilAsync(run, "can't talk to Prometheus");
        await using (await PrometheusServer.StartAsync(LiveBench.Scraping(metrics), Stop, port, _bench.File("data"))) await LiveBench.UntilAsync(run, "long runs as sim_");

        // It is killed in the middle of the run, and takes some seconds until it scrapes again.
        await using var again = await PrometheusServer.StartAsync(LiveBench.Scraping(metrics), Stop, port, _bench.File("data"));
        var ended = await run.EndAsync();
        Assert.True(ended.ExitCode == 0, ended.Output + ended.Error);
        Assert.Contains("long: 3 of 3 hold", ended.Output, StringComparison.Ordinal);
        Assert.Matches(@"long: Prometheus has no scrapes of \d+ s of the run\n", ended.Output);
        Assert.Empty(await LiveBench.RunningAsync(daemon));
    }

    [Fact]
    public async Task A_daemon_that_was_restarted_has_lost_the_run()
    {
        var (control, metrics) = (Ports.Free(), Ports.Free());
        await using var prometheus = await PrometheusServer.StartAsync(LiveBench.Scraping(metrics), Stop);
        await using var run = _bench.Start(new Uri($"http://127.0.0.1:{control}"), prometheus.Url, "dip");
        // There before the daemon, or not until then.
        var times = 0;
        await using (await _bench.ServeAsync(metrics, control))
        {
            await LiveBench.UntilAsync(run, "dip runs as sim_");
            times = run.Error.Split(Away).Length;
        }

        await LiveBench.UntilAsync(run, Away, times);
        // With the scenario from tick 0, the simulation gets the id of the lost one.
        await using var again = await _bench.ServeAsync(metrics, control, "--scenario", "dip");
        var ended = await run.EndAsync();
        Assert.Equal((4, ""), (ended.ExitCode, ended.Output));
        Assert.Matches("metricssim: the daemon at .* no longer knows simulation sim_.*: it was restarted, and the run is lost\n", ended.Error);
    }
}
