using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using MetricsSim.Analysis.Runs;
using MetricsSim.Configuration;
using MetricsSim.Core.Engine;
using MetricsSim.Exports;
using MetricsSim.Tests.Configuration;
using MetricsSim.Tests.Support;
using Xunit;

namespace MetricsSim.Tests.Exports;

/// <summary>What <c>run --export</c> leaves behind.</summary>
public sealed class RunExportTests : IDisposable
{
    // The outage of all capacity makes waits without end and minutes without a success.
    private const string Config = """
        users: { total: 20 }
        server: { api_key: secret-key-0123456789 }
        scenarios:
          s:
            duration: 310
            timeline:
              - { time: 0, event: start }
              - { time: 60, event: inject_failure, type: resource_exhaustion, affected_percentage: 100, duration: 120 }
        """;

    private readonly TemporaryDirectory _directory = new();
    private readonly string _config;

    public RunExportTests() => _config = _directory.Write("c.yml", Config);

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Csv_and_json_have_the_same_samples()
    {
        var run = await RunAsync("--export", "csv,json");
        Assert.Equal((0, ""), (run.ExitCode, string.Join('\n', run.Error.Split('\n').Where(line => line.Length > 0 && !line.StartsWith("wrote ", StringComparison.Ordinal)))));
        Assert.Equal(["s.series.csv.gz", "s.series.json.gz", "s.series.meta.json"], Exported());
        var csv = Unzip("s.series.csv.gz");
        Assert.EndsWith("\r\n", csv, StringComparison.Ordinal);
        var lines = csv.Split("\r\n").SkipLast(1).Select(line => line.Split(',')).ToList();
        Assert.Equal(1 + 22, lines.Count);
        Assert.All(lines, line => Assert.Equal(lines[0].Length, line.Length));
        Assert.Equal(["time", .. SampleColumn.All.Select(column => column.Name)], lines[0]);

        using var json = JsonDocument.Parse(Unzip("s.series.json.gz"));
        var samples = json.RootElement.GetProperty("samples").EnumerateArray().ToList();
        Assert.Equal(
            lines.Skip(1).Select(line => string.Join(',', line)),
            samples.Select(sample => string.Join(',', sample.EnumerateObject().Select(field => field.Value.ToString()))));
        Assert.Equal(lines[0], samples[0].EnumerateObject().Select(field => field.Name));
        var column = lines[0].Index().ToDictionary(pair => pair.Item, pair => pair.Index, StringComparer.Ordinal);
        Assert.Equal(["0", "15", "300", "310"], new[] { 1, 2, 21, 22 }.Select(line => lines[line][column["elapsed_seconds"]]));
        Assert.Equal(("2026-01-05T10:00:00Z", "2026-01-05T10:05:10Z"), (lines[1][0], lines[^1][0]));
        Assert.Contains(lines.Skip(1), line => line[column["wait_seconds"]] == "+Inf");
        Assert.Contains(samples, sample => sample.GetProperty("p95_ms").ValueKind == JsonValueKind.Null && sample.GetProperty("wait_seconds").ToString() == "+Inf");
    }

