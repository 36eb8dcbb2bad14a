using MetricsSim.Core.Numerics;
using MetricsSim.Tests.Support;
using Xunit;

namespace MetricsSim.Tests.EndToEnd;

/// <summary>
/// The main job against the real consumer: a daemon playing Black Friday and one playing a quiet four hours, both at speed 160, scraped
/// twice a second by a real Prometheus, which is then asked what happened. Takes the minute and a half that four hours take at that speed.
/// </summary>
[Collection(nameof(AloneOnTheMachine))]
public sealed class BlackFridayTests
{
    private const double End = 14_400;
    private const string Sessions = "otel_claude_code_session_count_total{}";
    private const string Tokens = "otel_claude_code_token_usage_tokens_total{}";
    private const string ApiErrors = "otel_claude_code_error_total{tool_name=\"\"}";
    private const string Requests = "metricssim_request_duration_seconds_count{}";
    private static readonly string[] CounterSuffixes = ["_total", "_bucket", "_count", "_sum"];

    [Fact]
    public async Task Prometheus_sees_black_friday_and_a_quiet_day()
    {
        var cancel = TestContext.Current.CancellationToken;
        // A Prometheus scrapes nothing in its first five seconds, half of the time before the first rise: so it is there first.
        var (quietPort, busyPort) = (Ports.Free(), Ports.Free());
        await using var prometheus = await PrometheusServer.StartAsync(Configuration(busyPort, quietPort), cancel);
        await prometheus.UntilScrapingAsync(cancel);
        await using var quiet = await MetricsSimProcess.ServeAsync(["--scenario", "baseline", "--speed", "160", "--users", "200"], metricsPort: quietPort);
        await using var busy = await MetricsSimProcess.ServeAsync(["--scenario", "black_friday", "--speed", "160", "--users", "500"], metricsPort: busyPort);
        var blackFriday = new ScrapedRun(prometheus, "black_friday");
        var baseline = new ScrapedRun(prometheus, "baseline");
        await baseline.UntilAsync(End - 120, TimeSpan.FromMinutes(6), cancel);
        await blackFriday.UntilAsync(End - 120, TimeSpan.FromMinutes(1), cancel);

        await EveryScrapeWorkedAsync(prometheus, cancel);
        await NoCounterFellAsync(prometheus, cancel);
        await LoadFollowsTheTimelineAsync(blackFriday, cancel);
        await TheOutageShowsAndEndsAsync(blackFriday, cancel);
        await SessionLengthsFollowTheirLawAsync(prometheus, baseline, cancel);
    }

    private static string Configuration(int busyPort, int quietPort) =>
        $$"""
        global:
          scrape_interval: 500ms
          scrape_timeout: 500ms
        scrape_configs:
          - job_name: black_friday
            static_configs: [{ targets: ["localhost:{{busyPort}}"] }]
          - job_name: baseline
            static_configs: [{ targets: ["localhost:{{quietPort}}"] }]
        """;

    private static async Task EveryScrapeWorkedAsync(PrometheusServer prometheus, CancellationToken cancel)
    {
        foreach (var job in new[] { "black_friday", "baseline" })
        {
            var up = (await prometheus.SamplesAsync($"up{{job=\"{job}\"}}", 3600, cancel)).SkipWhile(sample => sample.Value == 0).ToList();
            Assert.True(up.Count > 150, $"only {up.Count} scrapes of {job}");
            Assert.All(up, sample => Assert.Equal(1, sample.Value));
        }

        var targets = (await prometheus.GetAsync("/api/v1/targets", cancel))["data"]!["activeTargets"]!.AsArray();
        Assert.Equal(2, targets.Count);
        Assert.All(targets, target => Assert.Equal("", target!["lastError"]!.GetValue<string>()));
        Assert.DoesNotContain("level=warn", prometheus.LogText, StringComparison.Ordinal);
        Assert.DoesNotContain("level=error", prometheus.LogText, StringComparison.Ordinal);
    }

    private static async Task NoCounterFellAsync(PrometheusServer prometheus, CancellationToken cancel)
    {
        var names = (await prometheus.GetAsync("/api/v1/label/__name__/values", cancel))["data"]!.AsArray().Select(name => name!.GetValue<string>());
        var watched = 0.0;
        foreach (var name in names.Where(name => CounterSuffixes.Any(name.EndsWith)))
        {
            watched += await prometheus.ScalarAsync($"count({name})", null, cancel);
            Assert.Empty(await prometheus.QueryAsync($"resets({name}[10m]) > 0", null, cancel));
        }

        Assert.True(watched > 40_000, $"only {watched} counters were stored");
    }

