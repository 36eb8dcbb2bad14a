using System.Globalization;
using MetricsSim.Core.Tests.Wire.RemoteWrite;
using MetricsSim.Tests.Configuration;
using MetricsSim.Tests.Push;
using MetricsSim.Tests.Support;
using Xunit;

namespace MetricsSim.Tests.Conformance;

/// <summary><c>backfill --format remote-write</c>, taken by receivers that are slow, wrong or away, and by a real Prometheus.</summary>
public sealed class SentHistoryTests : IDisposable
{
    private const long Start = 1_767_607_200;
    private static readonly string[] Span = ["--users", "2", "--duration", "10m", "--interval", "60s"];

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task A_receiver_that_fails_now_and_then_gets_every_sample_of_the_blocks_in_order(int shards)
    {
        var taken = new SortedSet<int>();
        await using var receiver = await WriteReceiver.StartAsync(async (context, number) =>
        {
            var fails = number % 7 is 2 or 3;
            if (number % 7 == 3) context.Response.Headers.RetryAfter = "0";
            if (fails) await WriteReceiver.StatusAsync(context, number % 7 == 2 ? 503 : 429);
            else lock (taken) taken.Add(number);
        });
        var config = _directory.Write(
            "config.yml", $"push: {{ remote_write: {{ enabled: true, url: '{receiver.Url}', shards: {shards}, max_samples_per_send: 200, min_backoff: 1ms, max_backoff: 5ms }} }}");
        var sent = await RunAsync("--config", config, "--format", "remote-write");
        Assert.Equal(0, sent.ExitCode);
        Assert.Contains("waiting up to 60 s: ", sent.Error, StringComparison.Ordinal);
        Assert.Contains("going on", sent.Error, StringComparison.Ordinal);

        Assert.Contains(receiver.Received, write => WriteRequestReader.Read(write.Body).Metadata.Count > 0);
        var samples = receiver.Received.Where((_, number) => taken.Contains(number)).SelectMany(write => write.Samples).ToList();
        var times = samples.Select(sample => sample.Time).ToList();
        Assert.Equal(times.Order(), times);
        Assert.Equal(await BlocksAsync(), samples.Select(Line).Order(StringComparer.Ordinal));
        Assert.StartsWith($"sent to {receiver.Url}: {samples.Count / 10:N0} series every 1m, 2026-01-05T10:00:00Z to 2026-01-05T10:09:00Z\n{samples.Count:N0} samples, ", sent.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_receiver_that_refuses_ends_it()
    {
        await using var receiver = await WriteReceiver.StartAsync((context, number) => number < 2 ? Task.CompletedTask : WriteReceiver.StatusAsync(context, 400, "too old\n"));
        var end = await RunAsync("--format", "remote-write", "--url", receiver.Url.ToString());
        Assert.Equal((3, "", $"metricssim: {receiver.Url} refuses samples: 400 too old\n"), (end.ExitCode, end.Output, end.Error));
    }

    [Fact]
    public async Task A_receiver_that_is_away_is_waited_for_only_so_long()
    {
        var url = $"http://127.0.0.1:{Ports.Free()}/api/v1/write";
        var end = await RunAsync("--format", "remote-write", "--url", url, "--patience", "100ms");
        Assert.Equal((4, ""), (end.ExitCode, end.Output));
        Assert.StartsWith($"waiting up to 0.1 s: {url} takes no samples: ", end.Error, StringComparison.Ordinal);
        Assert.EndsWith("gave up after 0.1 s\n", end.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_Prometheus_takes_it_into_an_empty_database_or_within_its_window_for_late_samples()
    {
        var cancel = TestContext.Current.CancellationToken;
        var expected = await BlocksAsync();
        await using var empty = await PrometheusServer.StartOnAsync(_directory.File("empty"), cancel);
        await using var late = await PrometheusServer.StartAsync(
            "storage: { tsdb: { out_of_order_time_window: 20y } }\n", cancel, flags: ["--web.enable-remote-write-receiver", "--storage.tsdb.retention.time=100y"]);
        var now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        await late.RemoteWriteAsync("something", [(now, 1)], cancel);
        foreach (var server in new[] { empty, late })
        {
            var end = await RunAsync("--format", "remote-write", "--url", new Uri(server.Url, "api/v1/write").ToString());
            Assert.Equal((0, ""), (end.ExitCode, end.Error));
            Assert.Equal(expected, await StoredAsync(server, cancel));
        }

        // Two hours on, what comes before is out of its bounds.
        await empty.RemoteWriteAsync("something", [((Start + 9000) * 1000, 1)], cancel);
        var refused = await RunAsync("--format", "remote-write", "--url", new Uri(empty.Url, "api/v1/write").ToString());
        Assert.Equal((3, ""), (refused.ExitCode, refused.Output));
        Assert.EndsWith("refuses samples: 400 out of bounds\n", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_Prometheus_takes_native_histograms_too()
    {
        const string Config = "telemetry: { histograms: native }\nusers: { total: 2 }\n";
        var cancel = TestContext.Current.CancellationToken;
        await using var server = await PrometheusServer.StartOnAsync(_directory.File("data"), cancel, flags: ["--enable-feature=native-histograms"]);
        var end = await RunAsync("--config", _directory.Write("config.yml", Config), "--format", "remote-write", "--url", new Uri(server.Url, "api/v1/write").ToString());
        Assert.Equal((0, ""), (end.ExitCode, end.Error));
        var generated = GeneratedHistograms.Of(ConfigTestData.Good(Config).World, null, TimeSpan.FromMinutes(10));
        var selector = Uri.EscapeDataString($"{{__name__=~\"{GeneratedHistograms.Names(generated)}\"}}[10m]");
        var stored = await server.GetAsync($"/api/v1/query?query={selector}&time={Start + 599}", cancel);
        var read = GeneratedHistograms.Read(stored["data"]!["result"]!);
        Assert.Equal(generated.Keys, read.Keys);
        Assert.All(generated, series => Assert.Equal(series.Value, read[series.Key]));

        var all = await server.ScalarAsync("count({job=\"metricssim\"})", Start + 540, cancel);
        Assert.StartsWith($"sent to {server.Url}api/v1/write: {all} series ", end.Output, StringComparison.Ordinal);
    }

    private static Task<Finished> RunAsync(params string[] flags) => CliSession.RunAsync(["backfill", .. Span, .. flags]);

    /// <summary>The samples of the same history in blocks, as promtool dumps them.</summary>
    private async Task<List<string>> BlocksAsync()
    {
        var end = await RunAsync("--output", _directory.File("data"));
        Assert.True(end.ExitCode == 0, end.Error);
        var dump = await Promtool.Dump(_directory);
        Assert.True(dump.ExitCode == 0, dump.Error);
        var lines = dump.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line =>
        {
            var parts = line.Split(' ');
            return $"{string.Join(' ', parts[..^2])} {double.Parse(parts[^2], CultureInfo.InvariantCulture):R} {parts[^1]}";
        });
        return [.. lines.Order(StringComparer.Ordinal)];
    }

    private static async Task<List<string>> StoredAsync(PrometheusServer server, CancellationToken cancel)
    {
        var answer = await server.GetAsync($"/api/v1/query?query={Uri.EscapeDataString("{job=\"metricssim\"}[10m]")}&time={Start + 599}", cancel);
        var lines = answer["data"]!["result"]!.AsArray().SelectMany(series =>
        {
            var labels = Text(series!["metric"]!.AsObject().Select(label => (label.Key, label.Value!.GetValue<string>())));
            return series["values"]!.AsArray().Select(pair =>
                $"{labels} {double.Parse(pair![1]!.GetValue<string>(), CultureInfo.InvariantCulture):R} {(long)(pair[0]!.GetValue<double>() * 1000)}");
        });
        return [.. lines.Order(StringComparer.Ordinal)];
    }

    private static string Line(WrittenSample sample) =>
        $"{Text(sample.Labels.Select(label => (label.Name, label.Value)))} {BitConverter.UInt64BitsToDouble(sample.Bits):R} {sample.Time}";

    private static string Text(IEnumerable<(string Name, string Value)> labels) =>
        $"{{{string.Join(", ", labels.OrderBy(label => label.Name, StringComparer.Ordinal).Select(label => $"{label.Name}=\"{label.Value}\""))}}}";
}
