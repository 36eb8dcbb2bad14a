using MetricsSim.Core.Engine;
using Xunit;

namespace MetricsSim.Core.Tests.Engine;

public sealed class WorldStatusTests
{
    [Fact]
    public void A_new_world_has_sessions_in_progress_and_no_history()
    {
        var world = new World(TestWorlds.Options(100));
        var status = world.Status();
        Assert.Equal(
            (0L, 100, 100, 0L, 0L, 0L, 0.0),
            (status.Tick, status.Users, status.EnabledUsers, status.TotalSessions, status.TotalRequests, status.TotalTokens, status.TotalCost));
        Assert.Equal((1.0, 0, null), (status.Load, status.ActiveFaults, status.CurrentScenario));
        Assert.Equal(new DateTimeOffset(2026, 1, 5, 10, 0, 0, TimeSpan.Zero), status.SimulatedTime);
        Assert.Empty(status.Simulations);
    }

    /// <summary>Design §3: 100 users in business hours have about 138 sessions in progress and 9 requests/s, 6 % of capacity.</summary>
    [Fact]
    public void The_defaults_fit_together()
    {
        const int Worlds = 20;
        double active = 0, requests = 0;
        for (ulong seed = 0; seed < Worlds; seed++)
        {
            var world = new World(TestWorlds.Options(100, seed));
            active += world.Status().ActiveSessions;
            requests += world.StepSeconds(300).Status().TotalRequests;
        }

        // Users' base activities vary between seeds too, so the error is a few percent.
        Assert.Equal(138, active / Worlds, 8.0);
        Assert.Equal(9.2, requests / Worlds / 300, 0.7);
    }

    [Fact]
    public void The_page_agrees_with_the_status()
    {
        var world = new World(TestWorlds.Options(50)).StepSeconds(3600);
        var view = SnapshotView.Of(world);
        Assert.Equal(world.Now.ToUnixTimeMilliseconds() / 1000.0, view.Gauge("metricssim_simulated_time_seconds"));
        Assert.Equal(50, view.Gauge("metricssim_enabled_users"));
        Assert.Equal(2, view.Gauge("metricssim_season_multiplier"));
        Assert.Equal(1, view.Gauge("metricssim_load_multiplier"));
        Assert.Equal(75, view.Gauge("metricssim_backend_capacity"));
        Assert.Equal(1, view.Sum("target"));
    }

    /// <summary>The activity's mean is the base's: b of each user, averaged.</summary>
    [Fact]
    public void Average_activity_is_that_of_the_bases()
    {
        var unbounded = new BrownianOptions { LowerBound = double.NegativeInfinity, UpperBound = double.PositiveInfinity };
        var options = TestWorlds.Flat(5000).WithoutRequests() with { Activity = new() { Brownian = unbounded, Seasonal = TestWorlds.NoSeason } };
        var directory = new Core.Population.UserDirectory(options.Population, new(options.Seed));
        var profiles = Enumerable.Range(0, 5000).Select(directory.Profile).ToArray();
        var world = new World(options).StepSeconds(120);
        var variance = profiles.Sum(user => Math.Pow(options.Population.Segments[user.Segment].Volatility!.Value * user.BaseActivity, 2));
        Statistics.AssertNear(profiles.Average(user => user.BaseActivity), world.Status().AverageActivity, Math.Sqrt(variance) / 5000);
    }

    /// <summary>Steps of activity fall on whole ticks, at least one apart; between them it is constant.</summary>
    [Theory]
    [InlineData(1, 6)]
    [InlineData(4, 2)]
    [InlineData(60, 1)]
    public void Activity_is_constant_between_its_steps(double tickSeconds, int ticks)
    {
        var world = new World(TestWorlds.Flat(20) with { Tick = TimeSpan.FromSeconds(tickSeconds) });
        var last = world.Blocks[0].Activity.ToArray();
        for (var tick = 0; tick < 20; tick++)
        {
            world.Step();
            var now = world.Blocks[0].Activity.ToArray();
            Assert.Equal(tick > 0 && tick % ticks == 0, !now.SequenceEqual(last));
            last = now;
        }
    }
}
