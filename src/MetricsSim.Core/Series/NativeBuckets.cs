using System.Numerics;

namespace MetricsSim.Core.Series;

/// <summary>
/// The exponential buckets of a native histogram (prometheus.io, specs/native_histograms): bucket i holds values in
/// (2^((i−1)/8), 2^(i/8)], a factor of 1.09, within a window of i that is fixed for the family; below it is the bucket of zero. What is
/// above the window counts in its last bucket. Bounds are compared in integers, so no platform's rounding decides a bucket.
/// </summary>
public sealed class NativeBuckets
{
    private const int PerOctave = 1 << Schema;
    private readonly BoundSearch _search;

    /// <summary>Makes a window of whole octaves.</summary>
    /// <param name="lowest">It begins above 2^lowest of the unit that is written.</param>
    /// <param name="highest">It ends with 2^highest.</param>
    /// <param name="scale">Integers in one unit that is written: 1e6 for µs of seconds.</param>
    internal NativeBuckets(int lowest, int highest, long scale)
    {
        FirstIndex = (lowest * PerOctave) + 1;
        ZeroThreshold = Math.ScaleB(1, lowest);
        // floor(2^(i/8) · scale) is the eighth root of 2^i · scale^8, which is three square roots, each rounded down.
        var power = BigInteger.Pow(scale, PerOctave);
        Cells = ((highest - lowest) * PerOctave) + 1;
        // What is above the last bound belongs to the last cell too, so that bound is none.
        _search = new BoundSearch([.. Enumerable.Range(FirstIndex - 1, Cells - 1).Select(i => (long)Root(Root(Root(i < 0 ? power >> -i : power << i))))]);
    }

    /// <summary>Each octave has 2^3 buckets, so a quantile is off by less than 4.5 %.</summary>
    public const int Schema = 3;

    /// <summary>The upper bound of the bucket of zero, in the unit that is written.</summary>
    public double ZeroThreshold { get; }

    /// <summary>Index of the window's first bucket.</summary>
    public int FirstIndex { get; }

    /// <summary>Cells: the bucket of zero, then the window.</summary>
    public int Cells { get; }

    /// <summary>The cell of a value.</summary>
    /// <param name="value">As the histogram's cells have it: µs, or a count.</param>
    /// <returns>0 ≤ cell &lt; <see cref="Cells"/>.</returns>
    public int CellOf(long value) => _search.IndexOf(value);

    /// <summary>
    /// The buckets of a series as wire formats have them: spans of neighbouring buckets, and for each bucket how many more it holds than the
    /// one before. As in client libraries, up to two empty buckets don't end a span.
    /// </summary>
    /// <param name="cells">The series' cells of these buckets, see <see cref="MetricFamily.NativeCells"/>.</param>
    /// <param name="spans">Is emptied and filled; the first offset is an index, others are gaps.</param>
    /// <param name="deltas">Is emptied and filled.</param>
    public void Split(ReadOnlySpan<long> cells, List<BucketSpan> spans, List<long> deltas)
    {
        spans.Clear();
        deltas.Clear();
        var (next, before) = (0, 0L);
        for (var cell = 1; cell < cells.Length; cell++)
        {
            if (cells[cell] == 0) continue;
            var index = FirstIndex + cell - 1;
            var gap = index - next;
            if (spans.Count == 0 || gap > 2)
            {
                spans.Add(new BucketSpan(gap, 1));
            }
            else
            {
                spans[^1] = spans[^1] with { Length = spans[^1].Length + gap + 1 };
                for (; gap > 0; gap--)
                {
                    deltas.Add(-before);
                    before = 0;
                }
            }

            deltas.Add(cells[cell] - before);
            (next, before) = (index + 1, cells[cell]);
        }
    }

    private static BigInteger Root(BigInteger square)
    {
        if (square.IsZero) return square;
        var root = BigInteger.One << (int)((square.GetBitLength() / 2) + 1);
        while (true)
        {
            var better = (root + (square / root)) >> 1;
            if (better >= root) return root;
            root = better;
        }
    }
}

/// <summary>Neighbouring buckets of a native histogram.</summary>
/// <param name="Offset">Buckets between this span and the one before; of the first, the index of its first bucket.</param>
/// <param name="Length">Buckets, at least one.</param>
public readonly record struct BucketSpan(int Offset, int Length);
