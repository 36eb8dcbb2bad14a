using MetricsSim.Tests.Support;
using Xunit;

namespace MetricsSim.Tests.EndToEnd;

/// <summary>The faults of the telemetry one after the other, as a real Prometheus meets them: 25 minutes at speed 60.</summary>
[Collection(nameof(AloneOnTheMachine))]
public sealed class TelemetryFaultsTests
{
    private const string Samples = "scrape_samples_scraped{job=\"faults\"}";
    private const string Duration = "scrape_duration_seconds{job=\"faults\"}";
    private const string Requests = "metricssim_request_duration_seconds_count{error_type=\"\"}";

    private const string Scenario =
        """
        scenarios:
          faults:
            duration: 30m
            timeline:
              - { time: 0, event: start }
              - { time: 240, event: inject_failure, type: exporter_down, duration: 180 }
              - { time: 480, event: inject_failure, type: counter_reset, duration: 60 }
              - { time: 600, event: inject_failure, type: series_gap, affected_percentage: 50, duration: 240 }
              - { time: 900, event: inject_failure, type: cardinality_explosion, max_series: 200, duration: 240 }
              - { time: 1200, event: inject_failure, type: scrape_delay, min_delay: 200, max_delay: 200, duration: 600 }
        """;

    [Fact]
    public async Task Prometheus_sees_each_of_them()
    {
        var cancel = TestContext.Current.CancellationToken;
        using var directory = new TemporaryDirectory();
        var port = Ports.Free();
        // A Prometheus scrapes nothing in its first five seconds: so it is there first.
        await using var prometheus = await PrometheusServer.StartAsync(Configuration(port), cancel);
        await prometheus.UntilScrapingAsync(cancel);
        await using var daemon = await MetricsSimProcess.ServeAsync(
            ["--config", directory.Write("faults.yml", Scenario), "--scenario", "faults", "--speed", "60", "--users", "60"], metricsPort: port);
        var run = new ScrapedRun(prometheus, "faults");
        await run.UntilAsync(1400, TimeSpan.FromMinutes(1), cancel);

        await NobodyWasUpWhileTheExporterWasDownAsync(prometheus, cancel);
        Assert.Equal(1, await prometheus.ScalarAsync($"resets({Requests}[2m])", null, cancel));
        Assert.Equal(1, await prometheus.ScalarAsync("max(resets(otel_claude_code_token_usage_tokens_total[2m]))", null, cancel));
        Assert.True(await run.AtAsync(Requests, 490, cancel) < await run.AtAsync(Requests, 180, cancel));

        var usual = await run.AtAsync(Samples, 490, cancel);
        Assert.InRange(await run.AtAsync(Samples, 780, cancel), 0.3 * usual, 0.75 * usual);
        Assert.Equal(usual + 200, await run.AtAsync(Samples, 1060, cancel));
        Assert.Equal(200, await run.AtAsync("count(otel_claude_code_api_request_count_total)", 1060, cancel));
        Assert.Equal(usual, await run.AtAsync(Samples, 1145, cancel));
        // On a busy machine any one scrape may take long by itself.
        Assert.InRange(await run.AtAsync($"min_over_time({Duration}[5s])", 1145, cancel), 0, 0.2);
        Assert.InRange(await run.AtAsync($"min_over_time({Duration}[1500ms])", 1320, cancel), 0.2, 1);
    }

    private static string Configuration(int port) =>
        $$"""
        global:
          scrape_interval: 1s
          scrape_timeout: 1s
        scrape_configs:
          - job_name: faults
            static_configs: [{ targets: ["localhost:{{port}}"] }]
        """;

    private static async Task NobodyWasUpWhileTheExporterWasDownAsync(PrometheusServer prometheus, CancellationToken cancel)
    {
        var pages = (await prometheus.SamplesAsync("metricssim_simulated_time_seconds{job=\"faults\"}", 120, cancel))
            .Select(page => (page.Time, Second: page.Value - ScrapedRun.StartOfRun)).ToList();
        Assert.DoesNotContain(pages, page => page.Second is > 240 and <= 420);
        var (last, first) = (pages.Last(page => page.Second <= 240).Time, pages.First(page => page.Second > 420).Time);
        var up = (await prometheus.SamplesAsync("up{job=\"faults\"}", 120, cancel)).SkipWhile(sample => sample.Value == 0).ToList();
        Assert.InRange(up.Count(sample => sample.Value == 0), 2, 4);
        Assert.All(up, sample => Assert.Equal(sample.Time > last && sample.Time < first ? 0 : 1, sample.Value));
    }
}
