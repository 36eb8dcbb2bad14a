namespace MetricsSim.Wire.RemoteWrite;

/// <summary>The points of one push: puts each into the batch of its shard, and hands over batches that are full.</summary>
internal sealed class SampleOutput
{
    private readonly RequestBatch[] _batches;
    private readonly RequestBatch[] _lateBatches;
    private readonly LateSamples? _late;
    private readonly SnappyBlock _snappy = new();
    private readonly bool _hasStart;
    private readonly int _mostSeries;
    private Symbol[] _labels = new Symbol[32];
    private Action<WriteRequest> _sink = static _ => { };
    private long _tick;

    /// <summary>Makes the batches.</summary>
    /// <param name="shards">Their number.</param>
    /// <param name="mostSeries">Most series in one.</param>
    /// <param name="version">Their protocol.</param>
    /// <param name="late">Which samples are handed over apart; null for none.</param>
    public SampleOutput(int shards, int mostSeries, RemoteWriteVersion version, LateSamples? late)
    {
        _batches = [.. Enumerable.Range(0, shards).Select(_ => RequestBatch.Of(version))];
        _late = late is { Fraction: > 0 } ? late : null;
        _lateBatches = _late is null ? [] : [.. Enumerable.Range(0, shards).Select(_ => RequestBatch.Of(version))];
        _hasStart = version == RemoteWriteVersion.V2;
        _mostSeries = mostSeries;
    }

    /// <summary>Time of all points of the push, ms since the Unix epoch.</summary>
    public long Time { get; private set; }

    /// <summary>Exemplars' times and the start of counters by the clock of the points.</summary>
    public PushClock Clock { get; } = new();

    /// <summary>When counters began at 0, where the protocol says so; else 0.</summary>
    public long Start => _hasStart ? Clock.Start : 0;

    /// <summary>Begins a push.</summary>
    /// <param name="tick">Its tick.</param>
    /// <param name="time">Time of all its points, ms since the Unix epoch.</param>
    /// <param name="sink">Takes full batches.</param>
    public void Begin(long tick, long time, Action<WriteRequest> sink)
    {
        (_tick, Time) = (tick, time);
        _sink = sink;
    }

    /// <summary>Adds a point of the series with the labels of both runs.</summary>
    /// <returns>Whether it comes late, and so without its exemplars, which stay in order.</returns>
    public bool Add(in SeriesFacts facts, Symbol[] row, Symbol[] tail, SeriesPoint point)
    {
        var labels = Merge(row, tail);
        var series = _batches.Length == 1 && _late is null ? 0 : Hash(labels);
        var shard = (int)(series % (uint)_batches.Length);
        var isLate = _late is not null && !point.IsHistogram && !point.IsEnd && _late.Holds(series, _tick);
        if (isLate)
        {
            point.Exemplars.Clear();
        }

        var batch = (isLate ? _lateBatches : _batches)[shard];
        batch.Add(facts, labels, point);
        if (batch.Series == _mostSeries)
        {
            _sink(batch.Take(shard, isLate, _snappy));
        }

        return isLate;
    }

    /// <summary>Hands over what is left.</summary>
    public void End()
    {
        HandOverAll(_batches, isLate: false);
        HandOverAll(_lateBatches, isLate: true);
    }

    /// <summary>Hands over a message that isn't made of samples.</summary>
    public void HandOver(ReadOnlySpan<byte> message, Action<WriteRequest> sink) => sink(new WriteRequest(0, 0, _snappy.Compress(message)));

    private void HandOverAll(RequestBatch[] batches, bool isLate)
    {
        for (var shard = 0; shard < batches.Length; shard++)
        {
            if (batches[shard].Series > 0)
            {
                _sink(batches[shard].Take(shard, isLate, _snappy));
            }
        }
    }

    private ReadOnlySpan<Symbol> Merge(Symbol[] row, Symbol[] tail)
    {
        if (_labels.Length < row.Length + tail.Length)
        {
            _labels = new Symbol[row.Length + tail.Length];
        }

        int at = 0, r = 0, t = 0;
        while (r < row.Length || t < tail.Length)
        {
            var fromRow = t == tail.Length || (r < row.Length && row[r].Utf8.AsSpan().SequenceCompareTo(tail[t].Utf8) < 0);
            var (run, i) = fromRow ? (row, r) : (tail, t);
            (_labels[at], _labels[at + 1]) = (run[i], run[i + 1]);
            at += 2;
            r += fromRow ? 2 : 0;
            t += fromRow ? 0 : 2;
        }

        return _labels.AsSpan(0, at);
    }

    /// <summary>FNV-1a: a series stays with its shard when others come and go, or when the layout changes.</summary>
    private static ulong Hash(ReadOnlySpan<Symbol> labels)
    {
        var hash = 14695981039346656037UL;
        foreach (var symbol in labels)
        {
            foreach (var value in symbol.Utf8)
            {
                hash = (hash ^ value) * 1099511628211UL;
            }
        }

        return hash;
    }
}
