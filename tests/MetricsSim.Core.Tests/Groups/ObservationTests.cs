using MathNet.Numerics.Distributions;
using MetricsSim.Core.Engine;
using MetricsSim.Core.Groups;
using MetricsSim.Core.Series;
using Xunit;

namespace MetricsSim.Core.Tests.Groups;

/// <summary>What histograms and summaries of groups count.</summary>
public sealed class ObservationTests
{
    private const double Median = 0.2;
    private const double Sigma = 0.8;
    private static readonly double Mean = Median * Math.Exp(Sigma * Sigma / 2);

    [Theory]
    [InlineData(GroupType.Histogram)]
    [InlineData(GroupType.NativeHistogram)]
    public void Histograms_count_the_law_of_observations(GroupType type)
    {
        var (family, cells) = Play(type, 20, 500, 60);
        var buckets = Enumerable.Range(0, family.Bounds.Count + 1).Select(i => cells.Sum(own => own[i])).ToArray();
        var count = buckets.Sum();
        Statistics.AssertPoisson(20.0 * 500 * 60, count, "observations");
        for (var i = 0; i < family.Bounds.Count; i++) Statistics.AssertShare(Cdf(family.Bounds[i]), buckets[..(i + 1)].Sum(), count, $"at most {family.Bounds[i]}");
        var sum = cells.Sum(own => BitConverter.Int64BitsToDouble(own[^1]));
        Statistics.AssertNear(Mean, sum / count, Mean * Math.Sqrt((Math.Exp(Sigma * Sigma) - 1) / count), "mean");
        if (type == GroupType.Histogram) return;
        Assert.All(cells, own => Assert.Equal(own[..(family.Bounds.Count + 1)].Sum(), Sum(family.NativeCells(own))));
        // Median and 99th percentile are bounds of exponential buckets to within one of them.
        var native = Enumerable.Range(0, family.Native!.Cells).Select(i => cells.Sum(own => family.NativeCells(own)[i])).ToArray();
        foreach (var quantile in new[] { 0.01, 0.5, 0.99 })
        {
            var exact = Median * Math.Exp(Sigma * Normal.InvCDF(0, 1, quantile));
            var cell = 0;
            for (var cumulated = native[0]; cumulated < quantile * count; cumulated += native[cell]) cell++;
            var upper = Math.Pow(2, (family.Native.FirstIndex + cell - 1) / 8.0);
            Assert.InRange(exact, upper * 0.9, upper * 1.02);
        }
    }

    [Fact]
    public void High_rates_are_counted_in_full_though_drawn_in_part()
    {
        var (family, cells) = Play(GroupType.Histogram, 10_000, 40, 30);
        var count = cells.Sum(own => own[..(family.Bounds.Count + 1)].Sum());
        Statistics.AssertPoisson(10_000.0 * 40 * 30, count, "observations");
        var below = cells.Sum(own => own[..6].Sum());
        // Each draw stands for about forty observations.
        Assert.Equal(Cdf(family.Bounds[5]), (double)below / count, 5 * Math.Sqrt(0.25 / (256 * 40 * 30)));
    }

    [Theory]
    [InlineData(GroupType.Histogram)]
    [InlineData(GroupType.NativeHistogram)]
    public void A_histogram_that_is_full_stands_still(GroupType type)
    {
        var options = Group(type, 1, 3) with { Values = new ConstantProcess(4e18) };
        var view = SnapshotView.Of(new World(GroupWorlds.Options(options)).StepSeconds(4));
        var family = view.Family("g");
        Assert.All(view.Series("g"), series =>
        {
            Assert.All(series.Cells[..^1], cell => Assert.True(cell >= 0, $"{cell}"));
            Assert.Equal(long.MaxValue, series.Cells[..(family.Bounds.Count + 1)].Sum());
        });
    }

