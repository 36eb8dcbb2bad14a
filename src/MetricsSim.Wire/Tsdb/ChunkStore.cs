using MetricsSim.Core.Checkpoints;

namespace MetricsSim.Wire.Tsdb;

/// <summary>Encoded chunks with their frames, one behind the other, until the block is written.</summary>
internal sealed class ChunkStore
{
    private readonly ByteBuffer _frames = new();

    /// <summary>Checksum of all chunks.</summary>
    public uint Checksum => Crc32C.Of(_frames.Span);

    /// <summary>Bytes of a chunk with its frame.</summary>
    public ReadOnlySpan<byte> this[in ChunkPlace chunk] => _frames.Span.Slice(chunk.Offset, chunk.Length);

    /// <summary>Forgets all chunks.</summary>
    public void Clear() => _frames.Clear();

    /// <summary>Adds a chunk.</summary>
    /// <param name="times">ms since the Unix epoch, ascending.</param>
    /// <param name="values">The bits of the values.</param>
    /// <param name="scratch">The lane's memory.</param>
    /// <returns>Where it stands.</returns>
    public ChunkPlace Add(ReadOnlySpan<long> times, ReadOnlySpan<ulong> values, EncodeScratch scratch)
    {
        var length = XorChunk.Encode(times, values, scratch.Chunk);
        return Add(XorChunk.Encoding, scratch.Chunk.AsSpan(0, length), times);
    }

    /// <summary>Adds a chunk that is encoded.</summary>
    /// <param name="encoding">The number of its encoding.</param>
    /// <param name="chunk">Its bytes.</param>
    /// <param name="times">Times of its samples.</param>
    /// <returns>Where it stands.</returns>
    public ChunkPlace Add(byte encoding, ReadOnlySpan<byte> chunk, ReadOnlySpan<long> times)
    {
        var offset = _frames.Length;
        _frames.PutUvarint((ulong)chunk.Length);
        var checkedFrom = _frames.Length;
        _frames.PutByte(encoding);
        _frames.Put(chunk);
        _frames.PutChecksum(checkedFrom);
        return new ChunkPlace(times[0], times[^1], offset, _frames.Length - offset, times.Length);
    }

    /// <summary>Adds a chunk of a series that lacks some samples. A scrape that misses a series says so, once.</summary>
    /// <param name="times">ms since the Unix epoch, ascending.</param>
    /// <param name="values">The bits of the values.</param>
    /// <param name="visible">Which samples there are.</param>
    /// <param name="present">Whether there was one before these.</param>
    /// <param name="scratch">The lane's memory.</param>
    /// <returns>Where it stands; a place without samples if there are none.</returns>
    public ChunkPlace AddVisible(
        ReadOnlySpan<long> times, ReadOnlySpan<ulong> values, ReadOnlySpan<bool> visible, bool present, EncodeScratch scratch)
    {
        var count = 0;
        for (var i = 0; i < times.Length; i++)
        {
            if (visible[i] || present)
            {
                scratch.SomeTimes[count] = times[i];
                scratch.SomeValues[count++] = visible[i] ? values[i] : SampleValue.StaleNaN;
            }

            present = visible[i];
        }

        return count == 0 ? default : Add(scratch.SomeTimes.AsSpan(0, count), scratch.SomeValues.AsSpan(0, count), scratch);
    }
}
