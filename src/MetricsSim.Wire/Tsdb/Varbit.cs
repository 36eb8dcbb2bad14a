namespace MetricsSim.Wire.Tsdb;

/// <summary>
/// Whole numbers in 1 to 72 bits, small ones in few: as many ones as there are smaller sizes, a zero, and the number in the bits of its size
/// (prometheus/prometheus, tsdb/chunkenc/varbit.go).
/// </summary>
internal static class Varbit
{
    /// <summary>No number has more bytes.</summary>
    public const int MaxLength = 9;

    private static ReadOnlySpan<byte> Sizes => [3, 6, 9, 12, 18, 25, 56];

    /// <summary>Writes a number that may be negative.</summary>
    public static void Write(ref BitWriter bits, long value)
    {
        var size = 0;
        while (value != 0 && size < Sizes.Length && !Fits(value, Sizes[size]))
        {
            size++;
        }

        Write(ref bits, (ulong)value, size);
    }

    /// <summary>Writes a number that can't be negative.</summary>
    public static void WriteUnsigned(ref BitWriter bits, ulong value)
    {
        var size = 0;
        while (size < Sizes.Length && value >> Sizes[size] != 0)
        {
            size++;
        }

        Write(ref bits, value, size);
    }

    /// <summary>Whether a number is in −(2^(n−1) − 1) … 2^(n−1): Prometheus' bounds, not those of two's complement.</summary>
    public static bool Fits(long value, int bits) => value >= 1 - (1L << (bits - 1)) && value <= 1L << (bits - 1);

    private static void Write(ref BitWriter bits, ulong value, int size)
    {
        if (value == 0)
        {
            bits.Write(0, 1);
        }
        else if (size == Sizes.Length)
        {
            bits.Write(0xFF, 8);
            bits.Write(value, 64);
        }
        else
        {
            var prefix = (2UL << (size + 1)) - 2;
            bits.Write((prefix << Sizes[size]) | (value & ((1UL << Sizes[size]) - 1)), size + 2 + Sizes[size]);
        }
    }
}
