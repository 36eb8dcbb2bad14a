namespace MetricsSim.Core.Series;

/// <summary>
/// The row axis of a family: one label set per row (a user, a user type, an organisation …), shared by all leaves of that row.
/// Rows are produced on demand so that a million users don't keep a million arrays of strings; a wire format encodes each row once.
/// </summary>
public abstract class LabelRows
{
    /// <summary>The axis with a single row without labels: world series and sums over all users.</summary>
    public static LabelRows Single { get; } = new FixedLabelRows([[]]);

    /// <summary>Number of rows, at least one.</summary>
    public abstract int Count { get; }

    /// <summary>Labels of one row, in the order they are written.</summary>
    /// <param name="row">0 ≤ row &lt; <see cref="Count"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The row does not exist.</exception>
    public abstract IReadOnlyList<Label> Labels(int row);
}

/// <summary>Rows whose labels are known beforehand and few.</summary>
public sealed class FixedLabelRows(IReadOnlyList<IReadOnlyList<Label>> rows) : LabelRows
{
    /// <inheritdoc />
    public override int Count => rows.Count;

    /// <inheritdoc />
    public override IReadOnlyList<Label> Labels(int row)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(row);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, rows.Count);
        return rows[row];
    }
}
