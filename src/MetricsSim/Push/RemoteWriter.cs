using MetricsSim.Configuration;
using MetricsSim.Core.Series;
using MetricsSim.Exposition;
using MetricsSim.Hosting;
using MetricsSim.Wire.RemoteWrite;

namespace MetricsSim.Push;

/// <summary>
/// Pushes the world's series by remote write: a snapshot each interval, encoded and queued off the loop, sent by shards. Whatever the
/// receiver does, the simulation goes on, and memory is bounded by the queues.
/// </summary>
internal sealed class RemoteWriter : IDisposable
{
    private readonly SimulatorConfig _config;
    private readonly RemoteWriteOptions _options;
    private readonly SimulationLoop _loop;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly RuntimeMetrics _metrics;
    private readonly PushHealth _health;
    private readonly WriteClient _client;
    private readonly ShardSender[] _shards;
    private readonly PushLoop _pushes;
    private readonly LateSamples? _lateSamples;
    private readonly LateRequests _late;
    private readonly CancellationTokenSource _giveUp = new();
    private Task<long[]> _sending = Task.FromResult<long[]>([]);
    private RemoteWriteEncoder? _encoder;
    private DateTimeOffset? _metadataSent;
    private long? _last;

    private RemoteWriter(
        SimulatorConfig config, RemoteWriteOptions options, SimulationLoop loop, RuntimeMetrics metrics, TimeProvider time, ILogger log, Func<double> random)
    {
        (_config, _options, _loop, _metrics, _time, _log) = (config, options, loop, metrics, time, log);
        _client = new WriteClient(options, time);
        _pushes = new PushLoop(options.Interval, time, log, PushAsync);
        _lateSamples = options.LateFraction > 0 ? new LateSamples(config.World.Seed, options.LateFraction) : null;
        _late = new LateRequests(options.LateDelay, options.Shards * options.QueueCapacity);
        _health = new PushHealth(options.Url, log);
        _shards = [.. Enumerable.Range(0, options.Shards).Select(_ => new ShardSender(options, _client, metrics, _health, time, random))];
    }

    /// <summary>Prepares to push, where the configuration asks for it.</summary>
    /// <param name="config">The configuration.</param>
    /// <param name="loop">Where snapshots come from.</param>
    /// <param name="metrics">Where samples are counted.</param>
    /// <param name="time">The wall clock.</param>
    /// <param name="log">Where it says how the receiver is.</param>
    /// <param name="random">Draws jitter from [0, 1); null is a draw of its own.</param>
    /// <returns>Null if nothing is to be pushed.</returns>
    /// <exception cref="BadOptionException">A certificate can't be read.</exception>
    public static RemoteWriter? For(
        SimulatorConfig config, SimulationLoop loop, RuntimeMetrics metrics, TimeProvider time, ILogger log, Func<double>? random = null) =>
        config.RemoteWrite is { } options ? new RemoteWriter(config, options, loop, metrics, time, log, random ?? Random.Shared.NextDouble) : null;

    /// <summary>Begins to push: at once, then each interval.</summary>
    public void Start()
    {
        PushLog.Pushing(_log, _options.Url, _options.Interval);
        _sending = Task.WhenAll(_shards.Select(shard => shard.RunAsync(_giveUp.Token)));
        _pushes.Start();
    }

    /// <summary>Pushes a last time, and sends what waits.</summary>
    /// <param name="limit">When to give up.</param>
    /// <returns>A task that ends without failing.</returns>
    public async Task DrainAsync(CancellationToken limit)
    {
        await _pushes.EndAsync(limit);
        foreach (WriteRequest request in _late.Release(DateTimeOffset.MaxValue)) _shards[request.Shard].Add(request);
        foreach (ShardSender shard in _shards) shard.Complete();
        await using (limit.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), _giveUp))
        {
            long unsent = (await _sending).Sum();
            if (unsent > 0) PushLog.Unsent(_log, _options.Url, unsent);
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _client.Dispose();
        _pushes.Dispose();
        _giveUp.Dispose();
    }

    private async Task PushAsync(CancellationToken stop)
    {
        using SnapshotLease lease = await _loop.AcquireSnapshotAsync(stop);
        Snapshot snapshot = lease.Snapshot;
        DateTimeOffset now = _time.GetUtcNow();
        long stamp = Stamp(snapshot, now);

        // A simulated clock that is paused has nothing new to say.
        if (stamp == _last) return;
        _last = stamp;
        if (_encoder is null || !ReferenceEquals(_encoder.Layout, snapshot.Layout))
        {
            // Series of another layout end just before the ones of this begin, so that those in both go on.
            _encoder?.WriteEnd(stamp - 1, Queue);
            bool created = (_loop.Reloaded ?? _config).World.Telemetry.Created;
            _encoder = new RemoteWriteEncoder(
                snapshot.Layout, _options.Labels, _options.Shards, _options.MaxSamplesPerSend, created, _options.Version, _lateSamples);
            _metadataSent = null;
        }

        if (_options.MetadataInterval > TimeSpan.Zero && !(now - _metadataSent < _options.MetadataInterval))
        {
            _encoder.WriteMetadata(Queue);
            _metadataSent = now;
        }

        var late = new List<WriteRequest>();
        _encoder.Write(snapshot, stamp, request =>
        {
            if (request.IsLate) late.Add(request);
            else Queue(request);
        });

        // What was held back comes after the newer samples of this push, and what this one holds back waits for the next.
        foreach (WriteRequest request in _late.Release(now)) _shards[request.Shard].Add(request);
        foreach (WriteRequest request in late) Hold(request, now);
    }

    private void Queue(WriteRequest request)
    {
        _metrics.RecordQueued(PushedCount.Of(request));
        _shards[request.Shard].Add(request);
    }

    private void Hold(WriteRequest request, DateTimeOffset now)
    {
        _metrics.RecordQueued(PushedCount.Of(request));
        if (_late.Hold(request, now) is not { } dropped) return;
        _metrics.RecordPushed(PushOutcome.Dropped, PushedCount.Of(dropped));
        _health.TellDropped();
    }

    /// <summary>A skewed clock of the exporter shows in both kinds of times.</summary>
    private long Stamp(Snapshot snapshot, DateTimeOffset now)
    {
        if (_options.SimulatedTimestamps) return snapshot.UnixMilliseconds;
        long simulated = (_config.World.Start + (snapshot.Tick * _config.World.Tick)).ToUnixTimeMilliseconds();
        return now.ToUnixTimeMilliseconds() + snapshot.UnixMilliseconds - simulated;
    }
}
