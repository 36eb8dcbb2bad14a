using MetricsSim.Core.Engine;
using MetricsSim.Core.Scenarios;

namespace MetricsSim.Core.Tests.Backend;

/// <summary>Worlds that load their backend: many short sessions, so that the load follows its multiplier within minutes.</summary>
internal static class LoadedWorlds
{
    public const int Users = 1000;

    /// <summary>
    /// Series without labels; 100 sessions an hour a user of a mean known in closed form, and sessions that never fail, so that the
    /// users keep asking whatever they get.
    /// </summary>
    /// <param name="requestsPerSecond">New requests a second.</param>
    /// <param name="backend">The backend.</param>
    public static WorldOptions Options(double requestsPerSecond, BackendOptions backend)
    {
        var options = TestWorlds.Homogeneous(Users);
        options = options with
        {
            Population = options.Population with { Segments = [TestWorlds.OneSegment(60, 0.4)] },
            Backend = backend,
            Telemetry = new() { Labels = new() { UserId = false, UserType = false, OrganizationId = false, TerminalType = false } },
        };
        var perUser = requestsPerSecond * options.Workload.RequestInterval.TotalSeconds / Users / options.Lengths(0).Mean;
        return options with { Workload = options.Workload with { SessionsPerHour = perUser * 3600, GiveUpsToFail = int.MaxValue } };
    }

    /// <summary>A world in which a scenario plays from tick 0.</summary>
    public static World Playing(WorldOptions options, params (double At, ScenarioEvent Event)[] timeline)
    {
        var world = new World(options.With(TestWorlds.Scenario("s", 100_000, timeline)));
        world.Apply(new StartSimulation("s"));
        return world;
    }

    /// <summary>Requests that ended with an outcome since tick 0.</summary>
    public static long Ended(this World world, string errorType) =>
        SnapshotView.Of(world).Count("metricssim_request_duration_seconds", ("error_type", errorType));
}
