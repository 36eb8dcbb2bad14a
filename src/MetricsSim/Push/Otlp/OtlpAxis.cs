using MetricsSim.Core.Engine;
using MetricsSim.Core.Series;

namespace MetricsSim.Push.Otlp;

/// <summary>
/// The metrics whose families share a row axis, and their rows, which are put into groups; a group goes when all its rows have. Deltas of
/// sessions take the place of those that have ended; cumulative ones are held no longer than those of their contemporaries.
/// </summary>
internal sealed class OtlpAxis : IDisposable
{
    /// <summary>Series in a group: a few hundred bytes each make requests well below what receivers take.</summary>
    private const int SeriesInGroup = 4000;

    /// <summary>Series grow when a configuration with more models is reloaded, and the SDK's limits can't.</summary>
    private const int Room = 2;

    private readonly OtlpExport _export;
    private readonly TelemetryOptions _telemetry;
    private readonly IReadOnlyList<(OtelMetric Metric, int Family)> _metrics;
    private readonly IReadOnlyList<MetricFamily> _families;
    private readonly KeyValuePair<string, object?>[][][] _leaves;
    private readonly int _rowsInGroup;
    private readonly LabelRows _axis;
    private readonly IReadOnlyDictionary<string, long> _told;
    private readonly List<MeterGroup> _groups = [];
    private readonly Dictionary<string, OtlpRow> _rows = new(StringComparer.Ordinal);
    private readonly OtlpRow?[] _fixed;
    private readonly KeyValuePair<string, object?>[] _scratch = new KeyValuePair<string, object?>[64];
    private Dictionary<LiveRow, OtlpRow> _live = [];
    private Dictionary<LiveRow, OtlpRow> _liveBefore = [];

    /// <summary>Prepares an axis; groups come with its rows.</summary>
    /// <param name="metrics">The metrics, and their families in the layout.</param>
    /// <param name="layout">The layout.</param>
    /// <param name="export">How to export.</param>
    /// <param name="telemetry">The client's version.</param>
    /// <param name="before">The axis with these metrics of the layout before, whose rows go on; null for none.</param>
    /// <param name="told">What series of the layout before were at; for axes that are not among its.</param>
    public OtlpAxis(
        IReadOnlyList<(OtelMetric Metric, int Family)> metrics,
        SeriesLayout layout,
        OtlpExport export,
        TelemetryOptions telemetry,
        OtlpAxis? before,
        IReadOnlyDictionary<string, long> told)
    {
        (_export, _telemetry, _metrics, _told) = (export, telemetry, metrics, told);
        _families = [.. metrics.Select(metric => layout.Families[metric.Family])];
        _axis = _families[0].Rows;
        _leaves = [.. metrics.Select((metric, i) => _families[i].Leaves.Select(leaf => metric.Metric.Attributes(leaf).ToArray()).ToArray())];
        _rowsInGroup = Math.Max(1, SeriesInGroup / _families.Sum(family => family.Leaves.Count));
        _fixed = new OtlpRow?[_axis.Count];
        if (before is not null) TakeOver(before);
    }

    /// <summary>The metrics, which tell axes of two layouts that belong together.</summary>
    public string Name => NameOf(_metrics.Select(metric => metric.Metric));

    /// <summary>The name of an axis with these metrics.</summary>
    public static string NameOf(IEnumerable<OtelMetric> metrics) => string.Join(' ', metrics.Select(metric => metric.Name));

    /// <summary>Index of a metric in the axis; negative if it is on another.</summary>
    public int IndexOf(OtelMetric metric) => _metrics.ToList().FindIndex(one => ReferenceEquals(one.Metric, metric));

    /// <summary>The row with these labels, which is made if there is none yet.</summary>
    public OtlpRow RowOf(IReadOnlyList<Label> labels)
    {
        KeyValuePair<string, object?>[] attributes = [.. OtelMetric.AttributesOf(labels)];
        string key = OtlpRow.KeyOf(attributes);
        if (_rows.TryGetValue(key, out OtlpRow? row)) return row;
        row = new OtlpRow(key, attributes, GroupWithRoom());
        row.Group.Rows++;
        _rows.Add(key, row);
        return row;
    }

    /// <summary>A row of an axis whose rows are fixed.</summary>
    public OtlpRow RowOf(int row) => _fixed[row] ??= RowOf(_axis.Labels(row));

    /// <summary>Feeds the values of a snapshot.</summary>
    /// <param name="snapshot">A snapshot of the layout.</param>
    /// <param name="push">Number of the push.</param>
    /// <param name="baseline">Whether what is counted so far is not to be told as new.</param>
    /// <param name="forget">Whether rows that are missing have gone for good.</param>
    public void Feed(Snapshot snapshot, long push, bool baseline, bool forget)
    {
        if (snapshot.Live[_metrics[0].Family] is { } live)
        {
            (_live, _liveBefore) = (_liveBefore, _live);
            _live.Clear();
            for (int slot = 0; slot < live.Count; slot++)
            {
                if (live[slot] is not { } one) continue;
                if (!_liveBefore.TryGetValue(one, out OtlpRow? row)) row = RowOf(one.Labels);
                _live[one] = row;
                Feed(snapshot, slot, row, baseline);
                row.Seen = push;
            }

            if (forget) Forget(push);
            return;
        }

        for (int i = 0; i < _fixed.Length; i++)
        {
            if (snapshot.Hidden[_metrics[0].Family] is { } hidden && hidden[i]) continue;
            Feed(snapshot, i, RowOf(i), baseline);
        }
    }

