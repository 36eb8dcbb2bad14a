using MetricsSim.Core.Engine;
using MetricsSim.Core.Groups;
using MetricsSim.Core.Series;
using Xunit;

namespace MetricsSim.Core.Tests.Groups;

public sealed class GroupLabelsTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(36, 1)]
    [InlineData(37, 2)]
    [InlineData(5000, 8)]
    [InlineData(100_000, 4)]
    public void Values_that_look_like_ids_are_distinct_and_have_their_length(int count, int length)
    {
        var values = new RandomValues(count, length) { Name = "pod" };
        var all = Enumerable.Range(0, count).Select(i => values[i]).ToHashSet(StringComparer.Ordinal);
        Assert.Equal(count, all.Count);
        Assert.All(all, value => Assert.Equal(length, value.Length));
        Assert.All(all, value => Assert.True(value.All(char.IsAsciiLetterOrDigit)));
        Assert.True(RandomValues.DigitsOf(count) <= length);
    }

    [Fact]
    public void Numbered_values_stand_behind_their_prefix() =>
        Assert.Equal(["web-0007", "web-0049"], new[] { 7, 49 }.Select(i => new NumberedValues(50, "web-", 8) { Name = "pod" }[i]));

    [Fact]
    public void The_first_label_runs_fastest()
    {
        var labels = new LabelProduct([new ListedValues(["x", "y"]) { Name = "a" }, new ListedValues(["1", "2", "3"]) { Name = "b" }], 5);
        Assert.Equal(["x1", "y1", "x2", "y2", "x3"], Enumerable.Range(0, 5).Select(series => string.Concat(labels.Of(series).Select(label => label.Value))));
        Assert.True(labels.Equals(new LabelProduct([new ListedValues(["x", "y"]) { Name = "a" }, new ListedValues(["1", "2", "3"]) { Name = "b" }], 5)));
        Assert.False(labels.Equals(new LabelProduct([new ListedValues(["x", "y"]) { Name = "a" }, new ListedValues(["1", "2", "4"]) { Name = "b" }], 5)));
        Assert.False(labels.Equals(new LabelList([[new("a", "x")]])));
    }

    [Fact]
    public void No_two_generations_of_a_row_have_the_same_labels()
    {
        var group = GroupWorlds.Group("g", GroupType.Gauge, 4, life: new ChurningLifecycle(TimeSpan.FromMinutes(1), 0.5, "a"));
        var rows = new GroupRows(group, Shard.Whole);
        Assert.Equal(rows.Labels(3), rows.Labels(3, 0));
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var row = 0; row < 4; row++)
        {
            for (long generation = 0; generation < 5000; generation++) Assert.True(seen.Add(string.Join(',', rows.Labels(row, generation))));
        }

        Assert.Matches("^y-[0-9a-z]{5}$", rows.Labels(3, 1)[0].Value);
        Assert.Equal(rows.Labels(3)[1], rows.Labels(3, 1)[1]);
    }

    [Fact]
    public void Thousands_of_metrics_are_families_with_a_number_each()
    {
        var group = GroupWorlds.Group("wait_seconds", GroupType.Counter, 3, new PoissonProcess(2)) with { Metrics = 4000, Unit = "seconds", Decimals = 0 };
        var options = GroupWorlds.Options(group);
        var world = new World(options).StepSeconds(10);
        Assert.Equal("wait_0000_seconds", group.NameOf(0));
        var page = Wire.Pages.Parse(world);
        Assert.Equal(4000, page.Metadata.Count(line => line.StartsWith("UNIT wait_", StringComparison.Ordinal)));
        var values = page.Samples.Where(sample => sample.Name.StartsWith("wait_", StringComparison.Ordinal)).ToList();
        Assert.Equal(new SeriesForecast(options).Groups[0].SeriesAt(TimeSpan.Zero), values.Count);
        Assert.Equal(4000, values.Select(sample => sample.Name).Distinct().Count());
        Statistics.AssertPoisson(12_000 * 20, values.Sum(sample => sample.Value));
    }
}
