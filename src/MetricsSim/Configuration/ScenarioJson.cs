using System.Reflection;
using System.Text.Json.Nodes;
using MetricsSim.Configuration.Declarations;
using MetricsSim.Configuration.Document;
using MetricsSim.Core.Faults;
using MetricsSim.Core.Scenarios;

namespace MetricsSim.Configuration;

/// <summary>A scenario as JSON in the keys of its file; parameters that weren't given are left out.</summary>
internal static class ScenarioJson
{
    // They hit everything, and their files have no such key.
    private static readonly IReadOnlyList<string> WithoutShare = typeof(PlainFaultSection).GetCustomAttribute<VariantAttribute>()!.Names;

    /// <summary>Writes a scenario.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <returns>A fresh object; times and durations in seconds.</returns>
    public static JsonObject Write(Scenario scenario) => new()
    {
        ["id"] = scenario.Id,
        ["name"] = scenario.Name,
        ["description"] = scenario.Description,
        ["duration"] = Seconds(scenario.Duration),
        ["tags"] = Texts(scenario.Tags),
        ["difficulty"] = scenario.Difficulty,
        ["severity"] = scenario.Severity,
        ["service"] = scenario.Service,
        ["timeline"] = new JsonArray([.. scenario.Timeline.Select(Entry)]),
        ["assertions"] = new JsonArray([.. scenario.Assertions.Select(Assertion)]),
        ["expected"] = scenario.Expected is { } expected ? Expected(expected) : null,
        ["context"] = new JsonObject(scenario.Context.Select(fact => KeyValuePair.Create(fact.Key, (JsonNode?)JsonValue.Create(fact.Value)))),
    };

    /// <summary>A list of text.</summary>
    public static JsonArray Texts(IEnumerable<string> values) => new([.. values.Select(value => (JsonNode?)JsonValue.Create(value))]);

    private static JsonNode Entry(TimelineEntry entry)
    {
        var json = new JsonObject { ["time"] = Seconds(entry.Time), ["event"] = entry.Event.Name };
        switch (entry.Event)
        {
            case StartEvent start:
                Add(json, "user_percentage", start.UserPercentage);
                Add(json, "baseline", start.Baseline);
                break;
            case IncreaseLoadEvent load:
                Add(json, "multiplier", load.Multiplier);
                Add(json, "user_percentage", load.UserPercentage);
                break;
            case BurstLoadEvent burst:
                Add(json, "multiplier", burst.Multiplier);
                Add(json, "duration", burst.Duration.TotalSeconds);
                break;
            case GrowthSimulationEvent growth:
                Add(json, "growth_rate", growth.GrowthRate);
                break;
            case InjectFailureEvent failure:
                Fault(json, failure.Fault);
                Add(json, "duration", failure.Duration?.TotalSeconds);
                break;
            case DeployEvent deploy:
                if (deploy.Version is not null) json["version"] = deploy.Version;
                if (deploy.Service is not null) json["service"] = deploy.Service;
                break;
        }

        json["description"] = entry.Description;
        return json;
    }

    private static void Fault(JsonObject json, FaultSpec fault)
    {
        json["type"] = fault.Type.SnakeCase();
        if (!WithoutShare.Contains(fault.Type.SnakeCase())) json["affected_percentage"] = Limits.Number(fault.AffectedPercentage);
        if (fault.Model is not null) json["model"] = fault.Model;
        Add(json, "min_delay", fault.MinDelayMilliseconds);
        Add(json, "max_delay", fault.MaxDelayMilliseconds);
        Add(json, "retry_after", fault.RetryAfter?.TotalSeconds);
        if (fault.AffectedResources.Count > 0) json["affected_resources"] = Texts(fault.AffectedResources);
    }

    private static JsonNode Assertion(Assertion assertion)
    {
        var json = new JsonObject { ["metric"] = assertion.Metric, ["condition"] = assertion.Condition };
        Add(json, "window", assertion.Window?.TotalSeconds);
        return json;
    }

    private static JsonObject Expected(ExpectedOutcome expected) => new()
    {
        ["root_cause"] = expected.RootCause,
        ["severity"] = expected.Severity,
        ["action_types"] = Texts(expected.ActionTypes),
        ["alerts"] = Texts(expected.Alerts),
    };

    private static void Add(JsonObject json, string key, double? value)
    {
        if (value is { } given) json[key] = Limits.Number(given);
    }

    private static JsonNode Seconds(TimeSpan time) => Limits.Number(time.TotalSeconds);
}