    [Fact]
    public async Task The_last_sample_is_what_the_run_came_to()
    {
        await RunAsync("--export", "csv", "--export-interval", "100");
        var lines = Unzip("s.series.csv.gz").Split("\r\n").SkipLast(1).Select(line => line.Split(',')).ToList();
        Assert.Equal(1 + 5, lines.Count);
        var last = lines[0].Zip(lines[^1]).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal);
        using var results = JsonDocument.Parse(await File.ReadAllTextAsync(_directory.File("run.json")));
        var totals = results.RootElement.GetProperty("runs")[0].GetProperty("totals");
        foreach (var (column, total) in new[] { ("sessions_total", "sessions"), ("requests_total", "requests"), ("given_up_requests_total", "given_up"), ("tokens_total", "tokens"), ("cost_usd_total", "cost_usd") })
            Assert.Equal(totals.GetProperty(total).GetDouble(), double.Parse(last[column], CultureInfo.InvariantCulture));
        Assert.Equal(totals.GetProperty("requests").GetDouble(), last.Where(pair => pair.Key.EndsWith("_requests_total", StringComparison.Ordinal) && !pair.Key.StartsWith("given_up", StringComparison.Ordinal)).Sum(pair => double.Parse(pair.Value, CultureInfo.InvariantCulture)));
        Assert.NotEqual("0", last["given_up_requests_total"]);
    }

    [Fact]
    public async Task Metadata_says_how_to_get_it_again()
    {
        await RunAsync("--export", "json,csv", "--seed", "7");
        using var beside = JsonDocument.Parse(await File.ReadAllTextAsync(_directory.File("out/s.series.meta.json")));
        using var within = JsonDocument.Parse(Unzip("s.series.json.gz"));
        var metadata = beside.RootElement;
        Assert.True(JsonElement.DeepEquals(metadata, within.RootElement.GetProperty("metadata")));
        Assert.Equal((7UL, 20, "s", 310.0, 15.0), (
            metadata.GetProperty("seed").GetUInt64(), metadata.GetProperty("users").GetInt32(), metadata.GetProperty("scenario_id").GetString(),
            metadata.GetProperty("duration_seconds").GetDouble(), metadata.GetProperty("interval_seconds").GetDouble()));
        Assert.Equal(MetricsSim.Exposition.BuildVersion.Text, metadata.GetProperty("version").GetString());
        Assert.Equal(1 + SampleColumn.All.Count, metadata.GetProperty("columns").GetArrayLength());
        Assert.All(metadata.GetProperty("columns").EnumerateArray(), column => Assert.NotEqual("", column.GetProperty("unit").GetString()));
        Assert.Equal(310, metadata.GetProperty("config").GetProperty("scenarios").GetProperty("s").GetProperty("duration").GetDouble());
        Assert.Equal("***", metadata.GetProperty("config").GetProperty("server").GetProperty("api_key").GetString());
    }

    [Fact]
    public async Task The_file_decides_where_no_flag_does()
    {
        var directory = _directory.File("own");
        File.AppendAllText(_config, $$"""

            exports: { enabled: true, formats: [json, prometheus], directory: '{{directory}}', interval: 1m, compression: none, include_metadata: false }
            """);
        await RunAsync([]);
        Assert.Equal(["s.series.json", "s.series.om"], Directory.GetFiles(directory).Select(Path.GetFileName).Order());
        using var json = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(directory, "s.series.json")));
        Assert.Equal(["samples"], json.RootElement.EnumerateObject().Select(field => field.Name));
        Assert.Equal(7, json.RootElement.GetProperty("samples").GetArrayLength());

        await RunAsync("--export", "csv", "--export-dir", _directory.File("flag"), "--export-interval", "2m");
        Assert.Equal(["s.series.csv"], Directory.GetFiles(_directory.File("flag")).Select(Path.GetFileName));
        Assert.Equal(1 + 4, File.ReadLines(_directory.File("flag/s.series.csv")).Count());
    }

    [Fact]
    public async Task The_same_run_gives_the_same_bytes()
    {
        await RunAsync("--export", "json,csv,prometheus");
        var first = Exported().Select(name => File.ReadAllBytes(_directory.File($"out/{name}"))).ToList();
        var run = await RunAsync("--export", "json,csv,prometheus", "--threads", "2", "--concurrent");
        Assert.Contains($"wrote {_directory.File("out/s.series.om.gz")}\n", run.Error, StringComparison.Ordinal);
        Assert.Equal(4, first.Count);
        Assert.Equal(first, Exported().Select(name => File.ReadAllBytes(_directory.File($"out/{name}"))));
    }

    [Fact]
    public void A_run_that_is_given_up_leaves_no_file()
    {
        var config = ConfigTestData.Good(Config, new ConfigOverride("exports.directory", _directory.File("out"), "test"), new ConfigOverride("exports.interval", "5", "test"));
        using var stop = new CancellationTokenSource();
        var start = new StartSimulation("s");
        using (var exporter = new RunExporter(config, start, stop.Token))
        {
            Assert.NotEmpty(Exported());
            var looks = 0;
            var watch = exporter.Watch with
            {
                Look = (world, losses) =>
                {
                    exporter.Watch.Look(world, losses);
                    if (++looks == 10) stop.Cancel();
                },
            };
            Assert.Throws<OperationCanceledException>(() => ScenarioPlayer.Play(config.World, start, watch: watch, stop: stop.Token));
            Assert.Equal(10, looks);
        }

        Assert.Empty(Exported());
    }

    [Fact]
    public async Task A_full_disk_exits_3_and_leaves_no_file()
    {
        Directory.CreateDirectory(_directory.File("out"));
        File.CreateSymbolicLink(_directory.File("out/s.series.om.gz.part"), "/dev/full");
        var run = await RunAsync("--export", "json,prometheus,csv");
        Assert.Equal((3, "metricssim: can't write the output: No space left on device"), (run.ExitCode, run.Error.TrimEnd().Split(" : ")[0]));
        Assert.Single(run.Error.TrimEnd().Split('\n'));
        Assert.Empty(Exported());
        Assert.False(File.Exists(_directory.File("run.json")));
    }

    [Fact]
    public async Task A_directory_that_cannot_be_made_exits_3()
    {
        var run = await RunAsync("--export", "csv", "--export-dir", Path.Combine(_config, "x"));
        Assert.Equal(3, run.ExitCode);
        Assert.StartsWith("metricssim: can't write the output: ", run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.TrimEnd().Split('\n'));
    }

    [Theory]
    [InlineData("--export xml", "--export: exports.formats[0]: expected one of json, csv, prometheus, got xml")]
    [InlineData("--export csv,,json", "--export: exports.formats[1]: expected one of json, csv, prometheus, got nothing")]
    [InlineData("--export csv --export-interval 0", "--export-interval: exports.interval: expected a duration > 0")]
    [InlineData("--export-dir x --export-interval 5", "--export-dir: nothing is exported: add --export FORMAT", "--export-interval: nothing is exported: ")]
    public async Task Mistakes_exit_2_all_at_once(string flags, params string[] messages)
    {
        var run = await CliSession.RunAsync(["run", "s", "--config", _config, .. flags.Split(' ')]);
        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.All(messages, message => Assert.Contains(message, run.Error, StringComparison.Ordinal));
    }

    private async Task<Finished> RunAsync(params string[] flags) => await CliSession.RunAsync(
        ["run", "s", "--config", _config, "--output", _directory.File("run.json"), .. flags, .. flags.Contains("--export-dir") || flags.Length == 0 ? [] : new[] { "--export-dir", _directory.File("out") }]);

    private IEnumerable<string?> Exported() => Directory.Exists(_directory.File("out")) ? Directory.GetFiles(_directory.File("out")).Select(Path.GetFileName).Order() : [];

    private string Unzip(string name)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(_directory.File($"out/{name}")), CompressionMode.Decompress));
        return reader.ReadToEnd();
    }
}
