using System.Text.Json.Nodes;
using MetricsSim.Configuration.Declarations;
using MetricsSim.Core.Scenarios;

namespace MetricsSim.Configuration;

/// <summary>A scenario as JSON in the keys of its file; parameters that weren't given are left out.</summary>
internal static class ScenarioJson
{
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
        foreach (var (name, value) in EventJson.Of(entry.Event)) json[name] = value?.DeepClone();
        json["description"] = entry.Description;
        return json;
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
