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

    private readonly FamilyLines[] _families;
    private readonly (FamilyLines Family, IChunkSource Source)[] _sources;
    private readonly ILanes _lanes;
    private readonly EncodeScratch[] _scratch;
    private SeriesCatalog? _catalog;
    private int _liveLines;

    /// <summary>Prepares the series.</summary>
    /// <param name="layout">Families with the labels that are stored; see <see cref="TargetLabels"/>.</param>
    /// <param name="created">Whether counters and histograms have <c>_created</c>.</param>
    /// <param name="lanes">Where series are encoded side by side; null is the caller's thread. They decide nothing but speed.</param>
    public BlockEncoder(SeriesLayout layout, bool created = false, ILanes? lanes = null)
    {
        _families = [.. layout.Families.SelectMany((family, index) => FamilyLines.InBlock(family, index, created))];
        _sources = [.. _families.SelectMany(Sources, (family, source) => (family, source))];
        _lanes = lanes ?? SerialLane.Instance;
        _scratch = [.. Enumerable.Range(0, _lanes.Count).Select(_ => new EncodeScratch())];
    }

    /// <summary>Adds one chunk to every series that has samples. Whatever is on no page was missed by the scrape, which says so once.</summary>
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
            for (var i = Interlocked.Increment(ref next); i < _sources.Length; i = Interlocked.Increment(ref next))
            {
                _sources[i].Source.Encode(window.AsSpan(0, count), times, _scratch[lane]);
            }
        });
    }

    /// <summary>What the block holds that is written next.</summary>
    /// <param name="minTime">Start of its time, ms since the Unix epoch.</param>
    /// <param name="maxTime">End of its time, after the last sample.</param>
    /// <returns>Its numbers, and a name that follows from its contents: the same inputs give the same name.</returns>
    /// <exception cref="InvalidOperationException">Two series have the same labels.</exception>
    public BlockMeta Describe(long minTime, long maxTime)
    {
        var (samples, histograms, series, chunks) = (0L, 0L, 0L, 0L);
        var ofLine = new List<ChunkPlace>();
        var contents = new ByteBuffer();
        contents.PutUInt64((ulong)minTime);
        var live = _sources.Where(entry => entry.Source is LiveSlice).Sum(entry => entry.Source.LineCount);
        if (_catalog is null || live > 0 || _liveLines > 0)
        {
            (_catalog, _liveLines) = (new SeriesCatalog(_families, _sources), live);
        }

        contents.PutUInt32(_catalog.Checksum);
        foreach (var (family, source) in _sources)
        {
            for (var line = 0; line < source.LineCount; line++)
            {
                ofLine.Clear();
                source.CopyChunks(line, ofLine);
                chunks += ofLine.Count;
                series += ofLine.Count > 0 ? 1 : 0;
                var ofThis = ofLine.Sum(chunk => chunk.Samples);
                samples += ofThis;
                histograms += family.IsNative ? ofThis : 0;
            }

            contents.PutUInt32(source.Checksum);
        }

        return new BlockMeta
        {
            Ulid = Ulid.Of(maxTime, SHA256.HashData(contents.Span)),
            MinTime = minTime,
            MaxTime = maxTime,
            Samples = samples,
            HistogramSamples = histograms,
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
    /// <exception cref="InvalidOperationException">The block was not described.</exception>
    public long Write(BlockMeta meta, Func<string, Stream> create, CancellationToken stop = default)
    {
        var catalog = _catalog ?? throw new InvalidOperationException("A block is described before it is written.");
        long length;
        using (var file = create(IndexFile))
        using (var segments = new ChunkSegments(create))
        {
            var index = new IndexWriter(file, catalog);
            WriteSeries(catalog, index, segments, stop);
            index.Finish();
            length = index.Length + segments.Length;
        }

        length += WriteWhole(create, TombstonesFile, NoTombstones) + WriteWhole(create, MetaFile, meta.ToJson());
        Clear();
        return length;
    }

    /// <summary>Begins the next block without writing this one.</summary>
    public void Clear()
    {
        foreach (var (_, source) in _sources)
        {
            source.Clear();
        }
    }

    private static IEnumerable<IChunkSource> Sources(FamilyLines family) =>
        family.Family.Rows is LiveRows ? [new LiveSlice(family)] : family.IsNative ? NativeSlice.Of(family) : SeriesSlice.Of(family);

    private static void WriteSeries(SeriesCatalog catalog, IndexWriter index, ChunkSegments segments, CancellationToken stop)
    {
        var chunks = new List<ChunkPlace>();
        var placed = new List<(ChunkPlace, ulong)>();
        for (var i = 0; i < catalog.Series.Length; i++)
        {
            if (i % SeriesBetweenLooks == 0)
            {
                stop.ThrowIfCancellationRequested();
            }

            var (source, line) = catalog.Series[i];
            chunks.Clear();
            placed.Clear();
            source.CopyChunks(line, chunks);
            foreach (var chunk in chunks)
            {
                placed.Add((chunk, segments.Add(source.Frame(chunk))));
            }

            if (placed.Count > 0)
            {
                index.AddSeries(i, CollectionsMarshal.AsSpan(placed));
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
