using System.Buffers.Binary;

namespace MetricsSim.Wire.Tsdb;

/// <summary>
/// Chunks of floats: times as differences of differences, values as XOR with the one before (prometheus/prometheus, tsdb/chunkenc/xor.go
/// and tsdb/docs/format/chunks.md; after Pelkonen et al., "Gorilla", VLDB 2015).
/// </summary>
internal static class XorChunk
{
    /// <summary>The encoding's number in a chunk's frame.</summary>
    public const byte Encoding = 1;

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
        var window = XorState.None;
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
            window.Write(ref bits, xor);
        }

        return bits.Finish();
    }

    private static void WriteTime(ref BitWriter bits, long difference)
    {
        if (difference == 0)
        {
            bits.Write(0, 1);
        }
        else if (Varbit.Fits(difference, 14))
        {
            bits.Write((0b10 << 14) | ((ulong)difference & 0x3FFF), 16);
        }
        else if (Varbit.Fits(difference, 17))
        {
            bits.Write((0b110 << 17) | ((ulong)difference & 0x1FFFF), 20);
        }
        else if (Varbit.Fits(difference, 20))
        {
            bits.Write((0b1110 << 20) | ((ulong)difference & 0xFFFFF), 24);
        }
        else
        {
            bits.Write(0b1111, 4);
            bits.Write((ulong)difference, 64);
        }
    }
}
