using MetricsSim.Core.Series;

namespace MetricsSim.Wire.Tsdb;

/// <summary>Memory of one lane for the chunks of native histograms: cuts a series where a scraping Prometheus would.</summary>
internal sealed class HistogramChunks
{
    private readonly HistogramChunk _chunk = new();

    /// <summary>For the caller to fill: where the series' cells begin in the column of each snapshot, −1 where the page lacks it.</summary>
    public int[] Cells { get; } = new int[ChunkPlan.MostSamples];

    /// <summary>Adds the chunks of one series. Counts that fall begin another one, and a marker of staleness is the last of its chunk.</summary>
    /// <param name="lines">The family.</param>
    /// <param name="snapshots">The window, in order of time.</param>
    /// <param name="times">Times of the snapshots.</param>
    /// <param name="present">Whether it was there before the window.</param>
    /// <param name="store">Takes the bytes.</param>
    /// <param name="places">Takes the places, in order of time.</param>
    public void Add(
        FamilyLines lines, ReadOnlySpan<Snapshot> snapshots, ReadOnlySpan<long> times, bool present, ChunkStore store, List<ChunkPlace> places)
    {
        var window = new HistogramWindow(lines, snapshots, times, Cells);
        var (from, reset) = (-1, false);
        for (var i = 0; i < window.Times.Length; i++)
        {
            if (window.Has(i) && from < 0)
            {
                (from, reset) = (i, false);
            }
            else if (window.Has(i) && Fell(window.Counts(i - 1), window.Counts(i)))
            {
                Add(window, from, i, false, reset);
                (from, reset) = (i, true);
            }
            else if (!window.Has(i) && (from >= 0 || (present && i == 0)))
            {
                Add(window, from < 0 ? i : from, i + 1, true, reset);
                from = -1;
            }
        }

        if (from >= 0)
        {
            Add(window, from, window.Times.Length, false, reset);
        }

        void Add(in HistogramWindow window, int from, int to, bool ends, bool reset) =>
            places.Add(store.Add(HistogramChunk.Encoding, _chunk.Encode(window, from, to, ends, reset), window.Times[from..to]));
    }

    private static bool Fell(ReadOnlySpan<long> before, ReadOnlySpan<long> now)
    {
        for (var i = 0; i < now.Length; i++)
        {
            if (now[i] < before[i])
            {
                return true;
            }
        }

        return false;
    }
}
