using MetricsSim.Core.Series;
using MetricsSim.Wire.TextFormat;

namespace MetricsSim.Wire.Tsdb;

/// <summary>
/// Some neighbouring series of a family, and their chunks since the block began. A slice is encoded by one lane at a time, from columns to
/// lines: a few dozen lines, so that a window of them stays in the processor's cache while it is turned over.
/// </summary>
internal sealed class SeriesSlice
{
    private const int MostLines = 64;
    private readonly int _family;
    private readonly int _first;
    private readonly int _series;
    private readonly int _stride;
    private readonly int _leaves;
    private readonly bool _hides;
    private readonly bool[] _present;
    private readonly SampleLine[] _lines;
    private readonly SampleValue _value;
    private readonly List<ChunkPlace> _chunks = [];
    private readonly ByteBuffer _frames = new();

    private SeriesSlice(MetricFamily family, int index, SampleLine[] lines, int first, int series)
    {
        _family = index;
        _lines = lines;
        _first = first;
        _series = series;
        _stride = family.Stride;
        _leaves = family.Leaves.Count;
        _hides = family.HideUntouched;
        _present = new bool[series];
        _value = new SampleValue(family);
    }

    /// <summary>Lines of all its series together: each is a series of the block, ordered by series, then as on the page.</summary>
    public int LineCount => _series * _lines.Length;

    /// <summary>Chunks so far, window by window, <see cref="LineCount"/> each.</summary>
    public IReadOnlyList<ChunkPlace> Chunks => _chunks;

    /// <summary>Checksum of all chunks.</summary>
    public uint Checksum => Crc32C.Of(_frames.Span);

    /// <summary>Cuts a family into slices.</summary>
    /// <param name="family">The family.</param>
    /// <param name="index">Its place in the layout.</param>
    /// <param name="lines">The lines of each of its series.</param>
    public static IEnumerable<SeriesSlice> Of(MetricFamily family, int index, SampleLine[] lines)
    {
        var size = Math.Max(1, MostLines / lines.Length);
        for (var first = 0; first < family.SeriesCount; first += size)
        {
            yield return new SeriesSlice(family, index, lines, first, Math.Min(size, family.SeriesCount - first));
        }
    }

    /// <summary>Bytes of a chunk with its frame.</summary>
    public ReadOnlySpan<byte> Frame(in ChunkPlace chunk) => _frames.Span.Slice(chunk.Offset, chunk.Length);

    /// <summary>Forgets all chunks.</summary>
    public void Clear()
    {
        _chunks.Clear();
        _frames.Clear();
    }

    /// <summary>Adds one chunk a line.</summary>
    /// <param name="window">Snapshots in order of time.</param>
    /// <param name="times">Their times.</param>
    /// <param name="scratch">The lane's memory.</param>
    public void Encode(ReadOnlySpan<Snapshot> window, ReadOnlySpan<long> times, EncodeScratch scratch)
    {
        scratch.Reserve(LineCount, _series, window.Length);
        if (_lines.Length == 1)
        {
            TurnSingle(window, scratch.Values);
        }
        else
        {
            TurnMany(window, scratch.Values);
        }

        var some = _hides || HasHiddenRows(window);
        if (some)
        {
            FindVisible(window, scratch.Visible);
        }

        for (var line = 0; line < LineCount; line++)
        {
            var values = scratch.Values.AsSpan(line * times.Length, times.Length);
            if (some)
            {
                var series = line / _lines.Length;
                AddVisible(times, values, scratch.Visible.AsSpan(series * times.Length, times.Length), _present[series], scratch);
            }
            else
            {
                Add(times, values, scratch.Chunk);
            }
        }

        for (var series = 0; series < _series; series++)
        {
            _present[series] = !some || scratch.Visible[((series + 1) * times.Length) - 1];
        }
    }

