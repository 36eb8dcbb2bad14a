using System.Numerics;

namespace MetricsSim.Wire.Protobuf;

/// <summary>Protocol Buffers' numbers of variable length (protobuf.dev, programming-guides/encoding): seven bits a byte, the lowest first.</summary>
internal static class Varint
{
    /// <summary>No number takes more bytes.</summary>
    public const int MaxLength = 10;

    /// <summary>Bytes of a number.</summary>
    public static int Length(ulong value) => (BitOperations.Log2(value | 1) / 7) + 1;

    /// <summary>Bytes of a length.</summary>
    public static int Length(int value) => Length((ulong)value);

    /// <summary>Writes a number.</summary>
    /// <returns>Bytes written.</returns>
    public static int Write(ulong value, Span<byte> destination)
    {
        var written = 0;
        for (; value >= 0x80; value >>= 7)
        {
            destination[written++] = (byte)(value | 0x80);
        }

        destination[written] = (byte)value;
        return written + 1;
    }

    /// <summary>Maps 0, −1, 1, −2 … to 0, 1, 2, 3 …, as <c>sint32</c> and <c>sint64</c> have it.</summary>
    public static ulong ZigZag(long value) => (ulong)((value << 1) ^ (value >> 63));
}
