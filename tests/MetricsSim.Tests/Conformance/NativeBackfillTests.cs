using System.Globalization;
using System.Text.Json.Nodes;
using MetricsSim.Tests.Configuration;
using MetricsSim.Tests.Support;
using Xunit;

namespace MetricsSim.Tests.Conformance;

/// <summary>Native histograms in blocks of <c>backfill</c>, read by a real Prometheus, bucket by bucket.</summary>
public sealed class NativeBackfillTests : IDisposable
{
    private const long Noon = 1_767_614_400;
    private const int Seconds = 23_400;
    private const string Requests = "metricssim_request_duration_seconds";

    private const string Config = """
        scenarios:
          faults:
            duration: 2h
            timeline:
              - { time: 10m, event: inject_failure, type: exporter_down, duration: 5m }
              - { time: 30m, event: inject_failure, type: series_gap, affected_percentage: 50, duration: 10m }
              - { time: 50m, event: inject_failure, type: counter_reset }
        telemetry: { histograms: both }
        users: { total: 3 }
        """;

    private readonly TemporaryDirectory _directory = new();

    private string Data => _directory.File("data");

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task A_Prometheus_has_every_bucket_that_was_generated_and_compacts_them_without_a_warning()
    {
        var cancel = TestContext.Current.CancellationToken;
        await RunAsync("--config", _directory.Write("config.yml", Config), "--scenario", "faults", "--from", "2026-01-05T12:00Z", "--duration", $"{Seconds}s", "--interval", "60s", "--output", Data);
        var generated = GeneratedHistograms.Of(
            ConfigTestData.Good(Config).World with { Start = DateTimeOffset.FromUnixTimeSeconds(Noon) }, "faults", TimeSpan.FromSeconds(Seconds));
        await PromtoolAsync("list", 4);
        await PromtoolAsync("analyze", 20);

        await using var server = await PrometheusServer.StartOnAsync(Data, cancel, flags: ["--enable-feature=native-histograms"]);
        var stored = await StoredAsync(server, generated, cancel);
        await AnswersFollowAsync(server, stored, cancel);

        var now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        await server.RemoteWriteAsync("something", [(now - (4 * 3_600_000), 1), (now, 2)], cancel);
        await BackfillTests.UntilCompactedAsync(Data, cancel);
        await StoredAsync(server, generated, cancel);
        Assert.DoesNotContain("level=warn", server.LogText, StringComparison.Ordinal);
        Assert.DoesNotContain("level=error", server.LogText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Native_ones_alone_leave_the_classic_ones_out()
    {
        var config = _directory.Write("config.yml", "telemetry: { histograms: native, created: true }\n");
        await RunAsync("--config", config, "--users", "1", "--duration", "1h", "--interval", "60s", "--output", Data);
        Directory.CreateDirectory(Path.Combine(Data, "wal"));
        var end = await Programs.Run(Programs.Prometheus("promtool"), "", "tsdb", "dump", Data);
        Assert.Equal(0, end.ExitCode);
        Assert.Contains($"__name__=\"{Requests}_created\"", end.Output, StringComparison.Ordinal);
        Assert.DoesNotContain($"{Requests}_bucket", end.Output, StringComparison.Ordinal);
        Assert.DoesNotContain($"{Requests}_count", end.Output, StringComparison.Ordinal);
        var meta = JsonNode.Parse(await File.ReadAllTextAsync(Directory.EnumerateFiles(Data, "meta.json", SearchOption.AllDirectories).Single(), TestContext.Current.CancellationToken))!;
        // All series there are have a sample each minute.
        Assert.Equal(60, meta["stats"]!["numSamples"]!.GetValue<long>() / meta["stats"]!["numSeries"]!.GetValue<long>());
        Assert.NotEqual(0, meta["stats"]!["numHistogramSamples"]!.GetValue<long>());
        Assert.Equal(
            meta["stats"]!["numSamples"]!.GetValue<long>(),
            meta["stats"]!["numFloatSamples"]!.GetValue<long>() + meta["stats"]!["numHistogramSamples"]!.GetValue<long>());
    }

    private static async Task RunAsync(params string[] flags)
    {
        var end = await CliSession.RunAsync(["backfill", .. flags]);
        Assert.True(end.ExitCode == 0, end.Error);
    }

    private async Task PromtoolAsync(string command, int leastLines)
    {
        var end = await Programs.Run(Programs.Prometheus("promtool"), "", "tsdb", command, Data);
        Assert.True(end.ExitCode == 0, end.Error);
        Assert.True(end.Output.Split('\n').Length > leastLines, end.Output);
    }

    /// <summary>Compares all samples with what was generated.</summary>
    /// <returns>The answer.</returns>
    private static async Task<JsonNode> StoredAsync(PrometheusServer server, IReadOnlyDictionary<string, List<string>> generated, CancellationToken cancel)
    {
        var selector = Uri.EscapeDataString($"{{__name__=~\"{GeneratedHistograms.Names(generated)}\"}}[7h]");
        var stored = (await server.GetAsync($"/api/v1/query?query={selector}&time={Noon + Seconds}", cancel))["data"]!["result"]!;
        var read = GeneratedHistograms.Read(stored);
        Assert.True(read.Values.Sum(samples => samples.Count) > 5000, $"{read.Values.Sum(samples => samples.Count)} samples");
        Assert.Equal(generated.Keys, read.Keys);
        Assert.All(generated, series => Assert.Equal(series.Value, read[series.Key]));
        return stored;
    }

    /// <summary>Functions on histograms say what the buckets say, and what the classic ones say.</summary>
    private static async Task AnswersFollowAsync(PrometheusServer server, JsonNode stored, CancellationToken cancel)
    {
        foreach (var (native, classic) in new[] { ($"histogram_count({Requests})", $"{Requests}_count"), ($"histogram_sum({Requests})", $"{Requests}_sum") })
        {
            Assert.NotEqual(0, await server.ScalarAsync($"sum({native})", Noon + Seconds, cancel));
            var differences = Uri.EscapeDataString($"{native} != {classic}");
            var answer = await server.GetAsync($"/api/v1/query_range?query={differences}&start={Noon}&end={Noon + Seconds}&step=60", cancel);
            Assert.Empty(answer["data"]!["result"]!.AsArray());
        }

        // Over the reset and the outage.
        var (byNative, byClassic) = (
            await server.ScalarAsync($"sum(histogram_count(increase({Requests}[2h])))", Noon + 7200, cancel),
            await server.ScalarAsync($"sum(increase({Requests}_count[2h]))", Noon + 7200, cancel));
        Assert.InRange(byNative / byClassic, 1 - 1e-12, 1 + 1e-12);

        var successful = stored.AsArray().Single(row => row!["metric"]!["__name__"]!.GetValue<string>() == Requests && row["metric"]!["error_type"] is null)!;
        var last = successful["histograms"]!.AsArray()[^1]!;
        foreach (var quantile in new[] { 0.1, 0.5, 0.99 })
        {
            var answer = await server.ScalarAsync(
                $"histogram_quantile({quantile.ToString(CultureInfo.InvariantCulture)}, {Requests}{{error_type=\"\"}})", last[0]!.GetValue<double>(), cancel);
            Assert.InRange(answer / Quantile(quantile, last[1]!), 1 - 1e-12, 1 + 1e-12);
        }
    }

    /// <summary>Linear within the bucket, as 2.42 does.</summary>
    private static double Quantile(double quantile, JsonNode histogram)
    {
        var rank = quantile * Number(histogram["count"]!);
        foreach (var bucket in histogram["buckets"]!.AsArray())
        {
            var (low, high, count) = (Number(bucket![1]!), Number(bucket[2]!), Number(bucket[3]!));
            if (rank <= count) return low + ((high - low) * rank / count);
            rank -= count;
        }

        return double.NaN;
    }

    private static double Number(JsonNode node) => double.Parse(node.GetValue<string>(), CultureInfo.InvariantCulture);
}
