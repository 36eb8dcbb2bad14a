using MathNet.Numerics.Distributions;
using MetricsSim.Core.Engine;
using MetricsSim.Core.Workload;
using Xunit;

namespace MetricsSim.Core.Tests.Engine;

/// <summary>
/// Sessions in progress are an M/G/∞ queue: Poisson with mean λE[D] at any time (Takács 1962), with length-biased lengths and uniform
/// ages (Cox 1962, §5.4). Tick 0 begins there, so later times look the same.
/// </summary>
public sealed class StationaryStartTests
{
    private const int Users = 4000;

    [Fact]
    public void Users_have_a_Poisson_number_of_sessions_in_progress()
    {
        var options = TestWorlds.Homogeneous(Users);
        var counts = new double[Users];
        foreach (var session in new World(options).Sessions()) counts[session.User]++;
        var mean = 2 / 3600.0 * options.Lengths(0).Mean;
        Statistics.AssertPoisson(Users * mean, counts.Sum());
        Statistics.AssertPoissonDispersion(counts);
        // Cells 0, 1, 2 and more.
        double[] expected = [Poisson.PMF(mean, 0), Poisson.PMF(mean, 1), 1 - Poisson.CDF(mean, 1)];
        long[] seen = [counts.Count(n => n == 0), counts.Count(n => n == 1), counts.Count(n => n >= 2)];
        Statistics.AssertChiSquare([.. expected.Select(share => share * Users)], seen);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Each_segment_has_its_own_mean_and_length_law(int segment)
    {
        var options = TestWorlds.Flat(Users);
        var world = new World(options);
        var directory = new Core.Population.UserDirectory(options.Population, new(options.Seed));
        var sessions = world.Sessions().Where(session => directory.Segment(session.User) == segment).ToArray();
        var activity = Enumerable.Range(0, Users).Select(directory.Profile)
            .Where(user => user.Segment == segment).Sum(user => user.BaseActivity);
        Statistics.AssertPoisson(activity * 2 / 3600 * options.Lengths(segment).Mean, sessions.Length);
        Assert.Equal(sessions.Length, world.Blocks.Sum(block => block.Active[segment]));
        AssertStationary(options, segment, sessions, 0);
    }

    [Fact]
    public void The_number_in_progress_stays_level_and_so_do_the_laws()
    {
        var options = TestWorlds.Homogeneous(Users).WithoutRequests() with { Tick = TimeSpan.FromSeconds(10) };
        var world = new World(options);
        var mean = Users * 2 / 3600.0 * options.Lengths(0).Mean;
        for (var minutes = 0; minutes <= 160; minutes += 20)
        {
            Statistics.AssertPoisson(mean, world.Status().ActiveSessions, $"in progress after {minutes} minutes");
            if (minutes is 20 or 160) AssertStationary(options, 0, [.. world.Sessions()], world.Tick * 10_000_000);
            world.StepSeconds(1200);
        }
    }

    [Fact]
    public void Activities_are_stationary_from_tick_0()
    {
        var options = TestWorlds.Homogeneous(Users).WithoutRequests();
        options = options with
        {
            Tick = TimeSpan.FromSeconds(6),
            Activity = options.Activity with
            {
                Brownian = new() { Volatility = 0.3, LowerBound = double.NegativeInfinity, UpperBound = double.PositiveInfinity },
            },
        };
        var world = new World(options);
        var start = Activities(world);
        Statistics.AssertNormalMoments(1, 0.09, start);
        // 20 minutes in units of 60 s at θ = 0.1.
        var later = Activities(world.StepSeconds(1200));
        Statistics.AssertNormalMoments(1, 0.09, later);
        var expected = Math.Exp(-0.1 * 20);
        var correlation = MathNet.Numerics.Statistics.Correlation.Pearson(start, later);
        Statistics.AssertNear(expected, correlation, (1 - (expected * expected)) / Math.Sqrt(Users), "autocorrelation");
        Assert.Equal(later.Average(), world.Status().AverageActivity, 1e-12);
    }

    [Fact]
    public void Counters_begin_at_zero()
    {
        var view = SnapshotView.Of(new World(TestWorlds.Flat(300)));
        foreach (var (family, column) in view.Snapshot.Layout.Families.Zip(view.Snapshot.Columns))
        {
            if (family.Type is Core.Series.MetricType.Counter or Core.Series.MetricType.Histogram) Assert.All(column, cell => Assert.Equal(0, cell));
        }

        Assert.True(view.Sum("otel_claude_code_active_sessions") > 0);
    }

    [Fact]
    public void Season_at_tick_0_counts()
    {
        var options = TestWorlds.Homogeneous(Users);
        var sunday = new World(options with { Activity = options.Activity with { Seasonal = new() }, Start = new(2026, 1, 4, 3, 0, 0, TimeSpan.Zero) });
        Statistics.AssertPoisson(Users * 2 / 3600.0 * 0.09 * options.Lengths(0).Mean, sunday.Status().ActiveSessions);
    }

    private static void AssertStationary(WorldOptions options, int segment, Session[] sessions, long now)
    {
        var law = options.Lengths(segment);
        var (median, sigma) = (options.Population.Segments[segment].MedianSessionSeconds, options.Population.Segments[segment].SessionSigma);
        var (low, high) = (options.Workload.MinSession.TotalSeconds, options.Workload.MaxSession.TotalSeconds);
        double Log(double x) => (Math.Log(x) - Math.Log(median)) / sigma;
        var atom = low * Normal.CDF(0, 1, Log(low));
        // E[D; D ≤ x] of the clamped law over E[D]; E[X; X ≤ x] = e^(μ + σ²/2) Φ(z − σ).
        var mean = median * Math.Exp(sigma * sigma / 2);
        double Below(double x) => (atom + (mean * (Normal.CDF(0, 1, Log(x) - sigma) - Normal.CDF(0, 1, Log(low) - sigma)))) / law.Mean;
        Statistics.AssertFollows(
            sessions.Select(session => (session.EndsAt - session.StartedAt) / 1e6),
            x => x >= high ? 1 : Below(x),
            x => x <= low ? 0 : Below(Math.Min(x, high)));
        Statistics.AssertFollows(sessions.Select(session => (now - session.StartedAt) / (double)(session.EndsAt - session.StartedAt)), age => age);
    }

    private static double[] Activities(World world) => [.. world.Blocks.SelectMany(block => block.Activity.ToArray())];
}