    private static async Task LoadFollowsTheTimelineAsync(ScrapedRun run, CancellationToken cancel)
    {
        // At 0.63 a second about 400 sessions start in the baseline window, so a ratio has a standard error of about 5 %.
        Assert.True(run.FirstScrape < 300, $"the first scrape came {run.FirstScrape} simulated seconds after the start, too late for a baseline");
        var before = await run.RateAsync(Sessions, 0, 600, cancel);
        Assert.InRange(await run.RateAsync(Sessions, 660, 3600, cancel) / before, 2.6, 3.4);
        Assert.InRange(await run.RateAsync(Sessions, 3660, 7200, cancel) / before, 8.7, 11.3);
        Assert.InRange(await run.RateAsync(Sessions, 7920, 10_800, cancel) / before, 0.85, 1.15);
        Assert.InRange(await run.RateAsync(Sessions, 10_860, 14_200, cancel) / before, 4.3, 5.7);
    }

    private static async Task TheOutageShowsAndEndsAsync(ScrapedRun run, CancellationToken cancel)
    {
        var tokensBefore = await run.RateAsync(Tokens, 6600, 7200, cancel);
        Assert.InRange(await run.RateAsync(Tokens, 7200, 7800, cancel) / tokensBefore, 0.4, 0.7);
        Assert.Equal(1, await run.AtAsync("metricssim_active_faults{job=\"black_friday\",type=\"model_outage\"}", 7500, cancel));

        var shareBefore = await ErrorShareAsync(run, 0, 600, cancel);
        Assert.True(await ErrorShareAsync(run, 7200, 7800, cancel) > 0.05);
        Assert.InRange(await ErrorShareAsync(run, 7920, 10_800, cancel), 0, shareBefore + 0.001);
        Assert.Equal(0, await run.AtAsync("sum(metricssim_active_faults{job=\"black_friday\"})", 7920, cancel));
    }

    private static async Task<double> ErrorShareAsync(ScrapedRun run, double from, double to, CancellationToken cancel) =>
        await run.RateAsync(ApiErrors, from, to, cancel) / await run.RateAsync(Requests, from, to, cancel);

    /// <summary>
    /// The lengths of sessions that end are a mixture of the segments' log-normals, weighted by the segments' arrivals (design §3.1–3.3);
    /// as the run is stationary, those in progress at its ends don't bias it. Prometheus interpolates within a bucket, so it is held to the
    /// same interpolation of the law. About 3 600 sessions give the probability a standard error under 0.01.
    /// </summary>
    private static async Task SessionLengthsFollowTheirLawAsync(PrometheusServer prometheus, ScrapedRun run, CancellationToken cancel)
    {
        var wall = run.WallAt(14_000);
        foreach (var q in new[] { 0.25, 0.5, 0.75, 0.9 })
        {
            var seconds = await prometheus.ScalarAsync(
                $"histogram_quantile({q}, sum by (le) (otel_claude_code_session_duration_seconds_bucket{{job=\"baseline\"}}))", wall, cancel);
            Assert.InRange(seconds, QuantileOfLaw(q - 0.04), QuantileOfLaw(q + 0.04));
        }
    }

    private static double QuantileOfLaw(double q)
    {
        double[] bounds = [0, 10, 30, 60, 300, 600, 1800, 3600, 7200];
        var i = Enumerable.Range(1, bounds.Length - 1).First(k => ShareNoLongerThan(bounds[k]) >= q);
        var (low, high) = (ShareNoLongerThan(bounds[i - 1]), ShareNoLongerThan(bounds[i]));
        return bounds[i - 1] + ((bounds[i] - bounds[i - 1]) * (q - low) / (high - low));
    }

    private static double ShareNoLongerThan(double seconds)
    {
        if (seconds <= 0) return 0;
        // Sessions are clamped to two hours.
        if (seconds >= 7200) return 1;
        // Weight is share of users × mean activity; then median and σ of the length.
        (double Weight, double Median, double Sigma)[] segments = [(0.1 * 2.75, 1800, 0.8), (0.7 * 1.15, 600, 0.6), (0.2 * 0.3, 300, 0.4)];
        return segments.Sum(s => s.Weight * MathNet.Numerics.Distributions.Normal.CDF(0, 1, PortableMath.Log(seconds / s.Median) / s.Sigma))
            / segments.Sum(s => s.Weight);
    }
}
