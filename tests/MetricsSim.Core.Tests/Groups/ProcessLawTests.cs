using MathNet.Numerics.Distributions;
using MetricsSim.Core.Engine;
using MetricsSim.Core.Groups;
using Xunit;

namespace MetricsSim.Core.Tests.Groups;

/// <summary>The laws of values, over the series of a group and over time. All seeds are fixed.</summary>
public sealed class ProcessLawTests
{
    private const int Many = 20_000;

    [Fact]
    public void Constant_values_are_constant()
    {
        var world = Gauges(new ConstantProcess(-2.5), 10);
        Assert.All(world.Values(), value => Assert.Equal(-2.5, value));
        world.StepSeconds(5);
        Assert.All(world.Values(), value => Assert.Equal(-2.5, value));
    }

    [Fact]
    public void Uniform_values_are_uniform_and_new_each_interval()
    {
        var world = Gauges(new UniformProcess(-1, 3));
        var before = world.Values();
        Statistics.AssertFollows(before, x => ContinuousUniform.CDF(-1, 3, x));
        var after = world.StepSeconds(1).Values();
        Statistics.AssertFollows(after, x => ContinuousUniform.CDF(-1, 3, x));
        AssertUncorrelated(before, after);
    }

    [Fact]
    public void Log_normal_values_are_log_normal()
    {
        var values = Gauges(new LogNormalProcess(7, 0.6)).StepSeconds(2).Values();
        Statistics.AssertFollows(values, x => Normal.CDF(0, 1, Math.Log(x / 7) / 0.6));
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(12)]
    [InlineData(900)]
    [InlineData(3e6)]
    public void Poisson_values_have_their_rate_as_mean_and_variance(double rate)
    {
        var values = Gauges(new PoissonProcess(rate)).StepSeconds(1).Values();
        Assert.All(values, value => Assert.Equal(Math.Floor(value), value));
        Statistics.AssertNear(rate, Statistics.Mean(values), Math.Sqrt(rate / Many), "mean");
        // The variance of a sample's variance is (μ₄ − σ⁴)/n, and μ₄ = 3λ² + λ.
        Statistics.AssertNear(rate, Statistics.Variance(values), Math.Sqrt(((2 * rate * rate) + rate) / Many), "variance");
    }

    [Fact]
    public void Ou_values_are_stationary_from_the_start_and_forget_as_they_should()
    {
        const double Theta = 0.05;
        var world = Gauges(new OuProcess(50, 4, Theta));
        var start = world.Values();
        Statistics.AssertNormalMoments(50, 16, start);
        foreach (var lag in new[] { 1, 10, 30 })
        {
            world = Gauges(new OuProcess(50, 4, Theta)).StepSeconds(lag);
            var later = world.Values();
            Statistics.AssertNormalMoments(50, 16, later);
            var expected = Math.Exp(-Theta * lag);
            Statistics.AssertNear(expected, Correlation(start, later), (1 - (expected * expected)) / Math.Sqrt(Many), $"autocorrelation after {lag} s");
        }
    }

    [Fact]
    public void One_step_of_ten_seconds_has_the_law_of_ten_of_one()
    {
        var options = GroupWorlds.Group("g", GroupType.Gauge, Many, new OuProcess(0, 1, 0.1)) with { Interval = TimeSpan.FromSeconds(10) };
        var world = new World(GroupWorlds.Options(options));
        var start = world.Values();
        Statistics.AssertNear(Math.Exp(-1), Correlation(start, world.StepSeconds(10).Values()), 1 / Math.Sqrt(Many), "autocorrelation");
    }

    [Fact]
    public void Walks_spread_with_the_root_of_time_and_stay_within_bounds()
    {
        var world = Gauges(new WalkProcess(10, 2, double.NegativeInfinity, double.PositiveInfinity));
        Assert.All(world.Values(), value => Assert.Equal(10, value));
        Statistics.AssertNormalMoments(10, 25 * 4, world.StepSeconds(25).Values());
        var bounded = Gauges(new WalkProcess(0, 3, -1, 2)).StepSeconds(40).Values();
        Assert.All(bounded, value => Assert.InRange(value, -1, 2));
        // Between reflecting bounds a walk comes to be anywhere with the same chance.
        Statistics.AssertFollows(bounded, x => ContinuousUniform.CDF(-1, 2, x));
        Assert.All(Gauges(new WalkProcess(1, 3, 1, 1), 5).StepSeconds(3).Values(), value => Assert.Equal(1, value));
    }

