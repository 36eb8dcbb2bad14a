using System.Text.Json.Nodes;
using MetricsSim.Configuration;
using MetricsSim.Core.Scenarios;

namespace MetricsSim.Api;

/// <summary>A scenario in the list.</summary>
internal record ScenarioRow
{
    /// <summary>Its key.</summary>
    public required string Id { get; init; }

    /// <summary>Name for people.</summary>
    public required string Name { get; init; }

    /// <summary>What it is about.</summary>
    public required string Description { get; init; }

    /// <summary>The service it happens to, or null.</summary>
    public required string? Service { get; init; }

    /// <summary>low, medium, high or critical; or null.</summary>
    public required string? Severity { get; init; }

    /// <summary>beginner, intermediate or advanced; or null.</summary>
    public required string? Difficulty { get; init; }

    /// <summary>Free tags.</summary>
    public required IReadOnlyList<string> Tags { get; init; }

    /// <summary>Length of the timeline.</summary>
    public required double DurationSeconds { get; init; }

    /// <summary>Metric families of the population that its events move.</summary>
    public required int MetricCount { get; init; }

    /// <summary>The row of a scenario.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <returns>Its row.</returns>
    public static ScenarioRow Of(Scenario scenario) => new()
    {
        Id = scenario.Id,
        Name = scenario.Name,
        Description = scenario.Description,
        Service = scenario.Service,
        Severity = scenario.Severity,
        Difficulty = scenario.Difficulty,
        Tags = scenario.Tags,
        DurationSeconds = scenario.Duration.TotalSeconds,
        MetricCount = ScenarioImpact.MetricCount(scenario),
    };
}

/// <summary>All of a scenario.</summary>
internal sealed record ScenarioDetail : ScenarioRow
{
    /// <summary>Entries in order of time.</summary>
    public required IReadOnlyList<TimelineModel> Timeline { get; init; }

    /// <summary>What must hold at the end.</summary>
    public required IReadOnlyList<AssertionModel> Assertions { get; init; }

    /// <summary>What an investigation should find, or null.</summary>
    public required ExpectedModel? Expected { get; init; }

    /// <summary>Free facts.</summary>
    public required IReadOnlyDictionary<string, string> Context { get; init; }

    /// <summary>The detail of a scenario.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <returns>All of it.</returns>
    public static new ScenarioDetail Of(Scenario scenario)
    {
        ScenarioRow row = ScenarioRow.Of(scenario);
        return new ScenarioDetail
        {
            Id = row.Id,
            Name = row.Name,
            Description = row.Description,
            Service = row.Service,
            Severity = row.Severity,
            Difficulty = row.Difficulty,
            Tags = row.Tags,
            DurationSeconds = row.DurationSeconds,
            MetricCount = row.MetricCount,
            Timeline = [.. scenario.Timeline.Select(entry =>
                new TimelineModel(entry.Time.TotalSeconds, entry.Event.Name, entry.Description, EventJson.Of(entry.Event)))],
            Assertions = [.. scenario.Assertions.Select(assertion =>
                new AssertionModel(assertion.Metric, assertion.Condition, assertion.Window?.TotalSeconds))],
            Expected = scenario.Expected is { } expected
                ? new ExpectedModel(expected.RootCause, expected.Severity, expected.ActionTypes, expected.Alerts)
                : null,
            Context = scenario.Context,
        };
    }
}

/// <summary>An entry of a timeline.</summary>
/// <param name="TimeSeconds">From the scenario's start.</param>
/// <param name="Event">The event's name.</param>
/// <param name="Description">Why, for people.</param>
/// <param name="Parameters">The event's parameters under the names that files use; durations in seconds.</param>
internal sealed record TimelineModel(double TimeSeconds, string Event, string Description, JsonObject Parameters);

/// <summary>An assertion.</summary>
/// <param name="Metric">Indicator or PromQL expression.</param>
/// <param name="Condition">As written, e.g. <c>&lt; 0.05</c>.</param>
/// <param name="WindowSeconds">The last window only; null for the whole run.</param>
internal sealed record AssertionModel(string Metric, string Condition, double? WindowSeconds);

/// <summary>What an investigation should find.</summary>
/// <param name="RootCause">The cause, in a word.</param>
/// <param name="Severity">low, medium, high or critical.</param>
/// <param name="ActionTypes">Actions that help.</param>
/// <param name="Alerts">Alerts that should fire.</param>
internal sealed record ExpectedModel(string? RootCause, string? Severity, IReadOnlyList<string> ActionTypes, IReadOnlyList<string> Alerts);
