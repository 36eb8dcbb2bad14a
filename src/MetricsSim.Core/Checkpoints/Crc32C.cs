using System.Buffers.Binary;
using System.Numerics;

namespace MetricsSim.Core.Checkpoints;

/// <summary>CRC-32C (Castagnoli; RFC 3720, appendix B.4): of states, journals and blocks. The processor has an instruction for it.</summary>
public static class Crc32C
{
    /// <summary>The checksum of bytes.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="before">Checksum of the bytes before them.</param>
    /// <returns>E.g. 0xE3069283 of the digits 1 to 9.</returns>
    public static uint Of(ReadOnlySpan<byte> bytes, uint before = 0)
    {
        uint crc = ~before;
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        foreach (byte value in bytes) crc = BitOperations.Crc32C(crc, value);
        return ~crc;
    }
}
