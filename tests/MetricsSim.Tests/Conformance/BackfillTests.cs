using System.Text.Json.Nodes;
using MetricsSim.Tests.Support;
using Xunit;

namespace MetricsSim.Tests.Conformance;

/// <summary>Blocks of <c>backfill</c>, read by Prometheus' own tools and by a real Prometheus.</summary>
public sealed class BackfillTests : IDisposable
{
    private const long Noon = 1_767_614_400;

    private const string TelemetryFaults = """
        scenarios:
          faults:
            duration: 2h
            timeline:
              - { time: 10m, event: inject_failure, type: exporter_down, duration: 5m }
              - { time: 30m, event: inject_failure, type: series_gap, affected_percentage: 50, duration: 10m }
              - { time: 35m, event: inject_failure, type: clock_skew, offset_seconds: -3600, duration: 10m }
              - { time: 50m, event: inject_failure, type: counter_reset }
              - { time: 60m, event: inject_failure, type: scrape_delay, min_delay: 5000, max_delay: 15000, duration: 10m }
              - { time: 70m, event: inject_failure, type: cardinality_explosion, duration: 20m }
        telemetry: { created: true }
        """;

    private const string Quirks = """
        telemetry:
          preregister: false
          created: true
          labels: { app_version: true, query_source: true }
          quirks: { counter_fallback: true, nonzero_start: true, lost_attributes: true, old_names: true }
        """;

