using MetricsSim.Api;
using MetricsSim.Configuration;
using MetricsSim.Core.Engine;
using MetricsSim.Core.Groups;
using MetricsSim.Core.Series;
using MetricsSim.Tests.Support;
using MetricsSim.Wire;
using Xunit;

namespace MetricsSim.Tests.Configuration;

/// <summary>The shipped examples are what they say.</summary>
public sealed class ExampleTests
{
    private static readonly string Folder = Path.Combine(ConfigTestData.Root, "config", "examples");

    public static TheoryData<string> Names => [.. Directory.GetFiles(Folder).Select(path => Path.GetFileName(path))];

    [Theory]
    [MemberData(nameof(Names))]
    public void EachIsValidWithoutAWarning(string name)
    {
        var result = ConfigLoader.Load(Path.Combine(Folder, name), []);
        Assert.Equal([], result.Errors.Concat(result.Warnings).Select(finding => finding.ToString()));
    }

    [Fact]
    public void A_million_series_are_a_million_with_ten_labels()
    {
        var group = Assert.Single(Options("million-series.yml").SeriesGroups);
        Assert.Equal(new GroupSize(1_000_000, 16_000_000), GroupSize.Of(group));
        Assert.Equal(10, group.Labels.Of(9999).Length);
        Assert.Equal(10_000, Enumerable.Range(0, 10_000).Select(series => string.Join(',', group.Labels.Of(series).Select(label => label.Value))).Distinct().Count());
    }

    [Fact]
    public async Task The_other_one_has_everything_and_promtool_has_no_remark()
    {
        var options = Options("series-groups.yml");
        Assert.Equal(Enum.GetValues<GroupType>(), options.SeriesGroups.Select(group => group.Type).Distinct().Order());
        Assert.Equal(7, options.SeriesGroups.Select(group => group.Values.GetType()).Distinct().Count());
        Assert.Equal(4, options.SeriesGroups.Select(group => group.Lifecycle.GetType()).Distinct().Count());
        var world = new World(options);
        // Half an hour on, in the spike.
        world.Step(1900);
        var snapshot = new Snapshot(world.Layout);
        world.CopyTo(snapshot);
        var page = Page(snapshot);
        Assert.Equal(new ProgramResult(0, "", ""), await Promtool.Check(page));

        var cardinality = CardinalityModel.Of(snapshot);
        Assert.Equal(page.Split('\n').Count(line => line.Length > 0 && line[0] != '#'), cardinality.TotalSeries);
        Assert.Equal(new FamilyCardinality("app_gc_pause_seconds", "summary", 60), cardinality.Families.Single(family => family.Metric == "app_gc_pause_seconds"));
        Assert.Equal(400, cardinality.Families.Single(family => family.Metric == "app_tenant_requests_004").Series);
        Assert.InRange(cardinality.Families.Single(family => family.Metric == "batch_jobs_running").Series, 49, 51);
    }

    private static WorldOptions Options(string name) => ConfigLoader.Load(Path.Combine(Folder, name), []).Config!.World;

    private static string Page(Snapshot snapshot)
    {
        var writer = new PageWriter([new PagePart(new PageLayout(snapshot.Layout, ExpositionFormat.Text004), snapshot)], timestamps: false);
        var page = new System.Text.StringBuilder();
        var buffer = new byte[writer.MinimumBuffer + 65_536];
        for (var more = true; more;)
        {
            more = writer.Fill(buffer, out var written);
            page.Append(System.Text.Encoding.UTF8.GetString(buffer, 0, written));
        }

        return page.ToString();
    }
}
