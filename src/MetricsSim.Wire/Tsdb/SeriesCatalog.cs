using System.Text;
using MetricsSim.Core.Series;
using MetricsSim.Wire.TextFormat;

namespace MetricsSim.Wire.Tsdb;

/// <summary>
/// The series of a layout as blocks have them: sorted by labels, labels as numbers of symbols, and for every label the series that have it.
/// Made once for all blocks.
/// </summary>
internal sealed class SeriesCatalog
{
    private const string MetricName = "__name__";
    private readonly ByteBuffer _labels = new();
    private readonly int[] _labelStarts;

    /// <summary>Finds and sorts the series.</summary>
    /// <param name="layout">Families with all labels, those of the target included.</param>
    /// <param name="created">Whether counters and histograms have <c>_created</c>.</param>
    /// <exception cref="InvalidOperationException">Two series have the same labels.</exception>
    public SeriesCatalog(SeriesLayout layout, bool created)
    {
        var lines = layout.Families.Select(family => SampleLine.Of(family, created).ToArray()).ToArray();
        Slices = [.. layout.Families.SelectMany((family, index) => SeriesSlice.Of(family, index, lines[index]))];
        Symbols = new SymbolTable(layout.Families.SelectMany((family, index) => Texts(family, lines[index])));
        var labels = new LabelSets(layout, lines, Symbols);
        var order = labels.Sort();
        var places = Slices.SelectMany((slice, index) => Enumerable.Range(0, slice.LineCount).Select(line => (index, line))).ToArray();
        Series = [.. order.Select(series => places[series])];
        Postings = Posting.Of(labels, order);
        _labelStarts = new int[order.Length + 1];
        for (var i = 0; i < order.Length; i++)
        {
            var set = labels[order[i]];
            _labels.PutUvarint((ulong)set.Length);
            foreach (var pair in set)
            {
                _labels.PutUvarint((ulong)SymbolTable.NameOf(pair));
                _labels.PutUvarint((ulong)SymbolTable.ValueOf(pair));
            }

            _labelStarts[i + 1] = _labels.Length;
        }
    }

    /// <summary>The parts that are encoded side by side.</summary>
    public SeriesSlice[] Slices { get; }

    /// <summary>Names and values of all labels.</summary>
    public SymbolTable Symbols { get; }

    /// <summary>Sorted by labels: the slice and the line in it.</summary>
    public (int Slice, int Line)[] Series { get; }

    /// <summary>Sorted by label: places in <see cref="Series"/>.</summary>
    public Posting[] Postings { get; }

    /// <summary>Checksum of the labels of all series.</summary>
    public uint Checksum => Crc32C.Of(_labels.Span) ^ Symbols.Checksum;

    /// <summary>The labels of a series as the index has them.</summary>
    /// <param name="series">Place in <see cref="Series"/>.</param>
    public ReadOnlySpan<byte> Labels(int series) => _labels.Span[_labelStarts[series].._labelStarts[series + 1]];

    /// <summary>The labels of a line beyond the row's and the leaf's.</summary>
    public static IEnumerable<Label> LabelsOf(SampleLine line)
    {
        // A head ends in a brace.
        yield return new Label(MetricName, Encoding.UTF8.GetString(line.Head.AsSpan(..^1)));
        if (line.Bound is { } bound)
        {
            yield return new Label("le", bound);
        }
    }

    private static IEnumerable<string> Texts(MetricFamily family, SampleLine[] lines)
    {
        var rows = Enumerable.Range(0, family.Rows.Count).SelectMany(family.Rows.Labels);
        foreach (var label in rows.Concat(family.Leaves.SelectMany(leaf => leaf)).Concat(lines.SelectMany(LabelsOf)))
        {
            yield return label.Name;
            yield return label.Value;
        }
    }
}
