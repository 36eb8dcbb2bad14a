using System.Buffers.Binary;
using System.Numerics;

namespace MetricsSim.Wire.Tsdb;

/// <summary>
/// Chunks of floats: times as differences of differences, values as XOR with the one before (prometheus/prometheus, tsdb/chunkenc/xor.go
/// and tsdb/docs/format/chunks.md; after Pelkonen et al., "Gorilla", VLDB 2015).
/// </summary>
internal static class XorChunk
{
    /// <summary>The encoding's number in a chunk's frame.</summary>
    public const byte Encoding = 1;

    /// <summary>No window of significant bits so far: nothing fits into it.</summary>
    private const int NoWindow = 255;

    /// <summary>Bytes that are enough for a chunk.</summary>
    /// <param name="samples">Its samples.</param>
    public static int MaxLength(int samples) => 32 + (19 * samples);

    /// <summary>Encodes samples.</summary>
    /// <param name="times">ms since the Unix epoch, ascending; 1 to 65535.</param>
    /// <param name="values">The bits of the values, as many.</param>
    /// <param name="destination">At least <see cref="MaxLength"/> bytes.</param>
    /// <returns>Bytes written.</returns>
    public static int Encode(ReadOnlySpan<long> times, ReadOnlySpan<ulong> values, Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt16BigEndian(destination, (ushort)times.Length);
        var bits = new BitWriter(destination, sizeof(ushort));
        bits.WriteVarint(times[0]);
        bits.Write(values[0], 64);
        var (leading, trailing) = (NoWindow, 0);
        var delta = 0L;
        values = values[..times.Length];
        for (var i = 1; i < times.Length; i++)
        {
            var step = times[i] - times[i - 1];
            var xor = values[i] ^ values[i - 1];
            if (i > 1 && step == delta && xor == 0)
            {
                // Nearly all samples of nearly all series.
                bits.Write(0, 2);
                continue;
            }

            if (i == 1)
            {
                bits.WriteUvarint((ulong)step);
            }
            else
            {
                WriteTime(ref bits, step - delta);
            }

            delta = step;
            if (xor == 0)
            {
                bits.Write(0, 1);
            }
            else
            {
                WriteXor(ref bits, xor, ref leading, ref trailing);
            }
        }

        return bits.Finish();
    }

    private static void WriteTime(ref BitWriter bits, long difference)
    {
        if (difference == 0)
        {
            bits.Write(0, 1);
        }
        else if (Fits(difference, 14))
        {
            bits.Write((0b10 << 14) | ((ulong)difference & 0x3FFF), 16);
        }
        else if (Fits(difference, 17))
        {
            bits.Write((0b110 << 17) | ((ulong)difference & 0x1FFFF), 20);
        }
        else if (Fits(difference, 20))
        {
            bits.Write((0b1110 << 20) | ((ulong)difference & 0xFFFFF), 24);
        }
        else
        {
            bits.Write(0b1111, 4);
            bits.Write((ulong)difference, 64);
        }
    }

    private static void WriteXor(ref BitWriter bits, ulong xor, ref int leading, ref int trailing)
    {
        // Five bits hold the number of leading zeros.
        var zerosAhead = Math.Min(31, BitOperations.LeadingZeroCount(xor));
        var zerosBehind = BitOperations.TrailingZeroCount(xor);
        if (zerosAhead >= leading && zerosBehind >= trailing)
        {
            bits.Write(0b10, 2);
        }
        else
        {
            (leading, trailing) = (zerosAhead, zerosBehind);
            // 64 significant bits don't fit into six and are written as 0, which is of no use otherwise.
            bits.Write((0b11UL << 11) | ((ulong)leading << 6) | ((ulong)(64 - leading - trailing) & 0x3F), 13);
        }

        bits.Write(xor >> trailing, 64 - leading - trailing);
    }

    /// <summary>Whether a number is in −(2^(n−1) − 1) … 2^(n−1): Prometheus' bounds, not those of two's complement.</summary>
    private static bool Fits(long value, int bits) => value >= 1 - (1L << (bits - 1)) && value <= 1L << (bits - 1);
}
