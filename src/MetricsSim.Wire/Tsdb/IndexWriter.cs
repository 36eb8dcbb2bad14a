namespace MetricsSim.Wire.Tsdb;

/// <summary>
/// Writes the file <c>index</c> of a block, format 2, from start to end without going back (prometheus/prometheus,
/// tsdb/docs/format/index.md, tsdb/index/index.go). Label indices, which newer readers pass over, are written as Prometheus 2 does.
/// </summary>
internal sealed class IndexWriter
{
    private const uint Magic = 0xBAAAD700;
    private const byte Version = 2;
    private const int SeriesAlignment = 16;
    private const int ListAlignment = 4;
    private static readonly byte[] Zeros = new byte[SeriesAlignment];

    private readonly Stream _output;
    private readonly SeriesCatalog _catalog;
    private readonly uint[] _references;
    private readonly ByteBuffer _section = new();
    private readonly ByteBuffer _length = new();
    private readonly List<long> _contents = [];
    private long _position;

    /// <summary>Writes everything before the series.</summary>
    public IndexWriter(Stream output, SeriesCatalog catalog)
    {
        _output = output;
        _catalog = catalog;
        _references = new uint[catalog.Series.Length];
        _section.PutUInt32(Magic);
        _section.PutByte(Version);
        Write(_section);
        WriteSymbols();
        _contents.Add(_position);
    }

    /// <summary>Bytes written.</summary>
    public long Length => _position;

    /// <summary>Adds a series that has chunks; they come in the catalogue's order.</summary>
    /// <param name="series">Its place in the catalogue.</param>
    /// <param name="chunks">Its chunks in order of time, and where each stands in the segments.</param>
    public void AddSeries(int series, ReadOnlySpan<(ChunkPlace Chunk, ulong Reference)> chunks)
    {
        Align(SeriesAlignment);
        _references[series] = checked((uint)(_position / SeriesAlignment));
        _section.Clear();
        _section.Put(_catalog.Labels(series));
        _section.PutUvarint((ulong)chunks.Length);
        var (end, reference) = (0L, 0UL);
        foreach (var (chunk, at) in chunks)
        {
            if (reference == 0)
            {
                _section.PutVarint(chunk.Start);
                _section.PutUvarint((ulong)(chunk.End - chunk.Start));
                _section.PutUvarint(at);
            }
            else
            {
                _section.PutUvarint((ulong)(chunk.Start - end));
                _section.PutUvarint((ulong)(chunk.End - chunk.Start));
                _section.PutVarint((long)(at - reference));
            }

            (end, reference) = (chunk.End, at);
        }

        _length.Clear();
        _length.PutUvarint((ulong)_section.Length);
        _section.PutChecksum();
        Write(_length);
        Write(_section);
    }

    /// <summary>Writes everything after the series.</summary>
    public void Finish()
    {
        var indices = _position;
        var labelOffsets = WriteLabelIndices();
        var postings = _position;
        Align(ListAlignment);
        var postingOffsets = WritePostings();
        var labelTable = _position;
        WriteTable(labelOffsets.Count, labelOffsets, withValues: false);
        var postingTable = _position;
        WriteTable(postingOffsets.Count, postingOffsets, withValues: true);

        _section.Clear();
        foreach (var place in new[] { _contents[0], _contents[1], indices, labelTable, postings, postingTable })
        {
            _section.PutUInt64((ulong)place);
        }

        _section.PutChecksum();
        Write(_section);
    }

    private void WriteSymbols()
    {
        _contents.Add(_position);
        _section.Clear();
        _section.PutUInt32((uint)_catalog.Symbols.Count);
        for (var i = 0; i < _catalog.Symbols.Count; i++)
        {
            _section.PutText(_catalog.Symbols[i]);
        }

        WriteSection();
    }

    /// <summary>For each label name the values that occur.</summary>
    private List<(long Pair, long Offset)> WriteLabelIndices()
    {
        var offsets = new List<(long, long)>();
        var present = _catalog.Postings.Where(Occurs).GroupBy(posting => SymbolTable.NameOf(posting.Pair));
        foreach (var name in present)
        {
            Align(ListAlignment);
            offsets.Add((name.First().Pair, _position));
            _section.Clear();
            _section.PutUInt32(1);
            _section.PutUInt32((uint)name.Count());
            foreach (var posting in name)
            {
                _section.PutUInt32((uint)SymbolTable.ValueOf(posting.Pair));
            }

            WriteSection();
        }

        return offsets;
    }

    /// <summary>For each label, and first for no label, the series that have it.</summary>
    private List<(long Pair, long Offset)> WritePostings()
    {
        var offsets = new List<(long, long)> { (0, _position) };
        WriteList(_references);
        foreach (var posting in _catalog.Postings.Where(Occurs))
        {
            offsets.Add((posting.Pair, _position));
            WriteList(posting.Series.Select(series => _references[series]));
        }

        return offsets;
    }

    private bool Occurs(Posting posting) => posting.Series.Any(series => _references[series] > 0);

    private void WriteList(IEnumerable<uint> references)
    {
        _section.Clear();
        _section.PutUInt32((uint)references.Count(reference => reference > 0));
        foreach (var reference in references)
        {
            if (reference > 0)
            {
                _section.PutUInt32(reference);
            }
        }

        WriteSection();
    }

    private void WriteTable(int count, List<(long Pair, long Offset)> entries, bool withValues)
    {
        _section.Clear();
        _section.PutUInt32((uint)count);
        foreach (var (pair, offset) in entries)
        {
            _section.PutByte((byte)(withValues ? 2 : 1));
            _section.PutText(_catalog.Symbols[SymbolTable.NameOf(pair)]);
            if (withValues)
            {
                _section.PutText(_catalog.Symbols[SymbolTable.ValueOf(pair)]);
            }

            _section.PutUvarint((ulong)offset);
        }

        WriteSection();
    }

    /// <summary>Writes the section with its length before and its checksum behind it.</summary>
    private void WriteSection()
    {
        _length.Clear();
        _length.PutUInt32((uint)_section.Length);
        _section.PutChecksum();
        Write(_length);
        Write(_section);
    }

    private void Align(int alignment)
    {
        var over = (int)(_position % alignment);
        if (over > 0)
        {
            _output.Write(Zeros.AsSpan(over..alignment));
            _position += alignment - over;
        }
    }

    private void Write(ByteBuffer bytes)
    {
        _output.Write(bytes.Span);
        _position += bytes.Length;
    }
}
