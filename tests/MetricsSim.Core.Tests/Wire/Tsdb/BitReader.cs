namespace MetricsSim.Core.Tests.Wire.Tsdb;

/// <summary>Reads bits, the highest first, and the numbers that chunks are made of, as tsdb/docs/format/chunks.md says.</summary>
internal sealed class BitReader(byte[] bytes, int position)
{
    private int _bit = position * 8;

    /// <summary>Bits that are left.</summary>
    public int Left => (bytes.Length * 8) - _bit;

    public ulong Bits(int count)
    {
        var value = 0UL;
        for (; count > 0; count--, _bit++)
        {
            value = (value << 1) | ((ulong)(bytes[_bit / 8] >> (7 - (_bit % 8))) & 1);
        }

        return value;
    }

    /// <summary>How many ones stand before a zero, which is read too unless there are as many as can be.</summary>
    public int Ones(int most)
    {
        var ones = 0;
        while (ones < most && Bits(1) == 1)
        {
            ones++;
        }

        return ones;
    }

    /// <summary>A number whose range is −(2^(n−1) − 1) … 2^(n−1).</summary>
    public long Signed(int count)
    {
        var value = (long)Bits(count);
        return count < 64 && value > 1L << (count - 1) ? value - (1L << count) : value;
    }

    public ulong Uvarint()
    {
        for (var (value, shift) = (0UL, 0); ; shift += 7)
        {
            var part = Bits(8);
            value |= (part & 0x7F) << shift;
            if (part < 0x80)
            {
                return value;
            }
        }
    }

    public long Varbit() => VarbitSize() is > 0 and var size ? Signed(size) : 0;

    public ulong UnsignedVarbit() => VarbitSize() is > 0 and var size ? Bits(size) : 0;

    /// <summary>What a double is XORed with to get the next one.</summary>
    public ulong Xor(ref int leading, ref int significant)
    {
        if (Bits(1) == 0)
        {
            return 0;
        }

        if (Bits(1) == 1)
        {
            leading = (int)Bits(5);
            significant = (int)Bits(6) is > 0 and var some ? some : 64;
        }

        return Bits(significant) << (64 - leading - significant);
    }

    private int VarbitSize() => Ones(8) switch { 0 => 0, 1 => 3, 2 => 6, 3 => 9, 4 => 12, 5 => 18, 6 => 25, 7 => 56, _ => 64 };
}
