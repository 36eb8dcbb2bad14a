using MetricsSim.Core.Series;
using MetricsSim.Wire.TextFormat;

namespace MetricsSim.Wire.Tsdb;

/// <summary>All series of a family whose rows come and go: those of the rows that were there since the block began.</summary>
/// <param name="lines">The family.</param>
internal sealed class LiveSlice(FamilyLines lines) : IChunkSource
{
    private readonly Dictionary<LiveRow, Entry> _entries = new(ReferenceEqualityComparer.Instance);
    private readonly List<Entry> _order = [];
    private readonly ChunkStore _store = new();
    private readonly int _leaves = lines.Family.Leaves.Count;
    private readonly int _stride = lines.Family.Stride;

    /// <inheritdoc />
    public int LineCount => _order.Count * LinesOfRow;

    /// <inheritdoc />
    public uint Checksum => _store.Checksum;

    /// <summary>The rows, in the order of the lines.</summary>
    public IEnumerable<LiveRow> Rows => _order.Select(entry => entry.Row);

    private int LinesOfRow => _leaves * lines.Count;

    /// <inheritdoc />
    public ReadOnlySpan<byte> Frame(in ChunkPlace chunk) => _store[chunk];

    /// <inheritdoc />
    public void CopyChunks(int line, List<ChunkPlace> chunks)
    {
        var of = _order[line / LinesOfRow].Chunks[line % LinesOfRow];
        chunks.AddRange(of.Where(chunk => chunk.Samples > 0));
    }

    /// <inheritdoc />
    public void Clear()
    {
        _store.Clear();
        // Whoever was there at the end goes on, or is missed.
        foreach (var entry in _order.Where(entry => !entry.Present.Contains(true)))
        {
            _entries.Remove(entry.Row);
        }

        _order.RemoveAll(entry => !_entries.ContainsKey(entry.Row));
        foreach (var chunks in _order.SelectMany(entry => entry.Chunks))
        {
            chunks.Clear();
        }
    }

    /// <inheritdoc />
    public void Encode(ReadOnlySpan<Snapshot> window, ReadOnlySpan<long> times, EncodeScratch scratch)
    {
        FindRows(window);
        scratch.Reserve(lines.Count, 1, window.Length);
        var visible = scratch.Visible.AsSpan(0, times.Length);
        foreach (var entry in _order)
        {
            for (var leaf = 0; leaf < _leaves; leaf++)
            {
                for (var i = 0; i < times.Length; i++)
                {
                    visible[i] = false;
                    scratch.Histograms.Cells[i] = -1;
                    if (entry.Slots[i] < 0)
                    {
                        continue;
                    }

                    var at = ((entry.Slots[i] * _leaves) + leaf) * _stride;
                    var cells = window[i].Columns[lines.Index].AsSpan(at, _stride);
                    visible[i] = !lines.Family.HideUntouched || PartCursor.Touched(cells);
                    if (lines.IsNative)
                    {
                        scratch.Histograms.Cells[i] = visible[i] ? at : -1;
                    }
                    else
                    {
                        lines.Convert(cells, window[i], scratch.Values.AsSpan(i), times.Length);
                    }
                }

                if (lines.IsNative)
                {
                    scratch.Histograms.Add(lines, window, times, entry.Present[leaf], _store, entry.Chunks[leaf]);
                }

                for (var line = 0; !lines.IsNative && line < lines.Count; line++)
                {
                    var values = scratch.Values.AsSpan(line * times.Length, times.Length);
                    entry.Chunks[(leaf * lines.Count) + line].Add(_store.AddVisible(times, values, visible, entry.Present[leaf], scratch));
                }

                entry.Present[leaf] = visible[^1];
            }
        }
    }

    private void FindRows(ReadOnlySpan<Snapshot> window)
    {
        foreach (var entry in _order)
        {
            Array.Fill(entry.Slots, -1);
        }

        for (var i = 0; i < window.Length; i++)
        {
            if (window[i].ExporterDown || window[i].Live[lines.Index] is not { } rows)
            {
                continue;
            }

            for (var slot = 0; slot < rows.Count; slot++)
            {
                if (rows[slot] is not { } row)
                {
                    continue;
                }

                if (!_entries.TryGetValue(row, out var entry))
                {
                    _entries.Add(row, entry = new Entry(row, _leaves, lines.Count));
                    _order.Add(entry);
                }

                entry.Slots[i] = slot;
            }
        }
    }

    /// <summary>A row, in which slot it is at each sample of the window (−1: in none), and what it has so far.</summary>
    private sealed class Entry
    {
        public Entry(LiveRow row, int leaves, int lines)
        {
            Row = row;
            Present = new bool[leaves];
            Chunks = [.. Enumerable.Range(0, leaves * lines).Select(_ => new List<ChunkPlace>())];
            Array.Fill(Slots, -1);
        }

        public LiveRow Row { get; }

        public int[] Slots { get; } = new int[ChunkPlan.MostSamples];

        public bool[] Present { get; }

        public List<ChunkPlace>[] Chunks { get; }
    }
}
