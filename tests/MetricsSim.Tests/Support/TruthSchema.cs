using System.Text.Json;
using System.Text.RegularExpressions;
using Xunit;

namespace MetricsSim.Tests.Support;

/// <summary>Holds ground truth against its schema, by a reader of the keywords that the schema uses.</summary>
internal static class TruthSchema
{
    /// <summary>Fails the test if it isn't as the schema says.</summary>
    public static void Check(JsonElement truth)
    {
        using var schema = JsonDocument.Parse(File.ReadAllText(Path.Combine(RepositoryRoot.Path, "config", "ground-truth.schema.json")));
        Check(schema.RootElement, truth, "$");
    }

    private static void Check(JsonElement schema, JsonElement value, string at)
    {
        if (schema.TryGetProperty("type", out var type))
        {
            var allowed = type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Select(one => one.GetString()).ToArray() : [type.GetString()];
            Assert.True(allowed.Contains(value.ValueKind.ToString().ToLowerInvariant(), StringComparer.Ordinal), $"{at}: {value.ValueKind}");
        }

        if (schema.TryGetProperty("enum", out var values)) Assert.Contains(value.GetString(), values.EnumerateArray().Select(one => one.GetString()));
        if (schema.TryGetProperty("pattern", out var pattern) && value.ValueKind == JsonValueKind.String)
            Assert.Matches(new Regex(pattern.GetString()!, RegexOptions.None, TimeSpan.FromSeconds(1)), value.GetString()!);
        if (schema.TryGetProperty("minimum", out var minimum)) Assert.True(value.GetDouble() >= minimum.GetDouble(), at);
        if (schema.TryGetProperty("format", out _) && value.ValueKind == JsonValueKind.String) Assert.True(value.TryGetDateTimeOffset(out _), at);
        if (schema.TryGetProperty("items", out var items))
        {
            foreach (var item in value.EnumerateArray()) Check(items, item, $"{at}[]");
        }

        if (!schema.TryGetProperty("properties", out var properties)) return;
        Assert.Equal(schema.GetProperty("required").EnumerateArray().Select(one => one.GetString()), value.EnumerateObject().Select(property => property.Name));
        foreach (var property in value.EnumerateObject()) Check(properties.GetProperty(property.Name), property.Value, $"{at}.{property.Name}");
    }
}
