using MetricsSim.Core.Engine;
using MetricsSim.Core.Faults;
using MetricsSim.Core.Scenarios;
using MetricsSim.Core.Series;
using MetricsSim.Core.Tests.Wire;
using MetricsSim.Wire;

namespace MetricsSim.Core.Tests.Faults;

/// <summary>Worlds that faults of the telemetry are tried in, and their pages as they are sent.</summary>
internal static class TelemetryWorlds
{
    public const int Start = 300;

    public const int Length = 200;

    public static WorldOptions Options(int users = 60) => TestWorlds.Flat(users) with { Telemetry = new() { Created = true } };

    /// <summary>The faults together, each its own entry of one scenario, from <see cref="Start"/> on for <see cref="Length"/>.</summary>
    public static World With(params FaultSpec[] faults) => With(Options(), faults);

    public static World With(WorldOptions options, params FaultSpec[] faults) =>
        Play(options, [.. faults.Select(fault => ((double)Start, (ScenarioEvent)new InjectFailureEvent(fault, TimeSpan.FromSeconds(Length))))]);

    /// <summary>A world that plays a timeline.</summary>
    public static World Play(WorldOptions options, params (double At, ScenarioEvent Event)[] timeline)
    {
        var world = new World(options.With(TestWorlds.Scenario("s", 100_000, timeline)));
        world.Apply(new StartSimulation("s"));
        return world;
    }

    /// <summary>The page in OpenMetrics with timestamps: each sample's value and time in ms by name and labels.</summary>
    public static Dictionary<string, (double Value, long Milliseconds)> Page(this World world)
    {
        var part = new PagePart(new PageLayout(world.Layout, ExpositionFormat.OpenMetrics100, world.Options.Telemetry.Created), SnapshotView.Of(world).Snapshot);
        return new PageParser(Pages.Write([part], timestamps: true), openMetrics: true).Parse().Samples.ToDictionary(
            sample => $"{sample.Name}{{{string.Join(',', sample.Labels.Select(label => $"{label.Name}={label.Value}"))}}}",
            sample => (sample.Value, sample.Milliseconds!.Value),
            StringComparer.Ordinal);
    }

    /// <summary>Users whose series are on the page.</summary>
    public static HashSet<string> Users(this World world) =>
        [.. SnapshotView.Of(world).Series("otel_claude_code_session_count").Select(series => series.Labels["user_id"])];

    /// <summary>What requests say who have a series of their own, in page order.</summary>
    public static List<string> RequestIds(this World world) =>
        [.. SnapshotView.Of(world).Series("otel_claude_code_api_request_count").Select(series => series.Labels["request_id"])];

    public static Snapshot Snapshot(this World world) => SnapshotView.Of(world).Snapshot;
}
