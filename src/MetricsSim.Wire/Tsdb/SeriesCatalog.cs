using MetricsSim.Core.Checkpoints;
using MetricsSim.Core.Series;

namespace MetricsSim.Wire.Tsdb;

/// <summary>
/// The series of a block as its index has them: sorted by labels, labels as numbers of symbols, and for every label the series that have it.
/// Without rows that come and go it is the same for all blocks.
/// </summary>
internal sealed class SeriesCatalog
{
    private readonly ByteBuffer _labels = new();
    private readonly int[] _labelStarts;

    /// <summary>Finds and sorts the series.</summary>
    /// <param name="families">Families with all labels, those of the target included.</param>
    /// <param name="sources">Who has their chunks, in the order of the families.</param>
    /// <exception cref="InvalidOperationException">Two series have the same labels.</exception>
    public SeriesCatalog(IReadOnlyList<FamilyLines> families, IReadOnlyList<(FamilyLines Family, IChunkSource Source)> sources)
    {
        var rows = RowLabels.Of(families, sources);
        Symbols = new SymbolTable(families.SelectMany((family, index) => rows[index].Texts(family)));
        var labels = new LabelSets(families, rows, Symbols);
        var order = labels.Sort();
        var places = sources.SelectMany(entry => Enumerable.Range(0, entry.Source.LineCount).Select(line => (entry.Source, line))).ToArray();
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

    /// <summary>Names and values of all labels.</summary>
    public SymbolTable Symbols { get; }

    /// <summary>Sorted by labels: who has the chunks, and as which line.</summary>
    public (IChunkSource Source, int Line)[] Series { get; }

    /// <summary>Sorted by label: places in <see cref="Series"/>.</summary>
    public Posting[] Postings { get; }

    /// <summary>Checksum of the labels of all series.</summary>
    public uint Checksum => Crc32C.Of(_labels.Span) ^ Symbols.Checksum;

    /// <summary>The labels of a series as the index has them.</summary>
    /// <param name="series">Place in <see cref="Series"/>.</param>
    public ReadOnlySpan<byte> Labels(int series) => _labels.Span[_labelStarts[series].._labelStarts[series + 1]];
}
