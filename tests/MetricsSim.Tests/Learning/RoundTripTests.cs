using System.Text.RegularExpressions;
using MetricsSim.Tests.Support;
using Xunit;

namespace MetricsSim.Tests.Learning;

/// <summary>A page is learned, the configuration rendered, and both pages have the same families.</summary>
public sealed class RoundTripTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("node-exporter.txt", 283)]
    [InlineData("prometheus.txt", 168)]
    [InlineData("alertmanager.txt", 73)]
    public async Task A_page_of(string file, int families)
    {
        var path = Path.Combine(RepositoryRoot.Path, "tests", "MetricsSim.Tests", "Learning", "Pages", file);
        var learned = await PageShape.ReadAsync(await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken));
        var rendered = await RenderAsync(path);
        Assert.Equal(families, learned.Families.Count);
        foreach (var (name, shape) in learned.Families) Assert.Equal($"{name} {shape}", $"{name} {rendered.Families.GetValueOrDefault(name)}");
    }

    [Fact]
    public async Task The_page_of_a_running_Prometheus_and_masked_labels()
    {
        await using var prometheus = await PrometheusServer.StartAsync("", TestContext.Current.CancellationToken);
        var url = new Uri(prometheus.Url, "metrics").ToString();
        using var http = new HttpClient();
        var learned = await PageShape.ReadAsync(await http.GetStringAsync(new Uri(url), TestContext.Current.CancellationToken));
        var rendered = await RenderAsync(url, "--anonymize");
        // The page gains families and series while it is used.
        var common = learned.Families.Where(family => !family.Key.Contains("_http_", StringComparison.Ordinal)).ToList();
        Assert.True(common.Count > 100);
        var same = common.Count(family => rendered.Families.GetValueOrDefault(family.Key) == family.Value);
        Assert.True(same >= common.Count - 3, $"{same} of {common.Count} families are alike");
    }

    private async Task<PageShape> RenderAsync(string page, params string[] flags)
    {
        var config = _directory.File("learned.yml");
        var learn = await CliSession.RunAsync(["learn", page, "--output", config, .. flags]);
        Assert.Equal((0, ""), (learn.ExitCode, learn.Error));
        Assert.Matches(new Regex(@"^\d+ metric families, [\d,]+ series: ", RegexOptions.None, TimeSpan.FromSeconds(1)), learn.Output);
        var render = await CliSession.RunAsync(["render", "--config", config, "--users", "1", "--at", "30s"]);
        Assert.Equal((0, ""), (render.ExitCode, render.Error));
        return await PageShape.ReadAsync(render.Output);
    }
}
