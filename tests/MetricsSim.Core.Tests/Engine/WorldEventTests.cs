using MetricsSim.Core.Engine;
using MetricsSim.Core.Faults;
using MetricsSim.Core.Scenarios;
using Xunit;

namespace MetricsSim.Core.Tests.Engine;

public sealed class WorldEventTests
{
    private static readonly FaultSpec Outage = new() { Type = FaultType.TotalOutage };

    private readonly List<WorldEvent> _events = [];

    [Fact]
    public void A_simulation_tells_its_life_in_order_and_on_time()
    {
        var world = NewWorld();
        world.Apply(new StartSimulation("s"));
        world.Step(101);
        Assert.Equal(
            [
                "0 SimulationStarted s", "0 TimelineEvent start", "0 LoadChanged 2",
                "10 TimelineEvent inject_failure", "10 FaultStarted TotalOutage",
                "15 FaultEnded TotalOutage",
                "20 TimelineEvent inject_failure", "20 FaultStarted TotalOutage",
                "100 FaultEnded TotalOutage", "100 SimulationCompleted s", "100 LoadChanged 1",
            ],
            Told(world));
        var ids = _events.Where(told => told.Fault is not null).Select(told => told.Fault!.FaultId).ToArray();
        Assert.Equal((ids[0], ids[2]), (ids[1], ids[3]));
        Assert.NotEqual(ids[0], ids[2]);
    }

    [Fact]
    public void Commands_tell_what_they_did()
    {
        var world = NewWorld();
        world.Apply(new StartSimulation("s"));
        world.Step(1);
        _events.Clear();
        world.Apply(new SetLoad(3));
        var fault = world.Apply(new AddFault(Outage, null)).Fault!;
        world.Step(1);
        world.Apply(new RemoveFault(fault.FaultId));
        world.Apply(new SwitchScenario("s"));
        Assert.Equal(
            [
                "1 LoadChanged 6", "1 FaultStarted TotalOutage", "2 FaultEnded TotalOutage",
                "2 SimulationStopped s", "2 SimulationStarted s", "2 TimelineEvent start",
            ],
            Told(world));
    }

    [Fact]
    public void What_is_refused_or_changes_nothing_tells_nothing()
    {
        var world = NewWorld();
        world.Apply(new SetLoad(-1));
        world.Apply(new SetLoad(1));
        world.Apply(new AddFault(Outage, TimeSpan.Zero));
        world.Apply(new RemoveFault("fault_00000000"));
        world.Apply(new StartSimulation("nothing"));
        world.Apply(new StopSimulation("sim_00000000"));
        world.Step(50);
        Assert.Empty(_events);
    }

    [Fact]
    public void Quiet_ticks_that_are_followed_allocate_nothing()
    {
        var world = NewWorld();
        world.Apply(new AddFault(new() { Type = FaultType.ModelOutage, AffectedPercentage = 1 }, TimeSpan.FromDays(1)));
        world.Step(1800);
        var quiet = 0;
        for (var tick = 0; tick < 300; tick++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            world.Step();
            if (GC.GetAllocatedBytesForCurrentThread() == before) quiet++;
        }

        // The rest are ticks in which a table grew.
        Assert.InRange(quiet, 290, 300);
    }

    private IEnumerable<string> Told(World world) => _events.Select(told =>
        $"{(told.At - world.Options.Start).TotalSeconds} {told.Kind} "
        + (told.Entry?.Event.Name ?? told.Simulation?.ScenarioId ?? told.Fault?.Fault.Type.ToString() ?? $"{told.Load}"));

    private World NewWorld() => new(TestWorlds.Flat(100).With(TestWorlds.Scenario(
        "s",
        100,
        (0, new StartEvent(null, 2)),
        (10, new InjectFailureEvent(Outage, TimeSpan.FromSeconds(5))),
        (20, new InjectFailureEvent(Outage, null)))))
    {
        Observer = _events.Add,
    };
}
