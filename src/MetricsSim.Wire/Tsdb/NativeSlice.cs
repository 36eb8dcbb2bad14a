using MetricsSim.Core.Series;

namespace MetricsSim.Wire.Tsdb;

/// <summary>Some neighbouring native histograms of a family with fixed rows.</summary>
internal sealed class NativeSlice : IChunkSource
{
    private const int MostSeries = 16;
    private readonly FamilyLines _lines;
    private readonly int _first;
    private readonly bool[] _present;
    private readonly List<ChunkPlace>[] _chunks;
    private readonly ChunkStore _store = new();

    private NativeSlice(FamilyLines lines, int first, int series)
    {
        _lines = lines;
        _first = first;
        _present = new bool[series];
        _chunks = [.. Enumerable.Range(0, series).Select(_ => new List<ChunkPlace>())];
    }

    /// <inheritdoc />
    public int LineCount => _chunks.Length;

    /// <inheritdoc />
    public uint Checksum => _store.Checksum;

    /// <summary>Cuts a family into slices.</summary>
    public static IEnumerable<NativeSlice> Of(FamilyLines lines)
    {
        var series = lines.Family.SeriesCount;
        for (var first = 0; first < series; first += MostSeries)
        {
            yield return new NativeSlice(lines, first, Math.Min(MostSeries, series - first));
        }
    }

    /// <inheritdoc />
    public ReadOnlySpan<byte> Frame(in ChunkPlace chunk) => _store[chunk];

    /// <inheritdoc />
    public void CopyChunks(int line, List<ChunkPlace> chunks) => chunks.AddRange(_chunks[line]);

    /// <inheritdoc />
    public void Clear()
    {
        _store.Clear();
        foreach (var chunks in _chunks)
        {
            chunks.Clear();
        }
    }

    /// <inheritdoc />
    public void Encode(ReadOnlySpan<Snapshot> window, ReadOnlySpan<long> times, EncodeScratch scratch)
    {
        var cells = scratch.Histograms.Cells;
        for (var series = 0; series < _chunks.Length; series++)
        {
            for (var i = 0; i < window.Length; i++)
            {
                cells[i] = _lines.IsOnPage(window[i], _first + series) ? (_first + series) * _lines.Family.Stride : -1;
            }

            scratch.Histograms.Add(_lines, window, times, _present[series], _store, _chunks[series]);
            _present[series] = cells[window.Length - 1] >= 0;
        }
    }
}
