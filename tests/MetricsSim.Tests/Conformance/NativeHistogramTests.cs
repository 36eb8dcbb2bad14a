using System.Globalization;
using MetricsSim.Tests.Support;
using Xunit;

namespace MetricsSim.Tests.Conformance;

/// <summary>
/// A Prometheus with <c>--enable-feature=native-histograms</c> scrapes native histograms, one without it the classic ones of the same
/// daemon. Requests that nothing disturbs last as the service time is drawn: log-normal, so their quantiles are known.
/// </summary>
public sealed class NativeHistogramTests : IDisposable
{
    private const double Median = 0.8, Sigma = 0.4;

    // Schema 3, and a classic bucket of 1.2: interpolation stays within the bucket. The rest is the sample's own error.
    private const double NativeError = 0.045, ClassicFactor = 1.2, SampleError = 0.01;
    private const string Requests = "metricssim_request_duration_seconds";

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("native", 0)]
    [InlineData("both", 1)]
    public async Task Quantiles_of_both_kinds_agree_with_each_other_and_with_the_law(string kinds, int seed)
    {
        var cancel = TestContext.Current.CancellationToken;
        var config = _directory.Write(
            "config.yml",
            $"""
            users: {"{"} total: 200 {"}"}
            simulation: {"{"} seed: {seed} {"}"}
            backend: {"{"} capacity: 3000, service_time: {"{"} median: 800ms, sigma: 0.4 {"}"}, base_failure: 0 {"}"}
            telemetry: {"{"} histograms: {kinds}, exemplars: true {"}"}
            """);
        await using var daemon = await MetricsSimProcess.ServeAsync(["--config", config, "--speed", "1000"]);
        var scrape = $"scrape_configs: [{{job_name: m, scrape_interval: 1s, static_configs: [{{targets: ['{daemon.Metrics.Authority}']}}]}}]";
        await using var native = await PrometheusServer.StartAsync(scrape, cancel, flags: ["--enable-feature=native-histograms,exemplar-storage"]);
        await using var classic = await PrometheusServer.StartAsync(scrape, cancel, flags: ["--enable-feature=exemplar-storage"]);
        await UntilAsync(native, $"histogram_count({Requests}{{error_type=\"\"}}) > 30000", cancel);
        await UntilAsync(classic, $"{Requests}_count{{error_type=\"\"}} > 30000", cancel);

        Assert.Empty(await native.QueryAsync(Requests + "_bucket", null, cancel));
        Assert.Empty(await classic.QueryAsync(Requests, null, cancel));
        var others = await native.QueryAsync("count(histogram_count(otel_claude_code_session_duration_seconds)) + count(histogram_count(gen_ai_client_token_usage))", null, cancel);
        Assert.Equal((200 * 2) + (3 * 2), Assert.Single(others).Value);
        // 2.42 looks for exemplars in classic buckets only.
        if (kinds == "both") await HasExemplarsAsync(native, Requests, cancel);
        await HasExemplarsAsync(classic, Requests + "_bucket", cancel);
        await HasExemplarsAsync(classic, "otel_claude_code_cost_usage_USD_total", cancel);
        foreach (var (quantile, normal) in new[] { (0.1, -1.2815515655446004), (0.5, 0), (0.9, 1.2815515655446004), (0.99, 2.3263478740408408) })
        {
            var truth = Median * Math.Exp(Sigma * normal);
            var q = quantile.ToString(CultureInfo.InvariantCulture);
            var byNative = await native.ScalarAsync($"histogram_quantile({q}, {Requests}{{error_type=\"\"}})", null, cancel);
            var byClassic = await classic.ScalarAsync($"histogram_quantile({q}, {Requests}_bucket{{error_type=\"\"}})", null, cancel);
            Assert.InRange(byNative / truth, 1 - NativeError - SampleError, 1 + NativeError + SampleError);
            Assert.InRange(byClassic / byNative, 1 / ClassicFactor / (1 + NativeError), ClassicFactor * (1 + NativeError));
        }
    }

    private static async Task HasExemplarsAsync(PrometheusServer server, string name, CancellationToken cancel)
    {
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        var answer = await server.GetAsync($"/api/v1/query_exemplars?query={name}&start=0&end={now + 1_000_000_000}", cancel);
        var exemplars = answer["data"]!.AsArray().SelectMany(series => series!["exemplars"]!.AsArray()).ToList();
        Assert.NotEmpty(exemplars);
        Assert.All(exemplars, exemplar => Assert.Matches("^[0-9a-f]{32}$", exemplar!["labels"]!["trace_id"]!.GetValue<string>()));
    }

    private static async Task UntilAsync(PrometheusServer server, string promql, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(TimeSpan.FromSeconds(60));
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(250));
        while (await pause.WaitForNextTickAsync(limit.Token))
        {
            if ((await server.QueryAsync(promql, null, limit.Token)).Count > 0) return;
        }
    }
}