    /// <summary>Feeds a value.</summary>
    /// <param name="row">The row.</param>
    /// <param name="metric">Index of the metric.</param>
    /// <param name="leaf">The leaf.</param>
    /// <param name="raw">The value, an increment or an observation, as the family's cells have it.</param>
    public void Put(OtlpRow row, int metric, int leaf, long raw)
    {
        KeyValuePair<string, object?>[] own = _leaves[metric][leaf];
        row.Attributes.CopyTo(_scratch, 0);
        own.CopyTo(_scratch, row.Attributes.Length);
        row.Group.Put(metric, raw, _scratch.AsSpan(0, row.Attributes.Length + own.Length));
    }

    /// <summary>Says what all series of counters were at when they were pushed last.</summary>
    /// <param name="told">Takes it, by metric and attributes.</param>
    public void Tell(Dictionary<string, long> told)
    {
        foreach (OtlpRow row in _rows.Values)
        {
            for (int metric = 0; metric < row.Pushed.Length; metric++)
                for (int leaf = 0; leaf < row.Pushed[metric].Length; leaf++) told[SeriesOf(row, metric, leaf)] = row.Pushed[metric][leaf];
        }
    }

    /// <summary>Exports what was fed.</summary>
    /// <returns>Groups that could not.</returns>
    public int Collect() => _groups.Count(group => !group.Collect());

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (MeterGroup group in _groups) group.Dispose();
    }

    private void Feed(Snapshot snapshot, int cellRow, OtlpRow row, bool baseline)
    {
        if (row.Pushed.Length == 0) row.Pushed = [.. _families.Select((family, metric) => family.Type == MetricType.Counter ? Told(row, metric) : [])];
        for (int metric = 0; metric < _metrics.Count; metric++)
        {
            MetricFamily family = _families[metric];
            if (family.Type == MetricType.Histogram) continue;
            ReadOnlySpan<long> cells = snapshot.Columns[_metrics[metric].Family].AsSpan(cellRow * family.Leaves.Count, family.Leaves.Count);
            if (family.Type == MetricType.Counter && !_export.Options.Cumulative) FeedIncrements(row, metric, cells, baseline);
            else FeedValues(row, metric, cells);
        }
    }

    private long[] Told(OtlpRow row, int metric)
    {
        long[] pushed = new long[_leaves[metric].Length];
        if (_told.Count > 0) for (int leaf = 0; leaf < pushed.Length; leaf++) pushed[leaf] = _told.GetValueOrDefault(SeriesOf(row, metric, leaf));
        return pushed;
    }

    private string SeriesOf(OtlpRow row, int metric, int leaf) =>
        $"{_metrics[metric].Metric.Name} {OtlpRow.KeyOf(row.Attributes.Concat(_leaves[metric][leaf]))}";

    private void FeedIncrements(OtlpRow row, int metric, ReadOnlySpan<long> cells, bool baseline)
    {
        long[] pushed = row.Pushed[metric];
        for (int leaf = 0; leaf < cells.Length; leaf++)
        {
            // One that falls back has lost nothing that was told.
            long increment = cells[leaf] - pushed[leaf];
            if (increment <= 0) continue;
            pushed[leaf] = cells[leaf];
            if (!baseline) Put(row, metric, leaf, increment);
        }
    }

    private void FeedValues(OtlpRow row, int metric, ReadOnlySpan<long> cells)
    {
        for (int leaf = 0; leaf < cells.Length; leaf++)
        {
            if (cells[leaf] == 0 && _families[metric].HideUntouched) continue;
            Put(row, metric, leaf, cells[leaf]);
        }
    }

    /// <summary>Lets go of rows that neither this push nor the one before has met: what was recorded of them has been exported.</summary>
    private void Forget(long push)
    {
        foreach ((string key, OtlpRow row) in _rows)
        {
            if (row.Seen == 0) row.Seen = push;
            if (row.Seen >= push - 1) continue;
            _rows.Remove(key);
            row.Group.Rows--;
        }

        // The last group takes the rows to come.
        for (int i = _groups.Count - 2; i >= 0; i--)
        {
            if (_groups[i].Rows > 0) continue;
            _groups[i].Dispose();
            _groups.RemoveAt(i);
        }
    }

    /// <summary>The SDK gives the place of a series that was silent to another one, but not where it counts since the start.</summary>
    private MeterGroup GroupWithRoom()
    {
        MeterGroup? group = _groups.Find(group => group.Rows < _rowsInGroup && (!_export.Options.Cumulative || group == _groups[^1]));
        if (group is null) _groups.Add(group = NewGroup());
        return group;
    }

    private MeterGroup NewGroup() => new(
        [.. _metrics.Select((metric, i) => new GroupMetric(metric.Metric, _families[i], Room * _rowsInGroup * _families[i].Leaves.Count))], _export, _telemetry);

    /// <summary>Goes on with the rows, groups and counts of an axis of another layout.</summary>
    private void TakeOver(OtlpAxis before)
    {
        _groups.AddRange(before._groups);
        foreach ((string key, OtlpRow row) in before._rows)
        {
            _rows.Add(key, row);
            if (row.Pushed.Length > 0) row.Pushed = [.. _metrics.Select((_, metric) => Carry(before, row, metric))];
        }
    }

    private long[] Carry(OtlpAxis before, OtlpRow row, int metric)
    {
        if (_families[metric].Type != MetricType.Counter) return [];
        var leaves = before._leaves[metric].Select(OtlpRow.KeyOf).ToList();
        return [.. _leaves[metric].Select(leaf => leaves.IndexOf(OtlpRow.KeyOf(leaf)) is >= 0 and var old ? row.Pushed[metric][old] : 0)];
    }
}
