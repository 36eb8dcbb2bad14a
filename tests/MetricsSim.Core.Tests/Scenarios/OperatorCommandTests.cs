using MetricsSim.Core.Engine;
using MetricsSim.Core.Faults;
using MetricsSim.Core.Scenarios;
using Xunit;

namespace MetricsSim.Core.Tests.Scenarios;

/// <summary>Load and faults set by hand, beside those of simulations.</summary>
public sealed class OperatorCommandTests
{
    private static readonly FaultSpec Outage = new() { Type = FaultType.TotalOutage };

    [Fact]
    public void A_load_set_by_hand_multiplies_with_the_simulations_and_outlives_them()
    {
        var world = NewWorld();
        Assert.True(world.Apply(new SetLoad(3)).Applied);
        world.Apply(new StartSimulation("double"));
        Assert.Equal((6.0, 3.0), (world.Status().Load, world.Status().ManualLoad));
        world.Step(101);
        Assert.Equal(3, SnapshotView.Of(world).Gauge("metricssim_load_multiplier"));
        world.Apply(new SetLoad(1));
        Assert.Equal(1, world.Status().Load);
    }

    [Fact]
    public void Many_loads_together_have_a_limit()
    {
        var world = NewWorld();
        for (var i = 0; i < 40; i++) world.Apply(new StartSimulation("double"));
        Assert.Equal(SetLoad.Most, world.Status().Load);
        foreach (var simulation in world.Status().Simulations) world.Apply(new StopSimulation(simulation.SimulationId));
        Assert.Equal(1, world.Status().Load);
    }

    [Fact]
    public void The_load_moves_arrivals()
    {
        var (plain, none, five) = (Sessions(1), Sessions(0), Sessions(5));
        Assert.Equal(0, none);
        Statistics.AssertNear(5 * plain, five, Math.Sqrt((25 * plain) + five));
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(10_001)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_load_out_of_range_is_refused_and_changes_nothing(double multiplier)
    {
        var world = NewWorld();
        world.Apply(new SetLoad(2));
        var outcome = world.Apply(new SetLoad(multiplier));
        Assert.Equal(CommandProblem.OutOfRange, outcome.Problem);
        Assert.Contains("0 to 10000", outcome.Detail, StringComparison.Ordinal);
        Assert.Equal(2, world.Status().Load);
    }

    [Fact]
    public void A_fault_added_by_hand_acts_is_seen_and_ends_by_itself()
    {
        var world = NewWorld().StepSeconds(600);
        var quiet = world.Status().TotalErrors;
        var fault = world.Apply(new AddFault(Outage, TimeSpan.FromSeconds(99.5))).Fault!;
        Assert.Matches("^fault_[0-9a-f]{8}$", fault.FaultId);
        Assert.Equal((null, world.Now, world.Now.AddSeconds(100)), (fault.SimulationId, fault.StartedAt, fault.EndsAt));
        Assert.Equal([fault], world.Status().Faults);
        Assert.Equal(1, Active(world, "total_outage"));
        world.StepSeconds(100);
        var failed = world.Status().TotalErrors - quiet;
        Assert.True(failed > 10 * Math.Max(1, quiet / 6), $"{failed} errors in 100 s, {quiet} in 600 s before");
        world.Step();
        Assert.Equal(0, world.Status().ActiveFaults);
        Assert.Empty(world.Status().Faults);
        Assert.Equal(0, Active(world, "total_outage"));
    }

    [Fact]
    public void A_fault_without_duration_stays_until_it_is_removed()
    {
        var world = NewWorld();
        var first = world.Apply(new AddFault(Outage, null)).Fault!;
        var second = world.Apply(new AddFault(Outage, null)).Fault!;
        Assert.NotEqual(first.FaultId, second.FaultId);
        Assert.Null(first.EndsAt);
        world.Step(5000);
        Assert.Equal(2, Active(world, "total_outage"));
        var ended = world.Apply(new RemoveFault(first.FaultId));
        Assert.Equal((true, first.FaultId, world.Now), (ended.Applied, ended.Fault!.FaultId, ended.Fault.EndsAt));
        Assert.Equal([second.FaultId], world.Status().Faults.Select(fault => fault.FaultId));
        Assert.Equal(CommandProblem.NotFound, world.Apply(new RemoveFault(first.FaultId)).Problem);
    }

    [Fact]
    public void Faults_of_simulations_are_listed_but_are_not_removed_by_hand()
    {
        var world = NewWorld();
        var simulation = world.Apply(new StartSimulation("broken")).Simulation!.SimulationId;
        var own = world.Apply(new AddFault(Outage, null)).Fault!;
        Assert.Equal([null, simulation], world.Status().Faults.Select(fault => fault.SimulationId));
        Assert.Equal(2, world.Status().ActiveFaults);
        var theirs = world.Status().Faults[1];
        var refused = world.Apply(new RemoveFault(theirs.FaultId));
        Assert.Equal(CommandProblem.NotYours, refused.Problem);
        Assert.Contains(simulation, refused.Detail, StringComparison.Ordinal);
        Assert.Equal(2, world.Status().ActiveFaults);
        world.Apply(new StopSimulation(simulation));
        Assert.Equal([own.FaultId], world.Status().Faults.Select(fault => fault.FaultId));
    }

    [Fact]
    public void What_can_not_act_is_refused()
    {
        var world = NewWorld();
        Assert.Equal(CommandProblem.OutOfRange, world.Apply(new AddFault(Outage, TimeSpan.Zero)).Problem);
        Assert.Empty(world.Status().Faults);
    }

    [Fact]
    public void The_same_commands_give_the_same_ids_and_the_same_world()
    {
        var (one, two) = (Play(), Play());
        Assert.Equal(one.Status().Faults.Select(fault => fault.FaultId), two.Status().Faults.Select(fault => fault.FaultId));
        Assert.Equal(one.Status().TotalTokens, two.Status().TotalTokens);
    }

    private static World Play()
    {
        var world = NewWorld();
        world.Apply(new AddFault(new() { Type = FaultType.ModelOutage, AffectedPercentage = 30 }, null));
        world.Apply(new SetLoad(2));
        return world.StepSeconds(300);
    }

    private static double Active(World world, string type) =>
        SnapshotView.Of(world).Gauge("metricssim_active_faults", ("type", type));

    private static long Sessions(double load)
    {
        var world = new World(TestWorlds.Homogeneous(500));
        world.Apply(new SetLoad(load));
        return world.StepSeconds(1800).Started();
    }

    private static World NewWorld() => new(TestWorlds.Flat(200).With(
        TestWorlds.Scenario("double", 100, (0, new StartEvent(null, 2))),
        TestWorlds.Scenario("broken", 100, (0, new InjectFailureEvent(new() { Type = FaultType.RateLimiting }, null)))));
}
