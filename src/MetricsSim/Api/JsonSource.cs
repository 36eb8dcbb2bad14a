using System.Text.Json;
using MetricsSim.Configuration.Yaml;

namespace MetricsSim.Api;

/// <summary>JSON as the reader of configurations sees a file, so that bodies obey the same rules in the same words.</summary>
internal static class JsonSource
{
    /// <summary>Converts a value.</summary>
    /// <param name="json">The value; properties are distinct.</param>
    /// <returns>The same value, without a place.</returns>
    public static SourceNode Of(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => new SourceMap(default, [.. json.EnumerateObject().Select(property => new SourceEntry(property.Name, default, Of(property.Value)))]),
        JsonValueKind.Array => new SourceList(default, [.. json.EnumerateArray().Select(Of)]),
        JsonValueKind.String => new SourceScalar(default, json.GetString()!, Plain: false),
        _ => new SourceScalar(default, json.GetRawText(), Plain: true),
    };
}
