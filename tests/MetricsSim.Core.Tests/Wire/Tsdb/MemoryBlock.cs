using MetricsSim.Core.Engine;
using MetricsSim.Core.Series;
using MetricsSim.Wire.Tsdb;
using Xunit;

namespace MetricsSim.Core.Tests.Wire.Tsdb;

/// <summary>The files of a block, in memory.</summary>
internal sealed class MemoryBlock
{
    private readonly Dictionary<string, MemoryStream> _files = new(StringComparer.Ordinal);

    private MemoryBlock(BlockMeta meta) => Meta = meta;

    public BlockMeta Meta { get; }

    public IEnumerable<string> Names => _files.Keys.Order(StringComparer.Ordinal);

    public byte[] this[string name] => _files[name].ToArray();

    /// <summary>One block of snapshots, each array of which is a chunk.</summary>
    public static MemoryBlock Of(SeriesLayout layout, IReadOnlyList<Snapshot[]> chunks, bool created = false, ILanes? lanes = null)
    {
        var encoder = new BlockEncoder(layout, created, lanes);
        return Of(encoder, chunks);
    }

    /// <summary>The next block of an encoder.</summary>
    public static MemoryBlock Of(BlockEncoder encoder, IReadOnlyList<Snapshot[]> chunks)
    {
        foreach (var chunk in chunks)
        {
            encoder.Add(chunk, chunk.Length);
        }

        var block = new MemoryBlock(encoder.Describe(chunks[0][0].UnixMilliseconds, chunks[^1][^1].UnixMilliseconds + 1));
        var bytes = encoder.Write(block.Meta, block.Create);
        Assert.Equal(block._files.Values.Sum(file => file.ToArray().Length), bytes);
        return block;
    }

    /// <summary>The samples of all chunks of the first segment, in the order of the file, which holds series by series.</summary>
    public List<List<(long Time, ulong Value)>> Chunks()
    {
        var bytes = this["chunks/000001"];
        var chunks = new List<List<(long, ulong)>>();
        for (var at = 8; at < bytes.Length;)
        {
            var length = bytes[at] & 0x7F;
            if (bytes[at++] >= 0x80)
            {
                length |= bytes[at++] << 7;
            }

            Assert.Equal(1, bytes[at++]);
            chunks.Add(new XorChunkReader(bytes[at..(at + length)]).Read());
            at += length + sizeof(uint);
        }

        return chunks;
    }

    private MemoryStream Create(string name)
    {
        var file = new MemoryStream();
        _files.Add(name, file);
        return file;
    }
}
