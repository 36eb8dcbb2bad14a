using MetricsSim.Core.Series;

namespace MetricsSim.Analysis.Runs;

/// <summary>A counter's or histogram's cells at the last look. Rows that come and go are followed one by one; to go is no step down.</summary>
/// <param name="family">The family.</param>
internal sealed class AuditedColumn(MetricFamily family)
{
    private readonly int _width = family.Leaves.Count * family.Stride;
    private readonly Dictionary<LiveRow, int> _slots = new(ReferenceEqualityComparer.Instance);
    private long[]? _before;

    /// <summary>Looks at the column.</summary>
    /// <param name="column">The column.</param>
    /// <param name="rows">The rows there are, or null while they are fixed.</param>
    /// <returns>Cells that fell since the last look.</returns>
    public long Look(long[] column, LiveRowBuffer? rows)
    {
        var fallen = rows is not null ? Fallen(column, rows) : _before is not null ? Fallen(_before, column) : 0;
        if (_before is null || _before.Length < column.Length) _before = new long[column.Length];
        column.CopyTo(_before, 0);
        if (rows is not null) Note(rows);
        return fallen;
    }

    private long Fallen(ReadOnlySpan<long> column, LiveRowBuffer rows)
    {
        var fallen = 0L;
        for (var slot = 0; slot < rows.Count; slot++)
        {
            if (rows[slot] is { } row && _slots.TryGetValue(row, out var before))
                fallen += Fallen(_before.AsSpan(before * _width, _width), column.Slice(slot * _width, _width));
        }

        return fallen;
    }

    private static long Fallen(ReadOnlySpan<long> before, ReadOnlySpan<long> now)
    {
        var fallen = 0L;
        for (var cell = 0; cell < now.Length; cell++)
        {
            if (now[cell] < before[cell]) fallen++;
        }

        return fallen;
    }

    private void Note(LiveRowBuffer rows)
    {
        _slots.Clear();
        for (var slot = 0; slot < rows.Count; slot++)
        {
            if (rows[slot] is { } row) _slots.Add(row, slot);
        }
    }
}
