namespace MetricsSim.Core.Checkpoints;

/// <summary>
/// The bytes of a saved state: frames of a length, a checksum and a payload, so that state of any size passes through one small buffer
/// and nothing is read that is not what was written. The payload is a header, then sections that begin with their tag. Little-endian.
/// </summary>
internal static class StateFormat
{
    /// <summary>What a state begins with: "MSIMSTAT".</summary>
    public const ulong Magic = 0x544154534D49534D;

    /// <summary>Changes with every release that writes something else: states are not carried from one version to another.</summary>
    public const int Version = 1;

    /// <summary>Length of a frame's header: its payload's length and checksum.</summary>
    public const int FrameHeader = 8;

    /// <summary>Longest payload of a frame: stays in a core's cache, and is no large object; long enough that calls to a stream don't count.</summary>
    public const int FramePayload = 64 * 1024;

    /// <summary>Checksum of a frame: CRC-32C, begun with the frame's number so that frames that changed places are found out.</summary>
    public static uint Checksum(uint frame, ReadOnlySpan<byte> payload) => Crc32C.Of(payload, before: frame);

    /// <summary>Columns are copied as they lie in memory, so other machines are refused rather than misread.</summary>
    public static void RequireLittleEndian()
    {
        if (!BitConverter.IsLittleEndian) throw new PlatformNotSupportedException("States are saved and restored on little-endian machines only.");
    }
}
