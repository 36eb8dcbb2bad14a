using MetricsSim.Analysis.Learning;
using MetricsSim.Core.Groups;
using Xunit;

namespace MetricsSim.Core.Tests.Analysis.Learning;

/// <summary>A law that is simulated is found again, its parameters within the tolerance each test states.</summary>
public sealed class LawFitTests
{
    private const double Day = 24 * 3600;

    [Theory]
    [InlineData(1, 2000, 50, 10, 1 / 300.0)]
    [InlineData(8, 240, -5, 2, 1 / 60.0)]
    [InlineData(32, 240, 1e9, 3e8, 1 / 1200.0)]
    public void A_mean_reverting_gauge(int series, int count, double mean, double deviation, double theta)
    {
        var simulated = new Simulated(7);
        var law = LawFit.OfGauge([.. Enumerable.Range(0, series).Select(_ => simulated.Ou(count, 15, mean, deviation, theta))]);
        var ou = Assert.IsType<OuProcess>(law.Process);
        Near(mean, ou.Mean, 0.5 * deviation);
        Near(deviation, ou.Deviation, 0.25 * deviation);
        Near(theta, ou.Theta, 0.35 * theta);
        Assert.Equal((TimeSpan.FromSeconds(15), false), (law.Interval, law.Whole));
        Assert.Null(law.Daily);
    }

    [Fact]
    public void Counters_that_were_read_twice_keep_the_rates_they_had()
    {
        var law = LawFit.OfCounter([new([0, 3], [1, 1.5]), new([0, 3], [10, 100.5])]);
        var ou = Assert.IsType<OuProcess>(law.Process);
        Assert.True(double.IsFinite(ou.Mean) && double.IsFinite(ou.Deviation), $"{ou}");
        Assert.InRange(ou.Theta, 0, 1e-6);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(6)]
    public void A_random_walk(int series)
    {
        var simulated = new Simulated(8);
        var seen = Enumerable.Range(0, series).Select(_ => simulated.Walk(240, 15, 100, 2)).ToList();
        var walk = Assert.IsType<WalkProcess>(LawFit.OfGauge(seen).Process);
        Near(2, walk.Step, 0.3);
        Near(100, walk.Start, 1e-9);
        Assert.Equal((seen.Min(one => one.Values.Min()), seen.Max(one => one.Values.Max())), (walk.Min, walk.Max));
    }

    [Fact]
    public void Independent_draws()
    {
        var simulated = new Simulated(9);
        var uniform = Assert.IsType<UniformProcess>(Law(() => 5 + (10 * simulated.Uniform())));
        Near(5, uniform.Min, 0.1);
        Near(15, uniform.Max, 0.1);
        var logNormal = Assert.IsType<LogNormalProcess>(Law(() => simulated.LogNormal(3, 0.5)));
        Near(3, logNormal.Median, 0.2);
        Near(0.5, logNormal.Sigma, 0.05);
        var poisson = Assert.IsType<PoissonProcess>(Law(() => simulated.Poisson(4)));
        Near(4, poisson.Rate, 0.3);
        var normal = Assert.IsType<OuProcess>(Law(() => 20 + (3 * simulated.Normal())));
        Near(20, normal.Mean, 0.5);
        Near(3, normal.Deviation, 0.3);
        Assert.True(normal.Theta * 15 > 3);

        static ValueProcess Law(Func<double> draw) => LawFit.OfGauge([Simulated.Series(1000, 15, _ => draw())]).Process;
    }

    [Fact]
    public void What_stays()
    {
        Assert.Equal(new ConstantProcess(42), LawFit.OfGauge([Simulated.Series(50, 15, _ => 42), Simulated.Series(50, 15, _ => 42)]).Process);
        var levels = LawFit.OfGauge([Simulated.Series(50, 15, _ => 3), Simulated.Series(50, 15, _ => 8), Simulated.Series(50, 15, _ => 5)]);
        Assert.Equal((new UniformProcess(3, 8), LearnedLaw.Forever, true), (levels.Process, levels.Interval, levels.Whole));
        var one = LawFit.OfGauge([Simulated.Series(1, 15, _ => 1), Simulated.Series(1, 15, _ => 100)]);
        Assert.Equal("one reading; that it stays is assumed; each series keeps a level of its own", one.Basis);
        Near(10, Assert.IsType<LogNormalProcess>(one.Process).Median, 1e-9);
        Assert.Equal(new ConstantProcess(0), LawFit.OfGauge([]).Process);
    }

    [Fact]
    public void A_counter_of_Poisson_events()
    {
        var simulated = new Simulated(10);
        var law = LawFit.OfCounter([.. Enumerable.Range(0, 4).Select(_ => Simulated.Counter(240, 15, _ => simulated.Poisson(0.4 * 15)))]);
        // 4 × 239 intervals of 15 s hold about 5 736 events: 0.4 ± 0.005 per second.
        Near(0.4, Assert.IsType<PoissonProcess>(law.Process).Rate, 0.025);
        Assert.True(law.Whole);
    }

    [Fact]
    public void A_counter_whose_rate_reverts_to_a_mean()
    {
        var rate = new Simulated(11).Ou(2000, 15, 100, 20, 1 / 200.0);
        var ou = Assert.IsType<OuProcess>(LawFit.OfCounter([Simulated.Counter(2000, 15, i => 15 * rate.Values[i])]).Process);
        Near(100, ou.Mean, 10);
        Near(20, ou.Deviation, 5);
        Near(1 / 200.0, ou.Theta, 0.35 / 200);
    }

