using MetricsSim.Core.Series;

namespace MetricsSim.Wire.Tsdb;

/// <summary>
/// Some neighbouring series of a family with fixed rows: a few dozen lines, so that a window of them stays in the processor's cache while it
/// is turned from columns to lines.
/// </summary>
internal sealed class SeriesSlice : IChunkSource
{
    private const int MostLines = 64;
    private readonly FamilyLines _lines;
    private readonly int _first;
    private readonly int _series;
    private readonly int _stride;
    private readonly bool _hides;
    private readonly bool[] _present;
    private readonly List<ChunkPlace> _chunks = [];
    private readonly ChunkStore _store = new();

    private SeriesSlice(FamilyLines lines, int first, int series)
    {
        _lines = lines;
        _first = first;
        _series = series;
        _stride = lines.Family.Stride;
        _hides = lines.Family.HideUntouched;
        _present = new bool[series];
    }

    /// <inheritdoc />
    public int LineCount => _series * _lines.Count;

    /// <inheritdoc />
    public uint Checksum => _store.Checksum;

    /// <summary>Cuts a family into slices.</summary>
    public static IEnumerable<SeriesSlice> Of(FamilyLines lines)
    {
        var size = Math.Max(1, MostLines / lines.Count);
        var series = lines.Family.SeriesCount;
        for (var first = 0; first < series; first += size)
        {
            yield return new SeriesSlice(lines, first, Math.Min(size, series - first));
        }
    }

    /// <inheritdoc />
    public ReadOnlySpan<byte> Frame(in ChunkPlace chunk) => _store[chunk];

    /// <inheritdoc />
    public void CopyChunks(int line, List<ChunkPlace> chunks)
    {
        for (var at = line; at < _chunks.Count; at += LineCount)
        {
            if (_chunks[at].Samples > 0)
            {
                chunks.Add(_chunks[at]);
            }
        }
    }

    /// <inheritdoc />
    public void Clear()
    {
        _chunks.Clear();
        _store.Clear();
    }

    /// <inheritdoc />
    public void Encode(ReadOnlySpan<Snapshot> window, ReadOnlySpan<long> times, EncodeScratch scratch)
    {
        scratch.Reserve(LineCount, _series, window.Length);
        if (_lines.Count == 1)
        {
            TurnSingle(window, scratch.Values);
        }
        else
        {
            TurnMany(window, scratch.Values);
        }

        var some = _hides || LacksSome(window);
        if (some)
        {
            FindVisible(window, scratch.Visible);
        }

        for (var line = 0; line < LineCount; line++)
        {
            var values = scratch.Values.AsSpan(line * times.Length, times.Length);
            var series = line / _lines.Count;
            _chunks.Add(some
                ? _store.AddVisible(times, values, scratch.Visible.AsSpan(series * times.Length, times.Length), _present[series], scratch)
                : _store.Add(times, values, scratch));
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
            var cells = window[i].Columns[_lines.Index].AsSpan(_first, _series);
            for (var series = 0; series < cells.Length; series++)
            {
                // Most values are those of the sample before, and dividing costs more than looking.
                var at = (series * window.Length) + i;
                values[at] = i > 0 && cells[series] == before[series] ? values[at - 1] : _lines.Single(cells[series]);
            }

            before = cells;
        }
    }

    /// <summary>Families with several lines per series: histograms, and counters with <c>_created</c>.</summary>
    private void TurnMany(ReadOnlySpan<Snapshot> window, ulong[] values)
    {
        for (var series = 0; series < _series; series++)
        {
            var of = values.AsSpan(series * _lines.Count * window.Length, _lines.Count * window.Length);
            for (var i = 0; i < window.Length; i++)
            {
                var cells = Cells(window[i], series);
                if (i == 0 || window[i].CreatedUnixMilliseconds != window[i - 1].CreatedUnixMilliseconds || !cells.SequenceEqual(Cells(window[i - 1], series)))
                {
                    _lines.Convert(cells, window[i], of[i..], window.Length);
                    continue;
                }

                for (var at = i; at < of.Length; at += window.Length)
                {
                    of[at] = of[at - 1];
                }
            }
        }
    }

    private bool LacksSome(ReadOnlySpan<Snapshot> window)
    {
        foreach (var snapshot in window)
        {
            if (snapshot.ExporterDown || snapshot.Hidden[_lines.Index] is not null)
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
            for (var series = 0; series < _series; series++)
            {
                visible[(series * window.Length) + i] = _lines.IsOnPage(window[i], _first + series);
            }
        }
    }

    private ReadOnlySpan<long> Cells(Snapshot snapshot, int series) => snapshot.Columns[_lines.Index].AsSpan((_first + series) * _stride, _stride);
}
