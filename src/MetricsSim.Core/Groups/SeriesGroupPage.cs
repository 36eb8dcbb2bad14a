using MetricsSim.Core.Faults;
using MetricsSim.Core.Series;

namespace MetricsSim.Core.Groups;

/// <content>What is on the page.</content>
internal sealed partial class SeriesGroup
{
    private IReadOnlyList<ActiveFault> _gaps = [];
    private RowMask? _hidden;
    private long _hiddenTick = -1;

    /// <summary>Follows the gaps in force.</summary>
    public void Follow(IReadOnlyList<ActiveFault> gaps) => (_gaps, _hidden, _hiddenTick) = (gaps, null, -1);

    /// <summary>Samples of all metrics in a row.</summary>
    public long SamplesPerRow => (long)Families.Count * (Families[0].SamplesPerSeries + (_world.Telemetry.Created && Families[0].HasCreated ? 1 : 0));

    /// <summary>Rows on the page of a tick.</summary>
    public int Present(long tick) => RowCount - (Hidden(tick)?.Count ?? 0);

    /// <summary>Copies the values, and which rows there are.</summary>
    /// <param name="snapshot">Takes them.</param>
    /// <param name="first">Index of the first of its families.</param>
    /// <param name="tick">The present tick.</param>
    public void CopyTo(Snapshot snapshot, int first, long tick)
    {
        var hidden = Hidden(tick);
        if (snapshot.Live[first] is { } live)
        {
            var slots = live.Reset(RowCount);
            for (var row = 0; row < slots.Length; row++) slots[row] = hidden?[row] == true ? null : _live[row];
        }

        var cells = RowCount * _stride;
        for (var metric = 0; metric < _columns.Length; metric++)
        {
            ref var column = ref snapshot.Columns[first + metric];
            // Only those of rows that come and go are not of the right length from the start.
            if (column.Length < cells) column = new long[_columns[metric].Length];
            _columns[metric].AsSpan(0, cells).CopyTo(column);
            if (snapshot.Live[first] is null) snapshot.Hidden[first + metric] = hidden;
        }
    }

    /// <summary>Rows that are off the page: those that are away, and those that gaps hit.</summary>
    private RowMask? Hidden(long tick)
    {
        if (Options.Lifecycle is not IntermittentLifecycle && _gaps.Count == 0) return null;
        if (_hiddenTick == tick || (_hiddenTick >= 0 && Options.Lifecycle is StableLifecycle)) return _hidden;
        (_hidden, _hiddenTick) = (MaskAt(_world.Tick * tick), tick);
        return _hidden;
    }

    private RowMask MaskAt(TimeSpan at) => new(RowCount, row => !IsThere(row, at));

    private bool IsThere(int row, TimeSpan at)
    {
        if (row < _rows.Count && !_plan.IsThere(_rows.NumberOf(row), at)) return false;
        foreach (var gap in _gaps)
        {
            if (gap.Hits(EntityOf(0, row))) return false;
        }

        return true;
    }
}
