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
    public List<List<(long Time, ulong Value)>> Chunks() => [.. Frames().Select(frame =>
    {
        Assert.Equal(1, frame.Encoding);
        return new XorChunkReader(frame.Data).Read();
    })];

    /// <summary>The chunks of native histograms of the first segment, in the order of the file.</summary>
    public List<HistogramChunkReader> HistogramChunks() => [.. Frames().Where(frame => frame.Encoding == 2).Select(frame => new HistogramChunkReader(frame.Data))];

    private IEnumerable<(byte Encoding, byte[] Data)> Frames()
    {
        var bytes = this["chunks/000001"];
        for (var at = 8; at < bytes.Length;)
        {
            int length = 0, shift = 0;
            do
            {
                length |= (bytes[at] & 0x7F) << shift;
                shift += 7;
            }
            while (bytes[at++] >= 0x80);
            yield return (bytes[at], bytes[(at + 1)..(at + 1 + length)]);
            at += 1 + length + sizeof(uint);
        }
    }

    private MemoryStream Create(string name)
    {
        var file = new MemoryStream();
        _files.Add(name, file);
        return file;
    }
}
