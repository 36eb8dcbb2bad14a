using System.Globalization;
using System.IO.Compression;
using System.Text.RegularExpressions;
using MetricsSim.Tests.Exposition;
using MetricsSim.Tests.Support;
using Xunit;

namespace MetricsSim.Tests.Exports;

/// <summary>The prometheus export, as Prometheus's own tool stores it, is the world at every sample.</summary>
public sealed partial class PromtoolImportTests : IDisposable
{
    private const string Config = """
        users: { total: 8 }
        scenarios:
          s:
            duration: 250
            timeline:
              - { time: 0, event: start, baseline: 20 }
              - { time: 60, event: inject_failure, type: model_outage, affected_percentage: 50, duration: 100 }
        """;

    private const string Broken = """
        users: { total: 8 }
        scenarios:
          s:
            duration: 250
            timeline:
              - { time: 0, event: start, baseline: 20 }
              - { time: 20, event: inject_failure, type: clock_skew, duration: 20 }
              - { time: 60, event: inject_failure, type: exporter_down, duration: 30 }
              - { time: 100, event: inject_failure, type: counter_reset, duration: 1 }
              - { time: 130, event: inject_failure, type: cardinality_explosion, duration: 30 }
              - { time: 240, event: inject_failure, type: exporter_down }
        """;

    private static readonly DateTimeOffset Start = new(2026, 1, 5, 10, 0, 0, TimeSpan.Zero);

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Promtool_stores_the_world_at_every_sample()
    {
        var (config, pages, stored) = await ImportAsync(Config);
        Assert.EndsWith("\n# EOF\n", pages, StringComparison.Ordinal);
        Assert.Single(Regex.Matches(pages, "# EOF", RegexOptions.None, TimeSpan.FromSeconds(10)));
        Assert.DoesNotContain("metricssim_runtime_", pages, StringComparison.Ordinal);
        Assert.Equal([.. Enumerable.Range(0, 17).Select(look => look * 15), 250], stored.Keys);
        foreach (var seconds in new[] { 0, 60, 75, 165, 250 })
        {
            var page = await CliSession.RunAsync(["render", "--config", config, "--scenario", "s", "--at", $"{seconds}s"]);
            var world = PageReader.Read(page.Output).ToDictionary(sample => Canonical(sample.Key), sample => sample.Value, StringComparer.Ordinal);
            Assert.True(world.Count > 100);
            Assert.Equal(world.OrderBy(pair => pair.Key, StringComparer.Ordinal), stored[seconds].OrderBy(pair => pair.Key, StringComparer.Ordinal));
        }
    }

    [Fact]
    public async Task Promtool_stores_what_a_scraper_would_have_got()
    {
        var (_, pages, stored) = await ImportAsync(Broken);
        Assert.EndsWith("\n# EOF\n", pages, StringComparison.Ordinal);
        // Down from 61 to 90 and from 241 on; skewed from 21 to 40.
        Assert.Equal([0, 15, 30, 45, 60, 105, 120, 135, 150, 165, 180, 195, 210, 225, 240], stored.Keys);
        double Tokens(int seconds) => stored[seconds].Where(sample => sample.Key.StartsWith("otel_claude_code_token_usage", StringComparison.Ordinal)).Sum(sample => sample.Value);
        Assert.True(Tokens(60) > Tokens(105), $"{Tokens(60)} tokens before the reset, {Tokens(105)} after");
        Assert.True(Tokens(105) > 0);
        int Requests(int seconds) => stored[seconds].Keys.Count(series => series.Contains("request_id=", StringComparison.Ordinal));
        Assert.Equal((0, 0), (Requests(120), Requests(165)));
        Assert.True(Requests(150) > Requests(135) && Requests(135) > 0);
    }

    private async Task<(string Config, string Pages, SortedDictionary<int, Dictionary<string, double>> Stored)> ImportAsync(string text)
    {
        var config = _directory.Write("c.yml", text);
        var run = await CliSession.RunAsync(["run", "s", "--config", config, "--output", _directory.File("run.json"), "--export", "prometheus", "--export-dir", _directory.File("out")]);
        Assert.True(run.ExitCode == 0, run.Error);
        await using var zipped = new GZipStream(File.OpenRead(_directory.File("out/s.series.om.gz")), CompressionMode.Decompress);
        using var reader = new StreamReader(zipped);
        var pages = await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
        var created = await Promtool.CreateBlocks(pages, _directory);
        Assert.True(created.ExitCode == 0, created.Error);
        var dump = await Promtool.Dump(_directory);
        Assert.True(dump.ExitCode == 0, dump.Error);
        var stored = new SortedDictionary<int, Dictionary<string, double>>();
        foreach (var (time, series, value) in dump.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Sample))
        {
            var seconds = (int)((time - Start.ToUnixTimeMilliseconds()) / 1000);
            if (!stored.TryGetValue(seconds, out var instant)) stored[seconds] = instant = new(StringComparer.Ordinal);
            instant.Add(series, value);
        }

        return (config, pages, stored);
    }

    /// <summary>A line of the dump: <c>{__name__="…", a="b"} value milliseconds</c>.</summary>
    private static (long Time, string Series, double Value) Sample(string line)
    {
        var parts = line[(line.LastIndexOf('}') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var labels = Labels().Matches(line).Select(match => match.Value).ToList();
        var name = labels.Single(label => label.StartsWith("__name__=", StringComparison.Ordinal));
        return (long.Parse(parts[1], CultureInfo.InvariantCulture), Series(name["__name__=\"".Length..^1], labels.Where(label => label != name)), Number(parts[0]));
    }

    private static string Canonical(string series) => Series(series.Split('{')[0], Labels().Matches(series).Select(match => match.Value));

    // An empty label is no label to Prometheus.
    private static string Series(string name, IEnumerable<string> labels) =>
        $"{name}{{{string.Join(',', labels.Where(label => !label.EndsWith("=\"\"", StringComparison.Ordinal)).Order(StringComparer.Ordinal))}}}";

    private static double Number(string text) => text == "+Inf" ? double.PositiveInfinity : double.Parse(text, CultureInfo.InvariantCulture);

    [GeneratedRegex("[a-zA-Z_][a-zA-Z0-9_]*=\"[^\"]*\"", RegexOptions.None, 1000)]
    private static partial Regex Labels();
}
