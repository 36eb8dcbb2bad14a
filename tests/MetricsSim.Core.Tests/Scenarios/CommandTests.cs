using MetricsSim.Core.Engine;
using MetricsSim.Core.Scenarios;
using Xunit;

namespace MetricsSim.Core.Tests.Scenarios;

public sealed class CommandTests
{
    private static readonly Scenario Double = TestWorlds.Scenario("double", 1000, (0, new StartEvent(80, 2)));
    private static readonly Scenario Triple = TestWorlds.Scenario("triple", 500, (0, new StartEvent(20, 3)));

    [Fact]
    public void Several_at_once_multiply_loads_and_take_the_smallest_share()
    {
        var world = NewWorld();
        world.Apply(new StartSimulation("double"));
        world.Apply(new StartSimulation("triple"));
        var status = world.Status();
        Assert.Equal(6, status.Load);
        Assert.InRange(status.EnabledUsers, 199, 201);
        Assert.Equal("triple", status.CurrentScenario);
        Assert.Equal(["triple", "double"], status.Simulations.Select(simulation => simulation.ScenarioId));
        world.Step(501);
        status = world.Status();
        Assert.Equal(2, status.Load);
        Assert.InRange(status.EnabledUsers, 799, 801);
        Assert.Equal(status.EnabledUsers, SnapshotView.Of(world).Gauge("metricssim_enabled_users"));
        Assert.Equal(2, SnapshotView.Of(world).Gauge("metricssim_load_multiplier"));
    }

    [Fact]
    public void A_switch_stops_the_rest()
    {
        var world = NewWorld();
        world.Apply(new StartSimulation("double"));
        world.Apply(new StartSimulation("double"));
        world.Step(10);
        var outcome = world.Apply(new SwitchScenario("triple"));
        Assert.True(outcome.Applied);
        Assert.Equal("triple", outcome.Simulation!.ScenarioId);
        var status = world.Status();
        Assert.Equal(3, status.Load);
        Assert.Equal([SimulationState.Running, SimulationState.Stopped, SimulationState.Stopped], status.Simulations.Select(simulation => simulation.State));
        Assert.All(status.Simulations.Skip(1), simulation => Assert.Equal(world.Now, simulation.EndsAt));
    }

    [Fact]
    public void A_stop_ends_one_and_only_once()
    {
        var world = NewWorld();
        var id = world.Apply(new StartSimulation("double")).Simulation!.SimulationId;
        world.Apply(new StartSimulation("triple"));
        world.Step(100);
        var outcome = world.Apply(new StopSimulation(id));
        Assert.True(outcome.Applied);
        Assert.Equal((SimulationState.Stopped, 0.1), (outcome.Simulation!.State, outcome.Simulation.Progress));
        Assert.Equal(3, world.Status().Load);
        var again = world.Apply(new StopSimulation(id));
        Assert.Equal(CommandProblem.AlreadyEnded, again.Problem);
        Assert.Contains(id, again.Detail, StringComparison.Ordinal);
        Assert.Equal(3, world.Status().Load);
    }

    [Fact]
    public void What_is_unknown_is_refused_with_what_there_is()
    {
        var world = NewWorld();
        var start = world.Apply(new StartSimulation("nonsense"));
        Assert.Equal((CommandProblem.NotFound, null), (start.Problem!.Value, start.Simulation));
        Assert.Equal("no scenario 'nonsense'; there are: double, triple", start.Detail);
        var stop = world.Apply(new StopSimulation("sim_00000000"));
        Assert.Equal((CommandProblem.NotFound, "no simulation 'sim_00000000'"), (stop.Problem!.Value, stop.Detail));
    }

    [Fact]
    public void Ids_are_unique_and_the_same_for_the_same_seed()
    {
        var world = NewWorld();
        var ids = Enumerable.Range(0, 400).Select(_ => world.Apply(new SwitchScenario("double")).Simulation!.SimulationId).ToArray();
        Assert.All(ids, id => Assert.Matches("^sim_[0-9a-f]{8}$", id));
        Assert.Equal(ids.Length, ids.Distinct().Count());
        Assert.Equal(ids[0], NewWorld().Apply(new StartSimulation("triple")).Simulation!.SimulationId);
    }

    [Fact]
    public void Only_so_many_ended_ones_are_remembered()
    {
        var world = NewWorld();
        for (var i = 0; i < 400; i++) world.Apply(new SwitchScenario("double"));
        Assert.Equal(257, world.Status().Simulations.Count);
    }

    [Fact]
    public void Refused_commands_change_no_later_id()
    {
        var world = NewWorld();
        world.Apply(new StartSimulation("nonsense"));
        world.Apply(new StopSimulation("sim_00000000"));
        Assert.Equal(NewWorld().Apply(new StartSimulation("double")).Simulation, world.Apply(new StartSimulation("double")).Simulation);
    }

    private static World NewWorld() => new(TestWorlds.Homogeneous(1000).WithoutRequests().With(Double, Triple));
}
