using MetricsSim.Core.Faults;
using MetricsSim.Core.Scenarios;

namespace MetricsSim.Cli;

/// <summary>A timeline event's parameters under the names they have in files.</summary>
internal static class EventParameters
{
    /// <summary>Lists them.</summary>
    /// <param name="scenarioEvent">The event.</param>
    /// <returns>Names and values, those that were given; durations as text.</returns>
    public static IEnumerable<KeyValuePair<string, object>> Of(ScenarioEvent scenarioEvent) =>
        All(scenarioEvent).Where(parameter => parameter.Value is not null).Select(parameter => KeyValuePair.Create(parameter.Name, parameter.Value!));

    private static IEnumerable<(string Name, object? Value)> All(ScenarioEvent scenarioEvent) => scenarioEvent switch
    {
        StartEvent start => [("user_percentage", start.UserPercentage), ("baseline", start.Baseline)],
        IncreaseLoadEvent load => [("multiplier", load.Multiplier), ("user_percentage", load.UserPercentage)],
        BurstLoadEvent burst => [("multiplier", burst.Multiplier), ("duration", DurationText.Format(burst.Duration))],
        GrowthSimulationEvent growth => [("growth_rate", growth.GrowthRate)],
        DeployEvent deploy => [("version", deploy.Version), ("service", deploy.Service)],
        InjectFailureEvent failure => [.. Fault(failure.Fault), ("duration", failure.Duration is { } length ? DurationText.Format(length) : null)],
        _ => [],
    };

    private static IEnumerable<(string Name, object? Value)> Fault(FaultSpec fault) =>
    [
        ("type", fault.Type.SnakeCase()),
        ("affected_percentage", fault.AffectedPercentage),
        ("model", fault.Model),
        ("min_delay", fault.MinDelayMilliseconds),
        ("max_delay", fault.MaxDelayMilliseconds),
        ("retry_after", fault.RetryAfter is { } wait ? DurationText.Format(wait) : null),
        ("affected_resources", fault.AffectedResources.Count > 0 ? string.Join(" ", fault.AffectedResources) : null),
    ];
}
