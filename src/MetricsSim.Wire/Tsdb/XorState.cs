using System.Numerics;

namespace MetricsSim.Wire.Tsdb;

/// <summary>The window of significant bits that doubles are written in, each as XOR with the one before (tsdb/chunkenc/xor.go, <c>xorWrite</c>).</summary>
internal struct XorState
{
    /// <summary>No window so far: nothing fits into it.</summary>
    private const int NoWindow = 255;

    private int _leading;
    private int _trailing;

    /// <summary>Before the first one.</summary>
    public static XorState None => new() { _leading = NoWindow };

    /// <summary>Writes a value.</summary>
    /// <param name="bits">Takes it.</param>
    /// <param name="xor">Its bits, XOR those of the one before.</param>
    public void Write(ref BitWriter bits, ulong xor)
    {
        if (xor == 0)
        {
            bits.Write(0, 1);
            return;
        }

        // Five bits hold the number of leading zeros.
        var zerosAhead = Math.Min(31, BitOperations.LeadingZeroCount(xor));
        var zerosBehind = BitOperations.TrailingZeroCount(xor);
        if (zerosAhead >= _leading && zerosBehind >= _trailing)
        {
            bits.Write(0b10, 2);
        }
        else
        {
            (_leading, _trailing) = (zerosAhead, zerosBehind);
            // 64 significant bits don't fit into six and are written as 0, which is of no use otherwise.
            bits.Write((0b11UL << 11) | ((ulong)_leading << 6) | ((ulong)(64 - _leading - _trailing) & 0x3F), 13);
        }

        bits.Write(xor >> _trailing, 64 - _leading - _trailing);
    }
}
