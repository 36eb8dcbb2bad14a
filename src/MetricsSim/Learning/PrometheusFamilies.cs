using System.Text.Json;

namespace MetricsSim.Learning;

/// <summary>A family as a Prometheus keeps it: names of series, and what was said of them at the latest scrape.</summary>
/// <param name="Name">Name of the family.</param>
/// <param name="Type">Type by metadata, or by the names of its series.</param>
/// <param name="Help">What it is about.</param>
/// <param name="Unit">Its unit, or empty.</param>
/// <param name="Series">Names of its series.</param>
internal sealed record PrometheusFamily(string Name, string Type, string Help, string Unit, IReadOnlyList<string> Series);

/// <summary>Groups the names of series by family.</summary>
internal static class PrometheusFamilies
{
    private static readonly (string Suffix, string Type)[] Suffixes =
    [
        ("_bucket", "histogram"), ("_sum", "histogram"), ("_count", "histogram"), ("_sum", "summary"), ("_count", "summary"), ("_total", "counter"), ("_info", "info"),
    ];

    /// <summary>Groups names.</summary>
    /// <param name="names">Names of series, in order.</param>
    /// <param name="metadata">Data of <c>/api/v1/metadata</c>: a list of type, help and unit by name.</param>
    /// <returns>The families, in order.</returns>
    public static IReadOnlyList<PrometheusFamily> Of(IReadOnlyCollection<string> names, JsonElement metadata)
    {
        var all = names.ToHashSet(StringComparer.Ordinal);
        return
        [
            .. names.GroupBy(name => FamilyOf(name, all, metadata), StringComparer.Ordinal).Select(family =>
            {
                var said = Metadata(metadata, family.Key);
                var guess = family.Contains(family.Key + "_bucket") ? "histogram" : family.Contains(family.Key + "_count") ? "summary" : "untyped";
                return new PrometheusFamily(family.Key, said?.Type ?? guess, said?.Help ?? "", said?.Unit ?? "", [.. family]);
            }),
        ];
    }

    private static string FamilyOf(string name, HashSet<string> names, JsonElement metadata)
    {
        if (Metadata(metadata, name) is not null) return name;
        foreach (var (suffix, type) in Suffixes)
        {
            if (!name.EndsWith(suffix, StringComparison.Ordinal) || name.Length == suffix.Length) continue;
            var family = name[..^suffix.Length];
            var said = Metadata(metadata, family)?.Type;
            if (said == type || (said is null && IsLike(type, family, names))) return family;
        }

        return name;
    }

    /// <summary>Whether there are all names that a type has.</summary>
    private static bool IsLike(string type, string family, HashSet<string> names) => type switch
    {
        "histogram" => names.Contains(family + "_bucket") && names.Contains(family + "_count"),
        "summary" => names.Contains(family + "_sum") && names.Contains(family + "_count"),
        _ => false,
    };

    private static (string Type, string Help, string Unit)? Metadata(JsonElement metadata, string name)
    {
        if (metadata.ValueKind != JsonValueKind.Object || !metadata.TryGetProperty(name, out var list) || list.ValueKind != JsonValueKind.Array || list.GetArrayLength() == 0) return null;
        var type = Text(list[0], "type");
        // Types that text 0.0.4 has no name for are those of OpenMetrics.
        return (type is "unknown" or "" ? "untyped" : type, Text(list[0], "help"), Text(list[0], "unit"));
    }

    private static string Text(JsonElement entry, string key) => entry.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
}