    private const string Groups = """
        series_groups:
          waits: { type: summary, metrics: 2, labels: { instance: [a, b] }, values: { process: constant, value: 3 }, lifecycle: { kind: churning, interval: 20m, fraction: 0.5 } }
          jobs: { labels: { job: { cardinality: 30 } }, lifecycle: { kind: intermittent, on: 20m, off: 10m } }
          sizes: { type: histogram, buckets: [0.1, 1], labels: { l: [a, b, c] }, lifecycle: { kind: spiking, interval: 30m, factor: 3 } }
        """;

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("{}", "baseline", 0)]
    [InlineData(Quirks, "black_friday", 0)]
    [InlineData(TelemetryFaults, "faults", 1000)]
    [InlineData(Groups, "baseline", 100)]
    public async Task Blocks_hold_what_promtool_makes_of_the_text(string config, string scenario, int leastMarkers)
    {
        string[] flags = ["--scenario", scenario, "--config", _directory.Write("config.yml", config), "--users", "2", "--duration", "150m", "--interval", "60s", "--label", "job=a \"b\" \\ é"];
        await BackfillAsync([.. flags, "--output", _directory.File("ours/data")]);
        await BackfillAsync([.. flags, "--format", "openmetrics", "--output", _directory.File("page.om")]);
        await PromtoolAsync("tsdb", "create-blocks-from", "openmetrics", _directory.File("page.om"), _directory.File("theirs/data"));

        var (ours, theirs) = (await DumpAsync("ours/data"), await DumpAsync("theirs/data"));
        Assert.True(ours.Count > 20_000, $"{ours.Count} samples");
        // Text has no markers for series that a scrape misses; a summary without observations has no quantiles either.
        Assert.Equal(theirs.Where(IsNumber), ours.Where(IsNumber));
        Assert.InRange(ours.Count - theirs.Count, leastMarkers, leastMarkers * 10);
        if (leastMarkers == 0) Assert.Equal(Stats("theirs/data", "numSeries"), Stats("ours/data", "numSeries"));
        Assert.Equal(ours.Count, Stats("ours/data", "numSamples").Sum());
        var list = await PromtoolAsync("tsdb", "list", _directory.File("ours/data"));
        Assert.Equal(3, list.TrimEnd('\n').Split('\n').Length);
        Assert.Contains("Label names: ", await PromtoolAsync("tsdb", "analyze", _directory.File("ours/data")), StringComparison.Ordinal);

        static bool IsNumber(string line) => !line.Contains("} NaN ", StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_Prometheus_answers_as_on_blocks_of_promtool_and_compacts_them_without_a_warning()
    {
        var cancel = TestContext.Current.CancellationToken;
        string[] flags =
            ["--from", "2026-01-05T12:00Z", "--duration", "6h30m", "--interval", "60s", "--users", "2", "--config", _directory.Write("config.yml", "{}")];
        await BackfillAsync([.. flags, "--output", _directory.File("ours")]);
        await BackfillAsync([.. flags, "--format", "openmetrics", "--output", _directory.File("page.om")]);
        await PromtoolAsync("tsdb", "create-blocks-from", "openmetrics", _directory.File("page.om"), _directory.File("theirs"));
        await using var ours = await PrometheusServer.StartOnAsync(_directory.File("ours"), cancel);
        IReadOnlyList<string> expected;
        await using (var theirs = await PrometheusServer.StartOnAsync(_directory.File("theirs"), cancel)) expected = await AnswersAsync(theirs, cancel);
        Assert.Equal(expected, await AnswersAsync(ours, cancel));

        // Prometheus compacts once its head holds more than three hours.
        var now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        await ours.RemoteWriteAsync("something", [(now - (4 * 3_600_000), 1), (now, 2)], cancel);
        await UntilCompactedAsync(_directory.File("ours"), cancel);
        Assert.Equal(expected, await AnswersAsync(ours, cancel));
        Assert.DoesNotContain("level=warn", ours.LogText, StringComparison.Ordinal);
        Assert.DoesNotContain("level=error", ours.LogText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Longer_blocks_hold_the_same_samples()
    {
        string[] flags = ["--users", "1", "--duration", "20h", "--interval", "30m", "--config", _directory.Write("config.yml", TelemetryFaults), "--scenario", "faults"];
        await BackfillAsync([.. flags, "--output", _directory.File("short/data")]);
        await BackfillAsync([.. flags, "--output", _directory.File("long/data"), "--max-block-duration", "1d"]);
        var samples = await DumpAsync("short/data");
        Assert.True(samples.Count > 20_000, $"{samples.Count} samples");
        Assert.Equal(samples, await DumpAsync("long/data"));
        // A range of 18 h begins at noon.
        Assert.Equal([18L, 2], Metas(_directory.File("long/data")).Select(meta => (meta["maxTime"]!.GetValue<long>() - meta["minTime"]!.GetValue<long>()) / 3_600_000).OrderDescending());
    }

    [Fact]
    public async Task Series_are_those_of_a_scrape()
    {
        var cancel = TestContext.Current.CancellationToken;
        await using var daemon = await MetricsSimProcess.ServeAsync(["--users", "3", "--speed", "0.001"]);
        await using var prometheus = await PrometheusServer.StartAsync(
            $"scrape_configs: [{{job_name: metricssim, scrape_interval: 1s, static_configs: [{{targets: ['{daemon.Metrics.Authority}']}}]}}]", cancel);
        await prometheus.UntilScrapingAsync(cancel);
        await BackfillAsync(["--users", "3", "--duration", "1s", "--output", _directory.File("data"), "--label", $"instance={daemon.Metrics.Authority}"]);
        await using var backfilled = await PrometheusServer.StartOnAsync(_directory.File("data"), cancel);

        const string Own = "{job=\"metricssim\", __name__!~\"metricssim_runtime_.*|scrape_.*|up\"}";
        var start = (double)(Noon - 7200);
        Assert.Equal(Lines(await prometheus.QueryAsync(Own, null, cancel)), Lines(await backfilled.QueryAsync(Own, start, cancel)));
    }

    private static IEnumerable<string> Lines(IEnumerable<(JsonObject Labels, double Value)> rows) =>
        rows.Select(row => $"{string.Join(',', row.Labels.OrderBy(label => label.Key, StringComparer.Ordinal))} {row.Value:R}").Order(StringComparer.Ordinal);

    private static async Task BackfillAsync(string[] flags)
    {
        var end = await CliSession.RunAsync(["backfill", .. flags]);
        Assert.True(end.ExitCode == 0, end.Error);
    }

    private static async Task<string> PromtoolAsync(params string[] arguments)
    {
        var end = await Programs.Run(Programs.Prometheus("promtool"), "", arguments);
        Assert.True(end.ExitCode == 0, end.Error);
        return end.Output;
    }

    private static async Task<IReadOnlyList<string>> AnswersAsync(PrometheusServer server, CancellationToken cancel)
    {
        string[] queries =
        [
            "sum by (model, type) (rate(otel_claude_code_token_usage_tokens_total[5m]))",
            "histogram_quantile(0.95, sum by (le) (rate(metricssim_request_duration_seconds_bucket[30m])))",
            "sum(rate(gen_ai_client_operation_duration_seconds_sum[10m])) / sum(rate(gen_ai_client_operation_duration_seconds_count[10m]))",
            "count({__name__=~\"otel_.+\"})",
            "count by (__name__) ({instance=\"localhost:8001\"})",
            "otel_claude_code_active_sessions",
            "topk(3, otel_claude_code_cost_usage_USD_total)",
            "absent(nowhere)",
        ];
        var answers = new List<string>();
        foreach (var query in queries)
        {
            var path = $"/api/v1/query_range?query={Uri.EscapeDataString(query)}&start={Noon}&end={Noon + 23_400}&step=300";
            answers.Add((await server.GetAsync(path, cancel))["data"]!["result"]!.ToJsonString());
        }

        Assert.DoesNotContain("[]", answers);
        var labels = await server.GetAsync($"/api/v1/labels?start={Noon}&end={Noon + 23_400}", cancel);
        answers.Add(labels["data"]!.ToJsonString());
        return answers;
    }

    /// <summary>Waits until Prometheus has made longer blocks of those of two hours.</summary>
    internal static async Task UntilCompactedAsync(string data, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(RunningDaemon.Patience);
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (await pause.WaitForNextTickAsync(limit.Token))
        {
            try
            {
                // Three blocks of two hours become one of six.
                if (Metas(data).Any(meta => meta["compaction"]!["level"]!.GetValue<int>() == 2)) return;
            }
            catch (IOException)
            {
                // And are deleted while they are looked at.
            }
        }
    }

    private static IEnumerable<JsonNode> Metas(string data) =>
        Directory.EnumerateFiles(data, "meta.json", SearchOption.AllDirectories).Where(file => !file.Contains(".tmp", StringComparison.Ordinal))
            .Select(file => JsonNode.Parse(File.ReadAllText(file))!);

    private List<long> Stats(string data, string key) =>
        [.. Metas(_directory.File(data)).OrderBy(meta => meta["minTime"]!.GetValue<long>()).Select(meta => meta["stats"]![key]!.GetValue<long>())];

    private async Task<List<string>> DumpAsync(string data)
    {
        // The dump of 2.42 wants a write-ahead log, even an empty one.
        Directory.CreateDirectory(Path.Combine(_directory.File(data), "wal"));
        return [.. (await PromtoolAsync("tsdb", "dump", _directory.File(data))).Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal)];
    }
}
