using MetricsSim.Core.Scenarios;

namespace MetricsSim.Cli;

/// <summary>Scenarios as JSON objects.</summary>
internal static class ScenarioDocument
{
    /// <summary>A scenario in the list.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <returns>To be serialised.</returns>
    public static object Summary(Scenario scenario) => new
    {
        scenario.Id,
        scenario.Name,
        scenario.Description,
        scenario.Service,
        scenario.Severity,
        scenario.Difficulty,
        scenario.Tags,
        DurationSeconds = scenario.Duration.TotalSeconds,
        EventCount = scenario.Timeline.Count,
    };

    /// <summary>All of a scenario.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <returns>To be serialised.</returns>
    public static object Full(Scenario scenario) => new
    {
        scenario.Id,
        scenario.Name,
        scenario.Description,
        scenario.Service,
        scenario.Severity,
        scenario.Difficulty,
        scenario.Tags,
        DurationSeconds = scenario.Duration.TotalSeconds,
        Timeline = scenario.Timeline.Select(entry => new
        {
            TimeSeconds = entry.Time.TotalSeconds,
            Event = entry.Event.Name,
            entry.Description,
            Parameters = new Dictionary<string, object>(EventParameters.Of(entry.Event), StringComparer.Ordinal),
        }),
        Assertions = scenario.Assertions.Select(assertion => new { assertion.Metric, assertion.Condition, WindowSeconds = assertion.Window?.TotalSeconds }),
        scenario.Expected,
        scenario.Context,
    };
}
