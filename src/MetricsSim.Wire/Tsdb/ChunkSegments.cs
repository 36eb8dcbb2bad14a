using System.Globalization;

namespace MetricsSim.Wire.Tsdb;

/// <summary>Writes the files <c>chunks/000001</c>, <c>000002</c> … of a block, each of 512 MiB at most (tsdb/docs/format/chunks.md).</summary>
/// <param name="create">Opens a file of the block by its name; what it gives is disposed here.</param>
/// <param name="longest">Most bytes of a segment.</param>
internal sealed class ChunkSegments(Func<string, Stream> create, long longest = ChunkSegments.Longest) : IDisposable
{
    /// <summary>Prometheus' own limit.</summary>
    public const long Longest = 512 * 1024 * 1024;

    private static readonly byte[] Header = [0x85, 0xBD, 0x40, 0xDD, 1, 0, 0, 0];
    private Stream? _segment;
    private int _number;
    private long _position;

    /// <summary>Bytes written to all segments.</summary>
    public long Length { get; private set; }

    /// <summary>Adds a chunk.</summary>
    /// <param name="frame">Length, encoding, data and checksum.</param>
    /// <returns>Where it stands: the segment in the upper four bytes, the place in it in the lower.</returns>
    public ulong Add(ReadOnlySpan<byte> frame)
    {
        if (_segment is null || _position + frame.Length > longest)
        {
            _segment?.Dispose();
            _number++;
            _segment = create($"chunks/{_number.ToString("000000", CultureInfo.InvariantCulture)}");
            _segment.Write(Header);
            _position = Header.Length;
            Length += Header.Length;
        }

        _segment.Write(frame);
        var reference = ((ulong)(_number - 1) << 32) | (ulong)_position;
        _position += frame.Length;
        Length += frame.Length;
        return reference;
    }

    /// <inheritdoc />
    public void Dispose() => _segment?.Dispose();
}