    [Fact]
    public void Sines_have_their_period_and_each_its_phase()
    {
        var world = Gauges(new SineProcess(5, 2, TimeSpan.FromSeconds(60)));
        var start = world.Values();
        // The arcsine law: a sine at a uniform phase.
        Statistics.AssertFollows(start, x => x <= 3 ? 0 : x >= 7 ? 1 : 0.5 + (Math.Asin((x - 5) / 2) / Math.PI));
        var half = world.StepSeconds(30).Values();
        Assert.All(start.Zip(half), pair => Assert.Equal(10, pair.First + pair.Second, 1e-12));
        Assert.All(start.Zip(world.StepSeconds(30).Values()), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
    }

    [Fact]
    public void Counters_grow_by_the_process_per_second()
    {
        const double Seconds = 60;
        var group = GroupWorlds.Group("g", GroupType.Counter, Many, new PoissonProcess(0.7)) with { Interval = TimeSpan.FromSeconds(15), Decimals = 0 };
        var values = new World(GroupWorlds.Options(group)).StepSeconds(Seconds).Values();
        Statistics.AssertPoisson(0.7 * Seconds * Many, values.Sum(), "events");
        Statistics.AssertNear(0.7 * Seconds, Statistics.Variance(values), Math.Sqrt(((2 * 42 * 42) + 42.0) / Many), "variance");
        var exact = new World(GroupWorlds.Options(GroupWorlds.Group("g", GroupType.Counter, 3, new ConstantProcess(0.25)))).StepSeconds(Seconds).Values();
        Assert.All(exact, value => Assert.Equal(15, value));
        var still = new World(GroupWorlds.Options(GroupWorlds.Group("g", GroupType.Counter, 3, new ConstantProcess(-1)))).StepSeconds(Seconds).Values();
        Assert.All(still, value => Assert.Equal(0, value));
    }

    [Fact]
    public void Rounding_keeps_the_mean_of_what_is_counted()
    {
        var group = GroupWorlds.Group("g", GroupType.Counter, Many, new ConstantProcess(0.3)) with { Decimals = 0 };
        var values = new World(GroupWorlds.Options(group)).StepSeconds(10).Values();
        Assert.All(values, value => Assert.Equal(Math.Floor(value), value));
        Statistics.AssertShare(0.3, (long)values.Sum(), 10 * Many);
        var gauges = GroupWorlds.Group("g", GroupType.Gauge, 100, new UniformProcess(0, 9)) with { Decimals = 1 };
        Assert.All(new World(GroupWorlds.Options(gauges)).Values(), value => Assert.Equal(Math.Round(value, 1), value));
    }

    [Fact]
    public void The_day_raises_and_lowers_values()
    {
        var group = GroupWorlds.Group("g", GroupType.Gauge, 1, new ConstantProcess(10)) with { DailyAmplitude = 0.4, DailyPeak = TimeSpan.FromHours(14), Interval = TimeSpan.FromHours(1) };
        var options = GroupWorlds.Options(group).TickOf(3600) with { Start = new(2026, 1, 5, 2, 0, 0, TimeSpan.Zero) };
        var world = new World(options);
        Assert.Equal(6, world.Values()[0], 1e-12);
        Assert.Equal(10, world.StepSeconds(6 * 3600).Values()[0], 1e-12);
        Assert.Equal(14, world.StepSeconds(6 * 3600).Values()[0], 1e-12);
    }

    [Fact]
    public void Series_of_a_group_are_independent_of_each_other_and_of_other_metrics()
    {
        var group = GroupWorlds.Group("g", GroupType.Gauge, Many, new UniformProcess(0, 1)) with { Metrics = 2 };
        var world = new World(GroupWorlds.Options(group, group with { Id = "h", Name = "h" }));
        AssertUncorrelated(world.Values("g_000"), world.Values("g_001"));
        AssertUncorrelated(world.Values("g_000"), world.Values("h_000"));
        AssertUncorrelated([.. world.Values("g_000").Skip(1)], [.. world.Values("g_000").SkipLast(1)]);
    }

    private static World Gauges(ValueProcess process, int series = Many) => new(GroupWorlds.Options(GroupWorlds.Group("g", GroupType.Gauge, series, process)));

    private static void AssertUncorrelated(double[] a, double[] b) => Statistics.AssertNear(0, Correlation(a, b), 1 / Math.Sqrt(a.Length), "correlation");

    private static double Correlation(double[] a, double[] b)
    {
        var (meanA, meanB) = (a.Average(), b.Average());
        var product = a.Zip(b).Sum(pair => (pair.First - meanA) * (pair.Second - meanB));
        return product / Math.Sqrt(a.Sum(x => (x - meanA) * (x - meanA)) * b.Sum(x => (x - meanB) * (x - meanB)));
    }
}
