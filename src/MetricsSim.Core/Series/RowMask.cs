namespace MetricsSim.Core.Series;

/// <summary>A set of rows of an axis, immutable, so that snapshots share it.</summary>
public sealed class RowMask
{
    private readonly ulong[] _words;

    /// <summary>Asks once for every row.</summary>
    /// <param name="rows">Rows of the axis.</param>
    /// <param name="contains">Whether a row is in the set.</param>
    public RowMask(int rows, Func<int, bool> contains)
    {
        _words = new ulong[(rows + 63) >> 6];
        for (var row = 0; row < rows; row++)
        {
            if (!contains(row)) continue;
            _words[row >> 6] |= 1UL << (row & 63);
            Count++;
        }
    }

    /// <summary>Rows in the set.</summary>
    public int Count { get; }

    /// <summary>Whether a row is in the set.</summary>
    /// <param name="row">A row of the axis.</param>
    public bool this[int row] => (_words[row >> 6] & (1UL << (row & 63))) != 0;
}
