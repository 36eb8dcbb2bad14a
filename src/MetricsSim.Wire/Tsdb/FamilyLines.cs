using MetricsSim.Core.Series;
using MetricsSim.Wire.TextFormat;

namespace MetricsSim.Wire.Tsdb;

/// <summary>How the cells of a series become its lines, each of which is a series of the block.</summary>
internal sealed class FamilyLines
{
    private readonly SampleLine[] _lines;
    private readonly SampleValue _value;

    /// <summary>Finds the lines.</summary>
    /// <param name="family">The family.</param>
    /// <param name="index">Its place in the layout.</param>
    /// <param name="created">Whether counters and histograms have <c>_created</c>.</param>
    public FamilyLines(MetricFamily family, int index, bool created)
        : this(family, index, SampleLine.Of(family, created))
    {
    }

    private FamilyLines(MetricFamily family, int index, IEnumerable<SampleLine> lines)
    {
        Family = family;
        Index = index;
        _lines = [.. lines];
        _value = new SampleValue(family);
    }

    /// <summary>Whether the one line of each series is a native histogram; <see cref="Convert"/> is for numbers.</summary>
    public bool IsNative { get; private init; }

    /// <summary>The lines of a family in a block: numbers, and native histograms apart from them.</summary>
    /// <param name="family">The family.</param>
    /// <param name="index">Its place in the layout.</param>
    /// <param name="created">Whether counters and histograms have <c>_created</c>.</param>
    public static IEnumerable<FamilyLines> InBlock(MetricFamily family, int index, bool created)
    {
        var numbers = new FamilyLines(family, index, created);
        if (family.Native is null)
        {
            return [numbers];
        }

        if (family.NativeOnly)
        {
            numbers = new FamilyLines(family, index, numbers.Lines.Where(line => line.Kind == SampleKind.Created));
        }

        var native = new FamilyLines(family, index, [new SampleLine(family.Name, [], SampleKind.Value)]) { IsNative = true };
        return numbers.Count == 0 ? [native] : [numbers, native];
    }

    /// <summary>The family.</summary>
    public MetricFamily Family { get; }

    /// <summary>Its place in the layout.</summary>
    public int Index { get; }

    /// <summary>Lines of each series.</summary>
    public int Count => _lines.Length;

    /// <summary>The lines, as on the page.</summary>
    public IReadOnlyList<SampleLine> Lines => _lines;

    /// <summary>Whether a page has a series of fixed rows.</summary>
    /// <param name="snapshot">The page's.</param>
    /// <param name="series">The series.</param>
    public bool IsOnPage(Snapshot snapshot, int series) =>
        !snapshot.ExporterDown
        && snapshot.Hidden[Index]?[series / Family.Leaves.Count] != true
        && (!Family.HideUntouched || PartCursor.Touched(snapshot.Columns[Index].AsSpan(series * Family.Stride, Family.Stride)));

    /// <summary>The value of a series that has one line, or of a histogram's sum.</summary>
    public ulong Single(long cell) => _value.Bits(cell);

    /// <summary>The values of a series' lines.</summary>
    /// <param name="cells">Its cells.</param>
    /// <param name="snapshot">Where they are from.</param>
    /// <param name="values">Takes the value of line l at l · <paramref name="step"/>.</param>
    /// <param name="step">From one line to the next.</param>
    public void Convert(ReadOnlySpan<long> cells, Snapshot snapshot, Span<ulong> values, int step)
    {
        var cumulated = 0L;
        for (var line = 0; line < _lines.Length; line++)
        {
            values[line * step] = _lines[line].Kind switch
            {
                SampleKind.Bucket => SampleValue.Bits(cumulated += cells[line]),
                SampleKind.Count => SampleValue.Bits(cumulated),
                SampleKind.Quantile => SampleValue.OfDouble(cells[line]),
                SampleKind.Observations => SampleValue.Bits(cells[^2]),
                SampleKind.Created => SampleValue.Bits(snapshot.CreatedUnixMilliseconds / 1000.0),
                _ => _value.Bits(cells[^1]),
            };
        }
    }
}
