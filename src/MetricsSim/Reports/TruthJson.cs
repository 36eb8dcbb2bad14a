using System.Text.Json.Nodes;
using MetricsSim.Analysis.Truth;

namespace MetricsSim.Reports;

/// <summary>The ground truth as JSON; its schema is <c>config/ground-truth.schema.json</c>.</summary>
internal static class TruthJson
{
    /// <summary>Writes incidents.</summary>
    /// <param name="incidents">The incidents.</param>
    /// <returns>A fresh array.</returns>
    public static JsonArray Of(IEnumerable<Incident> incidents) => new([.. incidents.Select(One)]);

    private static JsonObject One(Incident incident) => new()
    {
        ["incident_id"] = incident.Id,
        ["scenario_id"] = incident.ScenarioId,
        ["kind"] = incident.Kind,
        ["service"] = incident.Service,
        ["start"] = RunJson.Instant(incident.Start),
        ["end"] = Instant(incident.End),
        ["wall_start"] = Instant(incident.WallStart),
        ["wall_end"] = Instant(incident.WallEnd),
        ["severity"] = incident.Severity,
        ["root_cause"] = new JsonObject { ["service"] = incident.RootCause.Service, ["metric"] = incident.RootCause.Metric },
        ["affected"] = new JsonArray([.. incident.Affected.Select(Affected)]),
        ["expected_alerts"] = new JsonArray([.. incident.ExpectedAlerts.Select(alert => (JsonNode?)JsonValue.Create(alert))]),
    };

    private static string? Instant(DateTimeOffset? at) => at is { } known ? RunJson.Instant(known) : null;

    private static JsonObject Affected(Symptom symptom) => new()
    {
        ["metric"] = symptom.Metric,
        ["selector"] = symptom.Selector,
        ["lag_seconds"] = symptom.LagSeconds,
        ["direction"] = symptom.Direction,
        ["magnitude"] = RunJson.Number(Math.Round(symptom.Magnitude, 6)),
    };
}
