namespace MetricsSim.Dashboards.Drawing.Tables;

/// <summary>Makes one table of several.</summary>
internal static class FrameJoin
{
    // Rows of the same key that a row is held against. Queries of one time have no more; ranges may have many times as many, each to be held against all.
    private const int MostTried = BoardDataLoader.MostValues;

    /// <summary>Grafana's <c>merge</c>: rows whose cells in the columns that all tables have are equal become one.</summary>
    public static TableFrame Merge(IReadOnlyList<TableFrame> frames)
    {
        var shared = frames[0].Columns.Select(column => column.Name).Where(name => frames.All(frame => frame.Index(name) >= 0)).ToList();
        return Join(frames, shared, frames.SelectMany(frame => frame.Columns).DistinctBy(column => column.Name, StringComparer.Ordinal).ToList(), (_, name) => name);
    }

    /// <summary>Grafana's <c>joinByField</c>: rows with the same cell in one column become one; other columns of the same name get numbers.</summary>
    public static TableFrame ByField(IReadOnlyList<TableFrame> frames, string field)
    {
        var with = frames.Where(frame => frame.Index(field) >= 0).ToList();
        if (with.Count == 0) return frames[0];
        var twice = with.SelectMany(frame => frame.Columns).GroupBy(column => column.Name, StringComparer.Ordinal).Where(group => group.Count() > 1).Select(group => group.Key).ToHashSet(StringComparer.Ordinal);
        string Name(int frame, string name) => name == field || !twice.Contains(name) ? name : $"{name} {frame + 1}";
        var columns = with.SelectMany((frame, i) => frame.Columns.Select(column => column with { Name = Name(i, column.Name) })).DistinctBy(column => column.Name, StringComparer.Ordinal);
        return Join(with, [field], [.. columns.OrderBy(column => column.Name != field)], Name);
    }

    private static TableFrame Join(IReadOnlyList<TableFrame> frames, List<string> keys, List<TableColumn> columns, Func<int, string, string> nameIn)
    {
        var places = columns.Select((column, i) => (column.Name, i)).ToDictionary(pair => pair.Name, pair => pair.i, StringComparer.Ordinal);
        var rows = new List<TableCell[]>();
        var known = new Dictionary<string, List<TableCell[]>>(StringComparer.Ordinal);
        for (var f = 0; f < frames.Count; f++)
        {
            var frame = frames[f];
            var targets = frame.Columns.Select(column => places[nameIn(f, column.Name)]).ToList();
            foreach (var row in frame.Rows)
            {
                var key = string.Join('\0', keys.Select(name => row[frame.Index(name)]).Select(cell => cell.Text ?? $"\u0001{cell.Number:R}"));
                var same = known.TryGetValue(key, out var found) ? found : known[key] = [];
                var own = Enumerable.Range(0, row.Count).Where(i => !keys.Contains(frame.Columns[i].Name)).ToList();
                var into = keys.Count == 0 ? null : same.Take(MostTried).FirstOrDefault(other => own.All(i => other[targets[i]].IsEmpty || other[targets[i]] == row[i]));
                if (into is null)
                {
                    into = Enumerable.Repeat(TableCell.Empty, columns.Count).ToArray();
                    rows.Add(into);
                    same.Add(into);
                }

                for (var i = 0; i < row.Count; i++) into[targets[i]] = row[i];
            }
        }

        return new(columns, [.. rows]);
    }
}
