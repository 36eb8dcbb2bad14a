using MetricsSim.Core.Engine;
using MetricsSim.Core.Faults;
using MetricsSim.Core.Scenarios;
using Xunit;

namespace MetricsSim.Core.Tests.Scenarios;

/// <summary>Events fire at the first tick boundary at or after their time, whatever the tick and the compression.</summary>
public sealed class TimelineTests
{
    [Theory]
    [InlineData(1, 1, 7800, 7800)]
    [InlineData(1, 60, 7800, 130)]
    [InlineData(1, 7.3, 7800, 1069)]
    [InlineData(1, 7.3, 73, 10)]
    [InlineData(0.25, 1, 10.1, 41)]
    [InlineData(0.25, 0.7, 35, 200)]
    [InlineData(0.25, 60, 600, 40)]
    [InlineData(60, 1, 600, 10)]
    [InlineData(60, 1, 601, 11)]
    [InlineData(60, 7.3, 7800, 18)]
    [InlineData(1, 0.5, 10, 20)]
    [InlineData(1, 1000, 1, 1)]
    public void Events_fire_at_their_tick(double tickSeconds, double compress, double at, long expected)
    {
        var scenario = TestWorlds.Scenario("late", at + 100_000, (at, new IncreaseLoadEvent(3, null)));
        var world = Quiet(tickSeconds, scenario);
        world.Step(5);
        Assert.True(world.Apply(new StartSimulation("late") { Compress = compress }).Applied);
        Assert.Equal(world.Options.Start + ((5 + expected) * world.Options.Tick), world.Status().Simulations[0].NextEvent!.At);
        world.Step(expected);
        Assert.Equal(1, world.Status().Load);
        world.Step();
        Assert.Equal(3, world.Status().Load);
    }

    /// <summary>No decimal fraction of compression may push an event that falls on a tick to the next one.</summary>
    [Fact]
    public void Times_that_fall_on_a_tick_are_not_late()
    {
        var late = new List<string>();
        foreach (var tick in new[] { 0.1, 0.25, 1 })
        {
            for (var tenths = 1; tenths < 200; tenths += 2)
            {
                // tick · n · compress, a time that compresses to n ticks; in decimals, so that the expectation is exact.
                var time = (double)((decimal)tick * 200 * tenths / 10);
                var scenario = TestWorlds.Scenario("s", time);
                var outcome = Quiet(tick, scenario).Apply(new StartSimulation("s") { Compress = tenths / 10.0 });
                var ticks = (outcome.Simulation!.EndsAt - outcome.Simulation.StartedAt) / TimeSpan.FromSeconds(tick);
                if (Math.Abs(ticks - 200) > 1e-6) late.Add($"{time} s / {tenths / 10.0} at {tick} s: {ticks}");
            }
        }

        Assert.Empty(late);
    }

    [Fact]
    public void Events_at_0_act_at_once_and_those_of_equal_time_in_file_order()
    {
        var scenario = TestWorlds.Scenario("s", 100,
            (0, new StartEvent(50, 2)),
            (0, new IncreaseLoadEvent(4, null)),
            (10, new IncreaseLoadEvent(1, null)),
            (10, new IncreaseLoadEvent(5, null)));
        var world = Quiet(1, scenario);
        var outcome = world.Apply(new StartSimulation("s"));
        Assert.Equal(2, outcome.Simulation!.EventsFired);
        var status = world.Status();
        Assert.Equal(4, status.Load);
        Assert.Equal(world.Options.Population.Total / 2.0, status.EnabledUsers, 2.0);
        world.Step(11);
        Assert.Equal(5, world.Status().Load);
    }

    [Fact]
    public void A_burst_multiplies_the_present_load_for_its_duration()
    {
        var scenario = TestWorlds.Scenario("s", 1000,
            (10, new IncreaseLoadEvent(3, null)),
            (20, new BurstLoadEvent(2, TimeSpan.FromSeconds(10))),
            (25, new BurstLoadEvent(1.5, TimeSpan.FromSeconds(2))));
        var world = Started(scenario);
        AssertLoads(world, (10, 1), (20, 3), (25, 6), (27, 9), (30, 6), (1000, 3), (1001, 1));
    }

    [Fact]
    public void Compression_shortens_bursts_and_faults_too()
    {
        var scenario = TestWorlds.Scenario("s", 1000,
            (100, new BurstLoadEvent(2, TimeSpan.FromSeconds(100))),
            (500, new InjectFailureEvent(new FaultSpec { Type = FaultType.TotalOutage }, TimeSpan.FromSeconds(200))));
        var world = Started(scenario, compress: 10);
        AssertLoads(world, (10, 1), (20, 2), (50, 1));
        world.Step();
        Assert.Equal(1, world.Status().ActiveFaults);
        world.Step(19);
        Assert.Equal(1, world.Status().ActiveFaults);
        world.Step();
        Assert.Equal(0, world.Status().ActiveFaults);
    }

