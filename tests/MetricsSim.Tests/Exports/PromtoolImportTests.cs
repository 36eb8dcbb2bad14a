using System.Globalization;
using System.IO.Compression;
using System.Text.RegularExpressions;
using MetricsSim.Tests.Exposition;
using MetricsSim.Tests.Support;
using Xunit;

namespace MetricsSim.Tests.Exports;

/// <summary>The prometheus export, as Prometheus's own tool stores it, is the world at every sample.</summary>
public sealed partial class PromtoolImportTests
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

    [Fact]
    public async Task Promtool_stores_the_world_at_every_sample()
    {
        using var directory = new TemporaryDirectory();
        var config = directory.Write("c.yml", Config);
        var run = await CliSession.RunAsync(["run", "s", "--config", config, "--output", directory.File("run.json"), "--export", "prometheus", "--export-dir", directory.File("out")]);
        Assert.True(run.ExitCode == 0, run.Error);
        await using var zipped = new GZipStream(File.OpenRead(directory.File("out/s.series.om.gz")), CompressionMode.Decompress);
        using var reader = new StreamReader(zipped);
        var pages = await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
        Assert.EndsWith("\n# EOF\n", pages, StringComparison.Ordinal);
        Assert.Single(Regex.Matches(pages, "# EOF", RegexOptions.None, TimeSpan.FromSeconds(10)));
        Assert.DoesNotContain("metricssim_runtime_", pages, StringComparison.Ordinal);

        var created = await Promtool.CreateBlocks(pages, directory);
        Assert.True(created.ExitCode == 0, created.Error);
        var dump = await Promtool.Dump(directory);
        Assert.True(dump.ExitCode == 0, dump.Error);
        var stored = dump.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Sample).ToLookup(sample => sample.Time, sample => (sample.Series, sample.Value));
        var start = new DateTimeOffset(2026, 1, 5, 10, 0, 0, TimeSpan.Zero);
        int[] looks = [.. Enumerable.Range(0, 17).Select(look => look * 15), 250];
        Assert.Equal(looks.Select(seconds => start.AddSeconds(seconds).ToUnixTimeMilliseconds()), stored.Select(instant => instant.Key).Order());
        foreach (var seconds in new[] { 0, 60, 75, 165, 250 })
        {
            var page = await CliSession.RunAsync(["render", "--config", config, "--scenario", "s", "--at", $"{seconds}s"]);
            var world = PageReader.Read(page.Output).ToDictionary(sample => Canonical(sample.Key), sample => sample.Value, StringComparer.Ordinal);
            var imported = stored[start.AddSeconds(seconds).ToUnixTimeMilliseconds()].ToDictionary(sample => sample.Series, sample => sample.Value, StringComparer.Ordinal);
            Assert.True(world.Count > 100);
            Assert.Equal(world.OrderBy(pair => pair.Key, StringComparer.Ordinal), imported.OrderBy(pair => pair.Key, StringComparer.Ordinal));
        }
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
