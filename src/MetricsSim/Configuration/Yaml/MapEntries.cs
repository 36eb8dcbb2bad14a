namespace MetricsSim.Configuration.Yaml;

/// <summary>Gathers a mapping's entries: refuses duplicates, and lays merged mappings (<c>&lt;&lt;</c>) under the map's own keys.</summary>
internal sealed class MapEntries(Report report, string path)
{
    private readonly List<SourceEntry> _entries = [];
    private readonly Dictionary<string, Place> _own = new(StringComparer.Ordinal);
    private readonly List<SourceMap> _merges = [];

    /// <summary>Adds a key and its value.</summary>
    public void Add(SourceScalar key, SourceNode value)
    {
        if (key is { Text: "<<", Plain: true })
        {
            Merge(value);
        }
        else if (_own.TryAdd(key.Text, key.Place))
        {
            _entries.Add(new SourceEntry(key.Text, key.Place, value));
        }
        else
        {
            report.Error(key.Place, Report.Join(path, key.Text), $"duplicate key; it was set in line {_own[key.Text].Line} already");
        }
    }

    /// <summary>
    /// The map's own entries in file order, then merged ones it doesn't have; of merged maps the first wins, as YAML's merge type says.
    /// </summary>
    public IReadOnlyList<SourceEntry> Merged()
    {
        foreach (var entry in _merges.SelectMany(map => map.Entries))
        {
            if (_own.TryAdd(entry.Key, entry.KeyPlace)) _entries.Add(entry);
        }

        return _entries;
    }

    private void Merge(SourceNode value)
    {
        foreach (var node in value is SourceList list ? list.Items : [value])
        {
            if (node is SourceMap map) _merges.Add(map);
            else report.Error(node.Place, Report.Join(path, "<<"), $"expected a map or a list of maps to merge, got {node.Describe()}");
        }
    }
}
