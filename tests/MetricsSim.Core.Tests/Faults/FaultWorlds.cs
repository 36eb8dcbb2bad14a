using MetricsSim.Core.Engine;
using MetricsSim.Core.Faults;
using MetricsSim.Core.Scenarios;

namespace MetricsSim.Core.Tests.Faults;

/// <summary>A world that faults are tried in: 1000 users without season, at half of the backend's capacity, series without labels.</summary>
internal static class FaultWorlds
{
    public const double Capacity = 110;

    public const double Quiet = 900;

    public const double Fault = 600;

    public const double After = 1200;

    /// <summary>Sessions of 3 min on average and of 10 at most, so that 10 min after a fault nobody is left that it hit.</summary>
    public static WorldOptions Options()
    {
        var options = TestWorlds.Homogeneous(1000);
        return options with
        {
            Population = options.Population with { Segments = [TestWorlds.OneSegment(160, 0.5)] },
            Workload = options.Workload with { SessionsPerHour = 16, MaxSession = TimeSpan.FromMinutes(10) },
            Backend = new() { Capacity = Capacity },
            Telemetry = new() { Labels = new() { UserId = false, UserType = false, OrganizationId = false, TerminalType = false } },
        };
    }

    /// <summary>The faults together, each its own entry of one scenario, from the end of the quiet time on.</summary>
    public static World With(params FaultSpec[] faults)
    {
        var world = new World(Options().With(TestWorlds.Scenario("s", Quiet + Fault + After + 3600, [.. faults.Select(Entry)])));
        world.Apply(new StartSimulation("s"));
        return world;
    }

    /// <summary>The quiet time, the second half of the fault, and what follows from the tenth minute after it, when all sessions that met it are over.</summary>
    public static (FaultPhase Quiet, FaultPhase During, FaultPhase After) Play(World world)
    {
        var quiet = new FaultPhase(world, Quiet);
        world.StepSeconds(Fault / 2);
        var during = new FaultPhase(world, Fault / 2);
        world.StepSeconds(600);
        return (quiet, during, new FaultPhase(world, After - 600));
    }

    private static (double At, ScenarioEvent Event) Entry(FaultSpec fault) => (Quiet, new InjectFailureEvent(fault, TimeSpan.FromSeconds(Fault)));
}