    [Fact]
    public void A_counter_of_steady_rate_and_one_of_wild_rate()
    {
        var steady = Assert.IsType<ConstantProcess>(LawFit.OfCounter([Simulated.Counter(50, 15, _ => 7.5)]).Process);
        Near(0.5, steady.Value, 1e-9);
        var simulated = new Simulated(12);
        var wild = Assert.IsType<LogNormalProcess>(LawFit.OfCounter([Simulated.Counter(5000, 15, _ => 15 * simulated.LogNormal(2, 0.8))]).Process);
        Near(2, wild.Median, 0.2);
        Near(0.8, wild.Sigma, 0.1);
        Assert.Equal(new ConstantProcess(0), LawFit.OfCounter([Simulated.Counter(50, 15, _ => 0)]).Process);
    }

    [Fact]
    public void Counters_that_keep_rates_of_their_own()
    {
        // Half of them stand still; the others have rates up to 20 per second.
        var law = LawFit.OfCounter([.. Enumerable.Range(0, 20).Select(n => Simulated.Counter(50, 15, _ => 15 * 2 * Math.Max(0, n - 10)))]);
        var ou = Assert.IsType<OuProcess>(law.Process);
        var simulated = new Simulated(15);
        var drawn = Enumerable.Range(0, 20_000).Select(_ => Math.Max(0, ou.Mean + (ou.Deviation * simulated.Normal()))).ToList();
        Near(4.5, Statistics.Mean(drawn), 0.2);
        Near(6, Math.Sqrt(Statistics.Variance(drawn)), 0.3);
        Assert.InRange(ou.Theta, 0, 1e-6);
        Assert.True(law.Whole);
    }

    [Fact]
    public void Counters_of_a_known_age()
    {
        var interval = TimeSpan.FromSeconds(15);
        Near(0.1, Assert.IsType<PoissonProcess>(LawFit.OfAge([100, 108, 92], 1000, interval, "").Process).Rate, 1e-9);
        Near(0.0105, Assert.IsType<ConstantProcess>(LawFit.OfAge([10.5, 10.5], 1000, interval, "").Process).Value, 1e-12);
        Assert.Equal(new ConstantProcess(0), LawFit.OfAge([0, 0], 1000, interval, "").Process);
        Near(0.5, Assert.IsType<OuProcess>(LawFit.OfAge([400, 500, 600], 1000, interval, "").Process).Mean, 1e-9);
    }

    [Fact]
    public void A_gauge_near_zero_is_not_made_to_go_below()
    {
        var rates = new Simulated(16).Ou(500, 15, 0, 1, 1 / 300.0);
        var walk = Assert.IsType<WalkProcess>(LawFit.OfGauge([rates with { Values = [.. rates.Values.Select(Math.Abs)] }]).Process);
        Assert.InRange(walk.Min, 0, 0.1);
        Assert.InRange(walk.Max, 2, 4);
    }

    [Fact]
    public void A_reset_is_no_negative_rate()
    {
        var law = LawFit.OfCounter([new Trajectory([0, 10, 20, 30, 40], [0, 10, 20, 10, 20])]);
        Near(1, Assert.IsType<ConstantProcess>(law.Process).Value, 1e-9);
    }

    [Theory]
    [InlineData(1, 14)]
    [InlineData(3, 3.5)]
    [InlineData(2, 23.9)]
    public void A_daily_cycle(int days, double hour)
    {
        var simulated = new Simulated(13);
        var noise = simulated.Ou(days * 288, 300, 1, 0.1, 1 / 900.0);
        var seen = Simulated.Series(days * 288, 300, i => 200 * noise.Values[i] * (1 + (0.4 * Math.Cos(2 * Math.PI * ((i * 300 / Day) - (hour / 24))))));
        var law = LawFit.OfGauge([seen]);
        Assert.NotNull(law.Daily);
        Near(0.4, law.Daily.Amplitude, 0.05);
        Near(0, Math.IEEERemainder(law.Daily.Peak.TotalHours - hour, 24), 0.7);
        Assert.InRange(law.Daily.Explained, 0.8, 1);
        var left = Assert.IsType<OuProcess>(law.Process);
        Near(200, left.Mean, 10);
        Near(20, left.Deviation, 6);
    }

    [Fact]
    public void No_daily_cycle_without_a_day_of_data_or_where_it_explains_little()
    {
        var simulated = new Simulated(14);
        Assert.Null(LawFit.OfGauge([Simulated.Series(280, 300, i => 10 + Math.Cos(2 * Math.PI * i / 288))]).Daily);
        Assert.NotNull(LawFit.OfGauge([Simulated.Series(288, 300, i => 10 + Math.Cos(2 * Math.PI * i / 288))]).Daily);
        Assert.Null(LawFit.OfGauge([Simulated.Series(288, 300, i => 10 + Math.Cos(2 * Math.PI * i / 288) + (2 * simulated.Normal()))]).Daily);
    }

    [Fact]
    public void A_walk_or_a_trend_of_a_day_is_no_daily_cycle()
    {
        var simulated = new Simulated(17);
        var waves = Enumerable.Range(0, 100).Count(_ => DailyCycleFit.Of([simulated.Walk(288, 300, 1000, 10)]) is not null);
        Assert.InRange(waves, 0, 3);
        Assert.Null(DailyCycleFit.Of([Simulated.Series(400, 300, i => 1000 + i)]));
        var slow = Enumerable.Range(0, 50).Count(_ => DailyCycleFit.Of([simulated.Ou(400, 300, 1000, 200, 1 / 10_000.0)]) is not null);
        Assert.InRange(slow, 0, 2);
    }

    private static void Near(double expected, double actual, double tolerance) =>
        Assert.True(Math.Abs(expected - actual) <= tolerance, $"{actual} is not {expected} ± {tolerance}");
}
