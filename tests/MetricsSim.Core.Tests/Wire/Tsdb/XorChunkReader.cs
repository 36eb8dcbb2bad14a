using System.Buffers.Binary;

namespace MetricsSim.Core.Tests.Wire.Tsdb;

/// <summary>Reads a chunk of floats bit by bit, as tsdb/docs/format/chunks.md says.</summary>
internal sealed class XorChunkReader(byte[] chunk)
{
    private int _bit = 16;

    public List<(long Time, ulong Value)> Read()
    {
        var samples = new List<(long, ulong)>();
        var count = BinaryPrimitives.ReadUInt16BigEndian(chunk);
        var first = Uvarint();
        var time = (long)(first >> 1) ^ -(long)(first & 1);
        var value = Bits(64);
        samples.Add((time, value));
        var (delta, leading, significant) = (0L, 0, 0);
        for (var i = 1; i < count; i++)
        {
            delta = i == 1 ? (long)Uvarint() : delta + DeltaOfDelta();
            time += delta;
            if (Bits(1) == 1)
            {
                if (Bits(1) == 1)
                {
                    leading = (int)Bits(5);
                    significant = (int)Bits(6) is > 0 and var some ? some : 64;
                }

                value ^= Bits(significant) << (64 - leading - significant);
            }

            samples.Add((time, value));
        }

        return samples;
    }

    /// <summary>Bits of padding that are left.</summary>
    public int Padding => (chunk.Length * 8) - _bit;

    private long DeltaOfDelta()
    {
        var ones = 0;
        while (ones < 4 && Bits(1) == 1)
        {
            ones++;
        }

        if (ones is 0 or 4)
        {
            return ones == 0 ? 0 : (long)Bits(64);
        }

        var size = ones switch { 1 => 14, 2 => 17, _ => 20 };
        var value = (long)Bits(size);
        return value > 1L << (size - 1) ? value - (1L << size) : value;
    }

    private ulong Uvarint()
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

    private ulong Bits(int count)
    {
        var value = 0UL;
        for (; count > 0; count--, _bit++)
        {
            value = (value << 1) | ((ulong)(chunk[_bit / 8] >> (7 - (_bit % 8))) & 1);
        }

        return value;
    }
}
