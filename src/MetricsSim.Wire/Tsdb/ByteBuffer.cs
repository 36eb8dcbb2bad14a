using System.Buffers.Binary;
using MetricsSim.Core.Checkpoints;

namespace MetricsSim.Wire.Tsdb;

/// <summary>A growing buffer with the ways in which blocks write numbers: big-endian words and Go's varints.</summary>
internal sealed class ByteBuffer
{
    private const int LongestVarint = 10;
    private byte[] _bytes = new byte[256];

    /// <summary>Bytes held.</summary>
    public int Length { get; private set; }

    /// <summary>The bytes, until the next one is added.</summary>
    public ReadOnlySpan<byte> Span => _bytes.AsSpan(0, Length);

    /// <summary>Empties it and keeps its memory.</summary>
    public void Clear() => Length = 0;

    /// <summary>Adds a byte.</summary>
    public void PutByte(byte value) => Take(1)[0] = value;

    /// <summary>Adds bytes as they are.</summary>
    public void Put(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Take(bytes.Length));

    /// <summary>Adds four bytes, the highest first.</summary>
    public void PutUInt32(uint value) => BinaryPrimitives.WriteUInt32BigEndian(Take(sizeof(uint)), value);

    /// <summary>Adds eight bytes, the highest first.</summary>
    public void PutUInt64(ulong value) => BinaryPrimitives.WriteUInt64BigEndian(Take(sizeof(ulong)), value);

    /// <summary>Adds 1 to 10 bytes: seven bits a byte, the lowest first.</summary>
    public void PutUvarint(ulong value)
    {
        var span = Take(LongestVarint);
        var length = 0;
        for (; value >= 0x80; value >>= 7)
        {
            span[length++] = (byte)(value | 0x80);
        }

        span[length++] = (byte)value;
        Length -= LongestVarint - length;
    }

    /// <summary>Adds 1 to 10 bytes, with the sign in the lowest bit.</summary>
    public void PutVarint(long value) => PutUvarint((ulong)((value << 1) ^ (value >> 63)));

    /// <summary>Adds text of a known length: the length, then the bytes.</summary>
    public void PutText(ReadOnlySpan<byte> utf8)
    {
        PutUvarint((ulong)utf8.Length);
        Put(utf8);
    }

    /// <summary>Adds the checksum of what stands from a place on.</summary>
    public void PutChecksum(int from = 0) => PutUInt32(Crc32C.Of(Span[from..]));

    private Span<byte> Take(int count)
    {
        if (_bytes.Length - Length < count)
        {
            Array.Resize(ref _bytes, Math.Max(Length + count, _bytes.Length * 2));
        }

        Length += count;
        return _bytes.AsSpan(Length - count, count);
    }
}
