using System.Text.Json;
using MetricsSim.Dashboards.Drawing.Data;
using MetricsSim.Dashboards.Model;

namespace MetricsSim.Dashboards.Drawing.Fields;

/// <summary>Reads the value mappings of an override.</summary>
internal static class MappingReader
{
    /// <summary>Reads mappings; what is none is left out.</summary>
    /// <param name="json">A list as dashboards have it.</param>
    public static IReadOnlyList<ValueMapping> Read(JsonElement json) => [.. json.AsList().SelectMany(One)];

    private static IEnumerable<ValueMapping> One(JsonElement mapping)
    {
        var options = mapping.At("options");
        switch (mapping.At("type").AsText())
        {
            case "value" when options.ValueKind == JsonValueKind.Object:
                foreach (var pair in options.EnumerateObject()) yield return Of(MappingMatch.Value, pair.Name, pair.Value);
                break;
            case "range":
                yield return Of(MappingMatch.Range, "", options.At("result")) with { From = options.At("from").AsNumber(), To = options.At("to").AsNumber() };
                break;
            case "regex":
                yield return Of(MappingMatch.Regex, options.At("pattern").AsText() ?? "", options.At("result"));
                break;
            case "special":
                yield return Of(MappingMatch.Special, options.At("match").AsText() ?? "", options.At("result"));
                break;
        }
    }

    private static ValueMapping Of(MappingMatch match, string value, JsonElement result) =>
        new(match, value, null, null, result.At("text").AsText() ?? "", result.At("color").AsText() ?? "");
}