    [Fact]
    public void Growth_multiplies_and_keeps_through_recovery()
    {
        var scenario = TestWorlds.Scenario(
            "s",
            1000,
            (10, new IncreaseLoadEvent(3, null)),
            (20, new GrowthSimulationEvent(1.5)),
            (30, new BurstLoadEvent(2, TimeSpan.FromSeconds(500))),
            (40, new RecoveryEvent()),
            (50, new GrowthSimulationEvent(1)));
        AssertLoads(Started(scenario), (10, 1), (20, 3), (30, 4.5), (40, 9), (50, 1.5), (60, 1));
    }

    [Fact]
    public void Recovery_ends_faults_without_a_duration()
    {
        var scenario = TestWorlds.Scenario("s", 1000,
            (10, new InjectFailureEvent(new FaultSpec { Type = FaultType.TotalOutage }, null)),
            (50, new RecoveryEvent()));
        var world = Started(scenario);
        world.Step(50);
        Assert.Equal(1, world.Status().ActiveFaults);
        Assert.Equal(1, SnapshotView.Of(world).Gauge("metricssim_active_faults", ("type", "total_outage")));
        Assert.Equal(0, SnapshotView.Of(world).Gauge("metricssim_active_faults", ("type", "model_outage")));
        world.Step();
        Assert.Equal(0, world.Status().ActiveFaults);
    }

    [Theory]
    [InlineData(null, 500)]
    [InlineData(200.0, 200)]
    [InlineData(9000.0, 500)]
    public void The_end_restores_everything(double? seconds, long end)
    {
        var scenario = TestWorlds.Scenario(
            "s",
            500,
            (0, new StartEvent(30, 2)),
            (50, new GrowthSimulationEvent(2)),
            (60, new BurstLoadEvent(2, TimeSpan.FromHours(1))),
            (70, new InjectFailureEvent(new FaultSpec { Type = FaultType.TotalOutage }, null)),
            (400, new IncreaseLoadEvent(7, 90)));
        var world = Quiet(1, scenario);
        world.Apply(new StartSimulation("s") { Duration = seconds is { } some ? TimeSpan.FromSeconds(some) : null });
        world.Step(end);
        var status = world.Status();
        Assert.Equal(SimulationState.Running, status.Simulations[0].State);
        Assert.Equal(end > 400 ? 7 * 4 : 8, status.Load);
        Assert.Equal("s", status.CurrentScenario);
        Assert.Equal(1, SnapshotView.Of(world).Gauge("metricssim_scenario_info", ("scenario", "s")));
        world.Step();
        status = world.Status();
        Assert.Equal((1.0, 0, status.Users, null), (status.Load, status.ActiveFaults, status.EnabledUsers, status.CurrentScenario));
        var ended = Assert.Single(status.Simulations);
        Assert.Equal((SimulationState.Completed, 1.0), (ended.State, ended.Progress));
        Assert.Equal(world.Options.Start.AddSeconds(end), ended.EndsAt);
        Assert.Null(ended.NextEvent);
        Assert.Equal(0, SnapshotView.Of(world).Gauge("metricssim_scenario_info", ("scenario", "s")));
    }

    [Fact]
    public void Events_past_a_shorter_duration_never_fire()
    {
        var scenario = TestWorlds.Scenario("s", 500, (100, new IncreaseLoadEvent(2, null)), (300, new IncreaseLoadEvent(9, null)));
        var world = Quiet(1, scenario);
        world.Apply(new StartSimulation("s") { Duration = TimeSpan.FromSeconds(200) });
        world.Step(150);
        Assert.Null(world.Status().Simulations[0].NextEvent);
        world.Step(400);
        Assert.Equal(1, world.Status().Simulations[0].EventsFired);
    }

    [Fact]
    public void Progress_grows_with_time()
    {
        var world = Started(TestWorlds.Scenario("s", 200, (100, new DeployEvent("2.0", null))));
        world.Step(50);
        var status = world.Status().Simulations[0];
        Assert.Equal(0.25, status.Progress);
        Assert.Equal(new NextEvent("deploy", "deploy", world.Options.Start.AddSeconds(100)), status.NextEvent);
        world.Step(100);
        Assert.Equal(0.75, world.Status().Simulations[0].Progress);
        Assert.Equal((1.0, 1), (world.Status().Load, world.Status().Simulations[0].EventsFired));
    }

    private static World Quiet(double tickSeconds, Scenario scenario) =>
        new(TestWorlds.Homogeneous(20).WithoutRequests().With(scenario) with { Tick = TimeSpan.FromSeconds(tickSeconds) });

    private static World Started(Scenario scenario, double compress = 1)
    {
        var world = Quiet(1, scenario);
        Assert.True(world.Apply(new StartSimulation(scenario.Id) { Compress = compress }).Applied);
        return world;
    }

    /// <summary>Asserts the load in force during the tick that ends at each boundary: an event at boundary t acts from tick t + 1 on.</summary>
    private static void AssertLoads(World world, params (long Until, double Load)[] expected)
    {
        foreach (var (until, load) in expected)
        {
            world.Step(until - world.Tick);
            Assert.True(Math.Abs(load - world.Status().Load) < 1e-12, $"in the tick before {until}: {world.Status().Load} instead of {load}");
        }
    }
}
