namespace MetricsSim.Core.Series;

/// <summary>
/// A metric family and the shape of its column of values. Its series are the product rows × leaves: series (row, leaf) has the row's
/// labels followed by the leaf's. Values lie in one <see cref="long"/> column per family, <see cref="Stride"/> cells per series,
/// series (row, leaf) beginning at cell <c>(row · Leaves.Count + leaf) · Stride</c>:
/// counters and gauges have one cell; histograms have <c>Bounds.Count + 1</c> cells of counts, each bucket's own (not cumulated,
/// the last one above all bounds), then those of <see cref="Native"/> if there are any, then one cell with the sum; summaries have a cell
/// for each quantile with the bits of a double, then one with the count, then one with the sum.
/// </summary>
public sealed record MetricFamily
{
    /// <summary>Family name as OpenMetrics has it: without <c>_total</c>, <c>_info</c> or <c>_bucket</c>.</summary>
    public required string Name { get; init; }

    /// <summary>One sentence for <c># HELP</c>.</summary>
    public required string Help { get; init; }

    /// <summary>Type of the family.</summary>
    public required MetricType Type { get; init; }

    /// <summary>Unit for <c># UNIT</c>, or null where the name does not end in it (OpenMetrics forbids the line then).</summary>
    public string? Unit { get; init; }

    /// <summary>The row axis.</summary>
    public LabelRows Rows { get; init; } = LabelRows.Single;

    /// <summary>The leaf axis: the labels beyond the row's, at least one (maybe empty) set.</summary>
    public IReadOnlyList<IReadOnlyList<Label>> Leaves { get; init; } = [[]];

    /// <summary>Upper bounds of a histogram's buckets in the unit that is written, ascending, without +Inf; empty for other types.</summary>
    public IReadOnlyList<double> Bounds { get; init; } = [];

    /// <summary>Quantiles of a summary, 0 to 1, ascending; empty for other types.</summary>
    public IReadOnlyList<double> Quantiles { get; init; } = [];

    /// <summary>Exponential buckets of a histogram, counted beside the classic ones; null for none.</summary>
    public NativeBuckets? Native { get; init; }

    /// <summary>True where formats that can show exponential buckets leave out the classic ones.</summary>
    public bool NativeOnly { get; init; }

    /// <summary>
    /// What the cells hold: a positive divisor means integers that are divided by it when written (1 for counts and tokens, 1e6 for µs,
    /// 1e9 for nano-USD; of histograms and summaries it applies to the sum only); 0 means the bits of a <see cref="double"/>.
    /// </summary>
    public long Divisor { get; init; } = 1;

    /// <summary>True to leave out series that never saw an event (value or count 0), as the real client does before its first.</summary>
    public bool HideUntouched { get; init; }

    /// <summary>Whether a snapshot tells the latest request of each classic bucket, or of each series of a counter.</summary>
    public bool HasExemplars { get; init; }

    /// <summary>Exemplars per series: one a classic bucket, +Inf included, or one a counter; 0 without any.</summary>
    public int ExemplarsPerSeries => !HasExemplars ? 0 : Type == MetricType.Histogram ? Bounds.Count + 1 : 1;

    /// <summary>Cells per series.</summary>
    public int Stride => Type switch
    {
        MetricType.Histogram => Bounds.Count + 2 + (Native?.Cells ?? 0),
        MetricType.Summary => Quantiles.Count + 2,
        _ => 1,
    };

    /// <summary>Series as Prometheus counts them for each of ours: a histogram has one for each bucket, +Inf, its sum and its count.</summary>
    public int SamplesPerSeries => Type switch
    {
        MetricType.Histogram => Bounds.Count + 3,
        MetricType.Summary => Quantiles.Count + 2,
        _ => 1,
    };

    /// <summary>Whether it counts from some instant on, which formats may tell.</summary>
    public bool HasCreated => Type is MetricType.Counter or MetricType.Histogram or MetricType.Summary;

    /// <summary>The cells of a series' exponential buckets.</summary>
    /// <param name="cells">The series' cells.</param>
    /// <returns>The bucket of zero, then those of the window; empty without <see cref="Native"/>.</returns>
    public ReadOnlySpan<long> NativeCells(ReadOnlySpan<long> cells) => Native is null ? [] : cells[(Bounds.Count + 1)..^1];

    /// <summary>Series in this family, hidden ones included; a histogram counts as one.</summary>
    public int SeriesCount => Rows.Count * Leaves.Count;

    /// <summary>Cells in this family's column.</summary>
    public int CellCount => checked(SeriesCount * Stride);

    /// <summary>What some of its series counted: the sum of counters, the observations of histograms.</summary>
    /// <param name="cells">The cells of whole series.</param>
    /// <returns>The total, raw.</returns>
    public long Total(ReadOnlySpan<long> cells)
    {
        var total = 0L;
        var stride = Stride;
        var counted = Type == MetricType.Histogram ? Bounds.Count + 1 : 1;
        for (var cell = 0; cell < cells.Length; cell += stride)
        {
            for (var i = 0; i < counted; i++) total += cells[cell + i];
        }

        return total;
    }
}
