using System.Text.Json;
using MetricsSim.Analysis.Truth;

namespace MetricsSim.Cli.OnDaemon;

/// <summary>Reads the ground truth that a daemon tells; its schema is <c>config/ground-truth.schema.json</c>.</summary>
internal static class TruthReader
{
    /// <summary>Reads the incidents of one simulation.</summary>
    /// <param name="json">An array of incidents.</param>
    /// <param name="simulation">The simulation's id.</param>
    /// <returns>Its incidents.</returns>
    /// <exception cref="CtlException">It is not of that schema.</exception>
    public static IReadOnlyList<Incident> Read(JsonElement json, string simulation)
    {
        var id = "inc_" + simulation["sim_".Length..];
        try
        {
            return
            [
                .. json.EnumerateArray().Select(Incident)
                    .Where(incident => incident.Id == id || incident.Id.StartsWith(id + "_", StringComparison.Ordinal)),
            ];
        }
        catch (Exception e) when (e is InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw new CtlException(ExitCodes.MissingDependency, [$"the daemon's ground truth can't be read: {e.Message.ReplaceLineEndings(" ")}"]) { IsFinal = true };
        }
    }

    private static Incident Incident(JsonElement json) => new()
    {
        Id = Text(json, "incident_id"),
        ScenarioId = Text(json, "scenario_id"),
        Kind = Text(json, "kind"),
        Service = Text(json, "service"),
        Start = json.GetProperty("start").GetDateTimeOffset(),
        End = Time(json, "end"),
        WallStart = Time(json, "wall_start"),
        WallEnd = Time(json, "wall_end"),
        Severity = Text(json, "severity"),
        RootCause = new RootCause(Text(json.GetProperty("root_cause"), "service"), Text(json.GetProperty("root_cause"), "metric")),
        Affected = [.. json.GetProperty("affected").EnumerateArray().Select(Symptom)],
        ExpectedAlerts = [.. json.GetProperty("expected_alerts").EnumerateArray().Select(alert => alert.GetString()!)],
    };

    private static Symptom Symptom(JsonElement json) => new(
        Text(json, "metric"),
        Text(json, "selector"),
        json.GetProperty("lag_seconds").GetDouble(),
        Text(json, "direction"),
        json.GetProperty("magnitude") switch
        {
            { ValueKind: JsonValueKind.Number } number => number.GetDouble(),
            { ValueKind: JsonValueKind.String } text => Prometheus.PrometheusJson.Number(text.GetString()!),
            _ => double.NaN,
        });

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;

    private static DateTimeOffset? Time(JsonElement json, string name) =>
        json.GetProperty(name) is { ValueKind: JsonValueKind.String } text ? text.GetDateTimeOffset() : null;
}