    [Theory]
    [InlineData(1e-9, 0.0)]
    [InlineData(1e-9, 3.0)]
    [InlineData(1e12, 3.0)]
    [InlineData(1.0, 0.0)]
    public void Exponential_buckets_reach_over_any_law(double median, double sigma)
    {
        var group = GroupWorlds.Group("g", GroupType.NativeHistogram, 20, new PoissonProcess(200)) with { ObservationMedian = median, ObservationSigma = sigma };
        var view = SnapshotView.Of(new World(GroupWorlds.Options(group)).StepSeconds(20));
        var family = view.Family("g");
        var cells = Enumerable.Range(0, family.Native!.Cells).Select(i => view.Series("g").Sum(series => family.NativeCells(series.Cells)[i])).ToArray();
        var count = cells.Sum();
        Assert.InRange(count, 75_000, 85_000);
        Assert.True(cells[0] + (sigma == 0 ? 0 : cells[^1]) <= 5, $"{cells[0]} below and {cells[^1]} in the last of {cells.Length}");
        Assert.InRange(cells.Count(cell => cell > 0), sigma == 0 ? 1 : 100, sigma == 0 ? 1 : cells.Length);
    }

    [Fact]
    public void Summaries_know_the_quantiles_of_the_last_interval()
    {
        var fresh = SnapshotView.Of(new World(GroupWorlds.Options(Group(GroupType.Summary, 30, 5)))).Series("g").ToList();
        Assert.All(fresh, series => Assert.Equal([double.NaN, double.NaN, double.NaN, 0, 0], series.Cells.Select(BitConverter.Int64BitsToDouble)));
        var (family, cells) = Play(GroupType.Summary, 30, 2000, 60);
        Statistics.AssertPoisson(30.0 * 2000 * 60, cells.Sum(own => own[^2]), "observations");
        Statistics.AssertNear(Mean, cells.Sum(own => BitConverter.Int64BitsToDouble(own[^1])) / cells.Sum(own => own[^2]), Mean * Math.Sqrt((Math.Exp(Sigma * Sigma) - 1) / 3.6e6), "mean");
        Assert.Equal([0.5, 0.9, 0.99], family.Quantiles);
        Assert.All(cells, own => Assert.True(Double(own[0]) <= Double(own[1]) && Double(own[1]) <= Double(own[2])));
        // A sample's median is unbiased on the scale of its own law.
        Statistics.AssertNear(0.5, cells.Average(own => Cdf(Double(own[0]))), 0.5 / Math.Sqrt(256 * 2000), "median");
        Assert.Equal(0.99, cells.Average(own => Cdf(Double(own[2]))), 0.005);
    }

    [Fact]
    public void A_summary_that_sees_nothing_for_a_while_keeps_what_it_saw()
    {
        var world = new World(GroupWorlds.Options(Group(GroupType.Summary, 0.1, 200)));
        var before = world.StepSeconds(60).GroupSeries();
        var after = world.StepSeconds(1).GroupSeries();
        var quiet = after.Where(series => series.Value[^2] == before[series.Key][^2]).ToList();
        Assert.InRange(quiet.Count, 150, 199);
        Assert.All(quiet, series => Assert.Equal(before[series.Key], series.Value));
    }

    private static SeriesGroupOptions Group(GroupType type, double rate, int series) =>
        GroupWorlds.Group("g", type, series, new PoissonProcess(rate)) with { ObservationMedian = Median, ObservationSigma = Sigma, Interval = TimeSpan.FromSeconds(type == GroupType.Summary && rate > 1 ? 30 : 1) };

    private static (MetricFamily Family, List<long[]> Cells) Play(GroupType type, double rate, int series, int seconds)
    {
        var view = SnapshotView.Of(new World(GroupWorlds.Options(Group(type, rate, series))).StepSeconds(seconds));
        return (view.Family("g"), [.. view.Series("g").Select(one => one.Cells)]);
    }

    private static double Cdf(double value) => Normal.CDF(0, 1, Math.Log(value / Median) / Sigma);

    private static double Double(long cell) => BitConverter.Int64BitsToDouble(cell);

    private static long Sum(ReadOnlySpan<long> cells)
    {
        var sum = 0L;
        foreach (var cell in cells) sum += cell;
        return sum;
    }
}
