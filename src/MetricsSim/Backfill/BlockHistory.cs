using MetricsSim.Core.Engine;
using MetricsSim.Core.Series;
using MetricsSim.Wire.Tsdb;

namespace MetricsSim.Backfill;

/// <summary>History as blocks of a Prometheus database. Holds the snapshots of one chunk and the chunks of one block.</summary>
internal sealed class BlockHistory : IHistory
{
    private readonly SeriesLayout _layout;
    private readonly HistorySpan _span;
    private readonly long _blockLength;
    private readonly BlockDirectory _directory;
    private readonly CancellationToken _stop;
    private readonly BlockEncoder _encoder;
    private readonly List<Snapshot> _window = [];
    private long _blockStart;
    private int _filled;
    private int _wanted;
    private int _blocks;
    private long _samples;
    private long _series;
    private long _bytes;

    /// <summary>Sorts the series.</summary>
    /// <param name="layout">The world's families.</param>
    /// <param name="labels">Labels of the target, which a scrape would add.</param>
    /// <param name="created">Whether counters and histograms have <c>_created</c>.</param>
    /// <param name="span">Which samples.</param>
    /// <param name="blockLength">Length of blocks, ms.</param>
    /// <param name="directory">Where they go.</param>
    /// <param name="lanes">Where series are encoded side by side.</param>
    /// <param name="stop">Cancelled to give up.</param>
    public BlockHistory(
        SeriesLayout layout,
        IReadOnlyList<Label> labels,
        bool created,
        HistorySpan span,
        long blockLength,
        BlockDirectory directory,
        ILanes lanes,
        CancellationToken stop)
    {
        _layout = layout;
        _span = span;
        _blockLength = blockLength;
        _directory = directory;
        _stop = stop;
        _encoder = new BlockEncoder(TargetLabels.AddTo(layout, labels), created, lanes);
        _blockStart = span.FirstMilliseconds;
    }

    /// <inheritdoc />
    public Snapshot Next
    {
        get
        {
            if (_filled == _window.Count) _window.Add(new Snapshot(_layout));
            return _window[_filled];
        }
    }

    /// <inheritdoc />
    public void Take()
    {
        var time = _window[_filled].UnixMilliseconds;
        if (_filled == 0) _wanted = ChunkPlan.Samples(time, _span.IntervalMilliseconds);
        _filled++;
        if (_filled < _wanted) return;
        EndChunk();
        var next = time + _span.IntervalMilliseconds;
        var end = BlockRange.Of(_blockStart, _blockLength).End;
        if (next < end) return;
        EndBlock(end);
        _blockStart = next;
    }

    /// <inheritdoc />
    public HistoryTotals Finish()
    {
        if (_filled > 0) EndChunk();
        // A block to the end of its range would keep Prometheus from taking samples that come after the last of ours.
        if (_span.LastMilliseconds >= _blockStart) EndBlock(_span.LastMilliseconds + 1);
        return new HistoryTotals(_blocks, _series, _samples, _bytes);
    }

    private void EndChunk()
    {
        _encoder.Add([.. _window], _filled);
        _filled = 0;
    }

    private void EndBlock(long end)
    {
        var meta = _encoder.Describe(Math.Max(_blockStart, BlockRange.Of(_blockStart, _blockLength).Start), end);
        if (meta.Samples == 0)
        {
            // The exporter was down all the time.
            _encoder.Clear();
            return;
        }

        _bytes += _directory.Add(meta.Ulid, create => _encoder.Write(meta, create, _stop));
        _blocks++;
        _samples += meta.Samples;
        _series = Math.Max(_series, meta.Series);
    }
}
