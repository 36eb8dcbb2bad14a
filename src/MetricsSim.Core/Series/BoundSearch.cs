using System.Numerics;

namespace MetricsSim.Core.Series;

/// <summary>
/// The search for a value among ascending bounds, without a branch that depends on the value where bounds are as far apart as those of
/// histograms: the value's highest four bits look up how many bounds lie below all such values, and the bounds among them are compared.
/// </summary>
internal sealed class BoundSearch
{
    private const int Bits = 3;
    private readonly ushort[] _below = new ushort[(64 - Bits) << Bits];
    private readonly long[] _bounds;

    /// <summary>Prepares the search.</summary>
    /// <param name="bounds">Ascending, ≥ 0, fewer than 65 536.</param>
    public BoundSearch(IReadOnlyCollection<long> bounds)
    {
        // The last one is never below a value, so the search ends there.
        _bounds = [.. bounds, long.MaxValue];
        for (var key = 0; key < _below.Length; key++) _below[key] = checked((ushort)bounds.Count(bound => bound < Least(key)));
    }

    /// <summary>The first bound that is not less than a value.</summary>
    /// <param name="value">Any number; less than 0 counts as 0.</param>
    /// <returns>Its index, or the number of bounds when all are less.</returns>
    public int IndexOf(long value)
    {
        int index = _below[Key((ulong)Math.Max(value, 0))];
        index += _bounds[index] < value ? 1 : 0;
        while (_bounds[index] < value) index++;
        return index;
    }

    /// <summary>The position of the highest bit, and the three bits after it; numbers without that many are their own key.</summary>
    private static int Key(ulong value)
    {
        var shift = BitOperations.Log2(value | ((2 << Bits) - 1)) - Bits;
        return (shift << Bits) + (int)(value >> shift);
    }

    private static long Least(int key)
    {
        var shift = Math.Max((key >> Bits) - 1, 0);
        return (long)(key - (shift << Bits)) << shift;
    }
}
