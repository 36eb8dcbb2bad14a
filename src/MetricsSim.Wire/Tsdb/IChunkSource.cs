using MetricsSim.Core.Series;

namespace MetricsSim.Wire.Tsdb;

/// <summary>Some series of one family, and their chunks since the block began. One lane at a time encodes it.</summary>
internal interface IChunkSource
{
    /// <summary>Lines of all its series together, ordered by row, leaf, then as on the page; grows only where rows come and go.</summary>
    int LineCount { get; }

    /// <summary>Checksum of all chunks.</summary>
    uint Checksum { get; }

    /// <summary>Adds a chunk to every line that has samples.</summary>
    /// <param name="window">Snapshots in order of time.</param>
    /// <param name="times">Their times.</param>
    /// <param name="scratch">The lane's memory.</param>
    void Encode(ReadOnlySpan<Snapshot> window, ReadOnlySpan<long> times, EncodeScratch scratch);

    /// <summary>The chunks of a line, in order of time.</summary>
    /// <param name="line">0 ≤ line &lt; <see cref="LineCount"/>.</param>
    /// <param name="chunks">Takes them.</param>
    void CopyChunks(int line, List<ChunkPlace> chunks);

    /// <summary>Bytes of a chunk with its frame.</summary>
    ReadOnlySpan<byte> Frame(in ChunkPlace chunk);

    /// <summary>Begins another block.</summary>
    void Clear();
}
