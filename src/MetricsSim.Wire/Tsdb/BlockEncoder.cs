using System.Runtime.InteropServices;
using System.Security.Cryptography;
using MetricsSim.Core.Engine;
using MetricsSim.Core.Series;

namespace MetricsSim.Wire.Tsdb;

/// <summary>
/// Turns snapshots into blocks of Prometheus' database: takes the snapshots of one chunk after the other, keeps the encoded chunks of one
/// block, and writes its files. Its memory is that of one block, however many follow. Not safe for concurrent use; lanes are its own affair.
/// </summary>
public sealed class BlockEncoder
{
    private const string IndexFile = "index";
    private const string MetaFile = "meta.json";
    private const string TombstonesFile = "tombstones";
    private const int SeriesBetweenLooks = 1024;

    /// <summary>Magic number, version 1, and the checksum of no entries (tsdb/docs/format/tombstones.md).</summary>
    private static readonly byte[] NoTombstones = [0x01, 0x30, 0xBA, 0x30, 1, 0, 0, 0, 0];

    private readonly SeriesCatalog _catalog;
    private readonly ILanes _lanes;
    private readonly EncodeScratch[] _scratch;

    /// <summary>Finds and sorts the series: takes time and memory in proportion to them, once.</summary>
    /// <param name="layout">Families with the labels that are stored; see <see cref="TargetLabels"/>.</param>
    /// <param name="created">Whether counters and histograms have <c>_created</c>.</param>
    /// <param name="lanes">Where series are encoded side by side; null is the caller's thread. They decide nothing but speed.</param>
    /// <exception cref="InvalidOperationException">Two series have the same labels.</exception>
    public BlockEncoder(SeriesLayout layout, bool created = false, ILanes? lanes = null)
    {
        _catalog = new SeriesCatalog(layout, created);
        _lanes = lanes ?? SerialLane.Instance;
        _scratch = [.. Enumerable.Range(0, _lanes.Count).Select(_ => new EncodeScratch())];
    }

    /// <summary>Series, those included that are hidden still.</summary>
    public int SeriesCount => _catalog.Series.Length;

    /// <summary>Adds one chunk to every series.</summary>
    /// <param name="window">Snapshots in order of time, of columns as in the layout; not kept. All in one block.</param>
    /// <param name="count">How many of them, from 1 to <see cref="ChunkPlan.MostSamples"/>; see <see cref="ChunkPlan.Samples"/>.</param>
    public void Add(Snapshot[] window, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Math.Min(window.Length, ChunkPlan.MostSamples));
        var times = window.Take(count).Select(snapshot => snapshot.UnixMilliseconds).ToArray();
        var next = -1;
        _lanes.Run(lane =>
        {
            for (var i = Interlocked.Increment(ref next); i < _catalog.Slices.Length; i = Interlocked.Increment(ref next))
            {
                _catalog.Slices[i].Encode(window.AsSpan(0, count), times, _scratch[lane]);
            }
        });
    }

    /// <summary>What the block holds that is written next.</summary>
    /// <param name="minTime">Start of its time, ms since the Unix epoch.</param>
    /// <param name="maxTime">End of its time, after the last sample.</param>
    /// <returns>Its numbers, and a name that follows from its contents: the same inputs give the same name.</returns>
    public BlockMeta Describe(long minTime, long maxTime)
    {
        var (samples, series, chunks) = (0L, 0L, 0L);
        var contents = new ByteBuffer();
        contents.PutUInt64((ulong)minTime);
        contents.PutUInt32(_catalog.Checksum);
        foreach (var slice in _catalog.Slices)
        {
            var seen = new bool[slice.LineCount];
            for (var i = 0; i < slice.Chunks.Count; i++)
            {
                var chunk = slice.Chunks[i];
                if (chunk.Samples == 0)
                {
                    continue;
                }

                samples += chunk.Samples;
                chunks++;
                series += seen[i % seen.Length] ? 0 : 1;
                seen[i % seen.Length] = true;
            }

            contents.PutUInt32(slice.Checksum);
        }

        return new BlockMeta
        {
            Ulid = Ulid.Of(maxTime, SHA256.HashData(contents.Span)),
            MinTime = minTime,
            MaxTime = maxTime,
            Samples = samples,
            Series = series,
            Chunks = chunks,
        };
    }

    /// <summary>Writes the files of a block and begins the next one.</summary>
    /// <param name="meta">From <see cref="Describe"/>.</param>
    /// <param name="create">Opens a new file of the block by its name (<c>index</c>, <c>chunks/000001</c>); what it gives is disposed here.</param>
    /// <param name="stop">Cancelled to give up.</param>
    /// <returns>Bytes written.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled: the files are not complete.</exception>
    public long Write(BlockMeta meta, Func<string, Stream> create, CancellationToken stop = default)
    {
        long length;
        using (var file = create(IndexFile))
        using (var segments = new ChunkSegments(create))
        {
            var index = new IndexWriter(file, _catalog);
            WriteSeries(index, segments, stop);
            index.Finish();
            length = index.Length + segments.Length;
        }

        length += WriteWhole(create, TombstonesFile, NoTombstones) + WriteWhole(create, MetaFile, meta.ToJson());
        foreach (var slice in _catalog.Slices)
        {
            slice.Clear();
        }

        return length;
    }

    private void WriteSeries(IndexWriter index, ChunkSegments segments, CancellationToken stop)
    {
        var chunks = new List<(ChunkPlace, ulong)>();
        for (var i = 0; i < _catalog.Series.Length; i++)
        {
            if (i % SeriesBetweenLooks == 0)
            {
                stop.ThrowIfCancellationRequested();
            }

            var slice = _catalog.Slices[_catalog.Series[i].Slice];
            chunks.Clear();
            for (var at = _catalog.Series[i].Line; at < slice.Chunks.Count; at += slice.LineCount)
            {
                var chunk = slice.Chunks[at];
                if (chunk.Samples > 0)
                {
                    chunks.Add((chunk, segments.Add(slice.Frame(chunk))));
                }
            }

            if (chunks.Count > 0)
            {
                index.AddSeries(i, CollectionsMarshal.AsSpan(chunks));
            }
        }
    }

    private static long WriteWhole(Func<string, Stream> create, string name, byte[] bytes)
    {
        using var file = create(name);
        file.Write(bytes);
        return bytes.Length;
    }
}
