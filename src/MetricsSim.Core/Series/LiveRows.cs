namespace MetricsSim.Core.Series;

/// <summary>
/// A row axis whose rows come and go, such as one row a session. It has no fixed rows: which there are stands in each snapshot, as a
/// <see cref="LiveRowBuffer"/> shared by all families of the axis. A row has a slot; cells are indexed by slot as by row.
/// </summary>
public class LiveRows : LabelRows
{
    /// <inheritdoc />
    public sealed override int Count => 0;

    /// <inheritdoc />
    public sealed override IReadOnlyList<Label> Labels(int row) => throw new ArgumentOutOfRangeException(nameof(row), row, "The rows of a live axis are in the snapshot.");

    /// <summary>The labels of a row as this axis has them: its own, unless somebody else's names are in the way.</summary>
    /// <param name="row">A row of a snapshot.</param>
    public virtual IReadOnlyList<Label> LabelsOf(LiveRow row) => row.Labels;
}

/// <summary>The rows of a <see cref="LiveRows"/> axis at one tick boundary, by slot.</summary>
public sealed class LiveRowBuffer
{
    private LiveRow?[] _rows = [];

    /// <summary>Slots, free ones included.</summary>
    public int Count { get; private set; }

    /// <summary>The slots, for who fills them.</summary>
    internal Span<LiveRow?> Slots => _rows.AsSpan(0, Count);

    /// <summary>The row in a slot, or null when it is free.</summary>
    /// <param name="slot">0 ≤ slot &lt; <see cref="Count"/>.</param>
    public LiveRow? this[int slot] => _rows[slot];

    /// <summary>Makes room for other rows and lets go of those before; the caller fills the span.</summary>
    /// <param name="count">Slots.</param>
    /// <returns>The slots.</returns>
    public Span<LiveRow?> Reset(int count)
    {
        if (_rows.Length < count) _rows = new LiveRow?[Math.Max(count, 2 * _rows.Length)];
        else if (Count > count) _rows.AsSpan(count, Count - count).Clear();
        Count = count;
        return _rows.AsSpan(0, count);
    }
}
