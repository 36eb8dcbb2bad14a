using MetricsSim.Configuration.Yaml;

namespace MetricsSim.Configuration;

/// <summary>Puts values of flags and the environment into what was read, as if the file said so.</summary>
internal static class Overrides
{
    /// <summary>Applies them in order.</summary>
    /// <param name="root">What was read; null for nothing.</param>
    /// <param name="overrides">The values.</param>
    /// <param name="report">Takes an error where the file has no map to put a value in.</param>
    /// <returns>The new root; the old one is unchanged.</returns>
    public static SourceNode? Apply(SourceNode? root, IReadOnlyList<ConfigOverride> overrides, Report report)
    {
        foreach (var value in overrides)
        {
            var place = new Place(value.Origin, 0, 0);
            if (value.Text.Length > YamlComposer.MaxScalar)
                report.Error(place, value.Key, $"text of {value.Text.Length} characters; at most {YamlComposer.MaxScalar} are allowed");
            else
                root = Put(root, value.Key.Split('.'), Node(value, place));
        }

        return root;
    }

    private static SourceNode Node(ConfigOverride value, Place place)
    {
        SourceNode Scalar(string text) => new SourceScalar(place, text, Plain: true);
        return value.IsList ? new SourceList(place, [.. value.Text.Split(',', StringSplitOptions.TrimEntries).Select(Scalar)]) : Scalar(value.Text);
    }

    // Where the file has something else than a map, that has its own error: the value is left out.
    private static SourceNode Put(SourceNode? node, ReadOnlySpan<string> keys, SourceNode value)
    {
        if (keys.IsEmpty) return value;
        if (node is null or SourceScalar { IsNull: true }) node = new SourceMap(node?.Place ?? value.Place, []);
        if (node is not SourceMap map) return node;
        var entries = map.Entries.ToList();
        var key = keys[0];
        var index = entries.FindIndex(entry => entry.Key == key);
        var child = Put(index < 0 ? null : entries[index].Value, keys[1..], value);
        var place = index < 0 || child == value ? value.Place : entries[index].KeyPlace;
        if (index < 0) entries.Add(new SourceEntry(key, place, child));
        else entries[index] = new SourceEntry(key, place, child);
        return map with { Entries = entries };
    }
}