    /// <summary>Families with one line per series.</summary>
    private void TurnSingle(ReadOnlySpan<Snapshot> window, ulong[] values)
    {
        var before = ReadOnlySpan<long>.Empty;
        for (var i = 0; i < window.Length; i++)
        {
            var cells = window[i].Columns[_family].AsSpan(_first, _series);
            for (var series = 0; series < cells.Length; series++)
            {
                // Most values are those of the sample before, and dividing costs more than looking.
                var at = (series * window.Length) + i;
                values[at] = i > 0 && cells[series] == before[series] ? values[at - 1] : _value.Bits(cells[series]);
            }

            before = cells;
        }
    }

    /// <summary>Families with several lines per series: histograms, and counters with <c>_created</c>.</summary>
    private void TurnMany(ReadOnlySpan<Snapshot> window, ulong[] values)
    {
        for (var series = 0; series < _series; series++)
        {
            var first = series * _lines.Length * window.Length;
            var before = ReadOnlySpan<long>.Empty;
            for (var i = 0; i < window.Length; i++)
            {
                var cells = window[i].Columns[_family].AsSpan((_first + series) * _stride, _stride);
                var same = cells.SequenceEqual(before);
                var cumulated = 0L;
                for (var line = 0; line < _lines.Length; line++)
                {
                    var at = first + (line * window.Length) + i;
                    values[at] = same ? values[at - 1] : Value(_lines[line].Kind, line, cells, window[i], ref cumulated);
                }

                before = cells;
            }
        }
    }

    private ulong Value(SampleKind kind, int line, ReadOnlySpan<long> cells, Snapshot snapshot, ref long cumulated)
    {
        switch (kind)
        {
            case SampleKind.Bucket:
                cumulated += cells[line];
                return SampleValue.Bits(cumulated);
            case SampleKind.Count:
                return SampleValue.Bits(cumulated);
            case SampleKind.Created:
                return SampleValue.Bits(snapshot.CreatedUnixMilliseconds / 1000.0);
            default:
                return _value.Bits(cells[^1]);
        }
    }

    private bool HasHiddenRows(ReadOnlySpan<Snapshot> window)
    {
        foreach (var snapshot in window)
        {
            if (snapshot.Hidden[_family] is not null)
            {
                return true;
            }
        }

        return false;
    }

    private void FindVisible(ReadOnlySpan<Snapshot> window, bool[] visible)
    {
        for (var i = 0; i < window.Length; i++)
        {
            var hidden = window[i].Hidden[_family];
            var cells = window[i].Columns[_family].AsSpan(_first * _stride, _series * _stride);
            for (var series = 0; series < _series; series++)
            {
                visible[(series * window.Length) + i] = hidden?[(_first + series) / _leaves] != true
                    && (!_hides || PartCursor.Touched(cells.Slice(series * _stride, _stride)));
            }
        }
    }

    private void AddVisible(ReadOnlySpan<long> times, ReadOnlySpan<ulong> values, ReadOnlySpan<bool> visible, bool present, EncodeScratch scratch)
    {
        var count = 0;
        for (var i = 0; i < times.Length; i++)
        {
            // A scrape that misses a series says so, once.
            if (visible[i] || present)
            {
                scratch.SomeTimes[count] = times[i];
                scratch.SomeValues[count++] = visible[i] ? values[i] : SampleValue.StaleNaN;
            }

            present = visible[i];
        }

        if (count == 0)
        {
            _chunks.Add(default);
            return;
        }

        Add(scratch.SomeTimes.AsSpan(0, count), scratch.SomeValues.AsSpan(0, count), scratch.Chunk);
    }

    private void Add(ReadOnlySpan<long> times, ReadOnlySpan<ulong> values, byte[] chunk)
    {
        var length = XorChunk.Encode(times, values, chunk);
        var offset = _frames.Length;
        _frames.PutUvarint((ulong)length);
        var checkedFrom = _frames.Length;
        _frames.PutByte(XorChunk.Encoding);
        _frames.Put(chunk.AsSpan(0, length));
        _frames.PutChecksum(checkedFrom);
        _chunks.Add(new ChunkPlace(times[0], times[^1], offset, _frames.Length - offset, times.Length));
    }
}
