using MetricsSim.Core.Series;

namespace MetricsSim.Wire.Tsdb;

/// <summary>One series of native histograms in the snapshots of a window.</summary>
/// <param name="lines">The family.</param>
/// <param name="snapshots">In order of time.</param>
/// <param name="times">Their times, ms since the Unix epoch.</param>
/// <param name="cells">Of each snapshot where the series' cells begin in the family's column; −1 where the page lacks it.</param>
internal readonly ref struct HistogramWindow(FamilyLines lines, ReadOnlySpan<Snapshot> snapshots, ReadOnlySpan<long> times, ReadOnlySpan<int> cells)
{
    private readonly ReadOnlySpan<Snapshot> _snapshots = snapshots;
    private readonly ReadOnlySpan<int> _cells = cells;

    /// <summary>Its exponential buckets.</summary>
    public NativeBuckets Buckets => lines.Family.Native!;

    /// <summary>Times of the snapshots.</summary>
    public ReadOnlySpan<long> Times { get; } = times;

    /// <summary>Whether a page has the series.</summary>
    public bool Has(int sample) => _cells[sample] >= 0;

    /// <summary>The bucket of zero, then those of the window.</summary>
    public ReadOnlySpan<long> Counts(int sample) => lines.Family.NativeCells(Cells(sample));

    /// <summary>Observations.</summary>
    public ulong Count(int sample) => (ulong)lines.Family.Total(Cells(sample));

    /// <summary>The bits of their sum.</summary>
    public ulong Sum(int sample) => lines.Single(Cells(sample)[^1]);

    private ReadOnlySpan<long> Cells(int sample) => _snapshots[sample].Columns[lines.Index].AsSpan(_cells[sample], lines.Family.Stride);
}
