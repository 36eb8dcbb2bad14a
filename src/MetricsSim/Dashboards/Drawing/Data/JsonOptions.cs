using System.Text.Json;

namespace MetricsSim.Dashboards.Drawing.Data;

/// <summary>Looks into options of dashboards, where anything may be missing or of another kind.</summary>
internal static class JsonOptions
{
    /// <summary>Goes down by names.</summary>
    /// <param name="json">An object, or anything else.</param>
    /// <param name="path">Names.</param>
    /// <returns>What is there; undefined if nothing is.</returns>
    public static JsonElement At(this JsonElement json, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
        {
            if (json.ValueKind != JsonValueKind.Object || !json.TryGetProperty(name, out json)) return default;
        }

        return json;
    }

    /// <summary>The text of an element; null if it is none.</summary>
    public static string? AsText(this JsonElement json) => json.ValueKind == JsonValueKind.String ? json.GetString() : null;

    /// <summary>The number of an element; null if it is none.</summary>
    public static double? AsNumber(this JsonElement json) => json.ValueKind == JsonValueKind.Number && json.TryGetDouble(out var value) && double.IsFinite(value) ? value : null;

    /// <summary>Whether an element is <c>true</c>; null if it is neither true nor false.</summary>
    public static bool? AsFlag(this JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    /// <summary>The elements of an array; none if it isn't one.</summary>
    public static IReadOnlyList<JsonElement> AsList(this JsonElement json) => json.ValueKind == JsonValueKind.Array ? [.. json.EnumerateArray()] : [];

    /// <summary>The texts in an array.</summary>
    public static IReadOnlyList<string> AsTexts(this JsonElement json) => [.. json.AsList().Select(AsText).OfType<string>()];
}
