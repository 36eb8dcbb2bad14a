using System.Text.Json;
using System.Text.Json.Nodes;
using MetricsSim.Configuration.Document;

namespace MetricsSim.Configuration.Declarations;

/// <summary>Writes the JSON schemas (draft 7, which editors know best) of the configuration and of scenario files.</summary>
internal static class SchemaWriter
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The schema of <c>simulator-config.yml</c>.</summary>
    public static string Config() => Write(typeof(ConfigDocument), "MetricsSim configuration");

    /// <summary>The schema of <c>scenarios/*.yml</c>.</summary>
    public static string Scenario() => Write(typeof(ScenarioSection), "MetricsSim scenario");

    private static string Write(Type section, string title)
    {
        var schema = new JsonObject
        {
            ["$schema"] = "http://json-schema.org/draft-07/schema#",
            ["title"] = title,
        };
        foreach (var (key, value) in new RecordKind(section).Schema()) schema[key] = value?.DeepClone();
        return schema.ToJsonString(Indented) + "\n";
    }
}
