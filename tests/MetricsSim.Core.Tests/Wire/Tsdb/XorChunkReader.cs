using System.Buffers.Binary;

namespace MetricsSim.Core.Tests.Wire.Tsdb;

/// <summary>Reads a chunk of floats bit by bit, as tsdb/docs/format/chunks.md says.</summary>
internal sealed class XorChunkReader(byte[] chunk)
{
    private readonly BitReader _bits = new(chunk, sizeof(ushort));

    public List<(long Time, ulong Value)> Read()
    {
        var samples = new List<(long, ulong)>();
        var count = BinaryPrimitives.ReadUInt16BigEndian(chunk);
        var first = _bits.Uvarint();
        var time = (long)(first >> 1) ^ -(long)(first & 1);
        var value = _bits.Bits(64);
        samples.Add((time, value));
        var (delta, leading, significant) = (0L, 0, 0);
        for (var i = 1; i < count; i++)
        {
            delta = i == 1 ? (long)_bits.Uvarint() : delta + DeltaOfDelta();
            time += delta;
            value ^= _bits.Xor(ref leading, ref significant);
            samples.Add((time, value));
        }

        return samples;
    }

    /// <summary>Bits of padding that are left.</summary>
    public int Padding => _bits.Left;

    private long DeltaOfDelta() => _bits.Ones(4) switch { 0 => 0, 1 => _bits.Signed(14), 2 => _bits.Signed(17), 3 => _bits.Signed(20), _ => _bits.Signed(64) };
}
