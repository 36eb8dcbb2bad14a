using MetricsSim.Configuration;
using MetricsSim.Core.ClientEvents;
using MetricsSim.Core.Engine;
using MetricsSim.Core.Faults;
using MetricsSim.Exposition;
using MetricsSim.Hosting;

namespace MetricsSim.Push.Otlp;

/// <summary>
/// Pushes by OTLP: metrics from a snapshot each interval, events as they come out of the loop. Encoding is done off the loop by
/// OpenTelemetry's exporters, sending by a queue of bounded size, so whatever the receiver does, the simulation goes on.
/// </summary>
internal sealed class OtlpPusher : IDisposable
{
    private readonly SimulatorConfig _config;
    private readonly OtlpOptions _options;
    private readonly SimulationLoop _loop;
    private readonly RuntimeMetrics _counts;
    private readonly ILogger _log;
    private readonly ClientEventFeed _feed;
    private readonly OtlpOutbox _outbox;
    private readonly OtlpClient _client;
    private readonly OtlpSender _sender;
    private readonly OtlpMetrics? _metrics;
    private readonly OtlpEvents? _events;
    private readonly PushLoop _metricPushes;
    private readonly PushLoop _eventPushes;
    private readonly SemaphoreSlim _one = new(1);
    private readonly CancellationTokenSource _giveUp = new();
    private Task<int> _sending = Task.FromResult(0);
    private bool _ending;

    private OtlpPusher(SimulatorConfig config, OtlpOptions options, SimulationLoop loop, RuntimeMetrics counts, TimeProvider time, ILogger log, Func<double> random)
    {
        (_config, _options, _loop, _counts, _log) = (config, options, loop, counts, log);
        var health = new PushHealth(options.Endpoint, log);
        _feed = new ClientEventFeed(time, counts.RecordOtlpDropped);
        _outbox = new OtlpOutbox(options.QueueBytes, counts, health);
        _client = new OtlpClient(options, time);
        _sender = new OtlpSender(_outbox, _client, counts, health, time, random);
        var export = new OtlpExport(options, _outbox);
        _metrics = options.Metrics ? new OtlpMetrics(export, loop.IsResumed) : null;
        _events = options.Events ? new OtlpEvents(export, config.World) : null;
        _metricPushes = new PushLoop(options.Interval, time, log, PushMetricsAsync);
        _eventPushes = new PushLoop(options.EventsInterval, time, log, PushEventsAsync);
        loop.Listen(_feed);
    }

    /// <summary>Prepares to push, where the configuration asks for it; the loop has not begun yet.</summary>
    /// <param name="config">The configuration.</param>
    /// <param name="loop">Where snapshots and events come from.</param>
    /// <param name="counts">Where requests and events are counted.</param>
    /// <param name="time">The wall clock.</param>
    /// <param name="log">Where it says how the receiver is.</param>
    /// <param name="random">Draws jitter from [0, 1); null is a draw of its own.</param>
    /// <returns>Null if nothing is to be pushed.</returns>
    /// <exception cref="BadOptionException">A certificate can't be read.</exception>
    public static OtlpPusher? For(
        SimulatorConfig config, SimulationLoop loop, RuntimeMetrics counts, TimeProvider time, ILogger log, Func<double>? random = null) =>
        config.Otlp is { } options ? new OtlpPusher(config, options, loop, counts, time, log, random ?? Random.Shared.NextDouble) : null;

    /// <summary>Begins to push: at once, then each interval.</summary>
    public void Start()
    {
        PushLog.PushingOtlp(_log, _options.Endpoint, _options.Interval);
        _sending = _sender.RunAsync(_giveUp.Token);
        if (_metrics is not null) _metricPushes.Start();
        _eventPushes.Start();
    }

    /// <summary>Pushes a last time, metrics and events up to the same tick, and sends what waits.</summary>
    /// <param name="limit">When to give up.</param>
    /// <returns>A task that ends without failing.</returns>
    public async Task DrainAsync(CancellationToken limit)
    {
        if (_metrics is not null) await _metricPushes.EndAsync(limit);
        _ending = _metrics is not null;
        await _eventPushes.EndAsync(limit);
        _outbox.Complete();
        await using (limit.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), _giveUp))
        {
            int unsent = await _sending;
            if (unsent > 0) PushLog.UnsentOtlp(_log, _options.Endpoint, unsent);
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _metricPushes.Dispose();
        _eventPushes.Dispose();
        _metrics?.Dispose();
        _events?.Dispose();
        _client.Dispose();
        _giveUp.Dispose();
        _one.Dispose();
    }

    private async Task PushMetricsAsync(CancellationToken stop)
    {
        await _one.WaitAsync(stop);
        try
        {
            using SnapshotLease lease = await _loop.AcquireSnapshotAsync(stop);

            // What happened up to the snapshot, and nothing after it, is in histograms when they are collected with it.
            Drain(lease.Snapshot.Tick, stop);
            WorldOptions world = (_loop.Reloaded ?? _config).World;
            _metrics!.Follow(lease.Snapshot.Layout, world, CountersSince(lease.Snapshot, world));
            if (lease.Snapshot.ExporterDown) return;
            bool gaps = _loop.Status.Faults.Any(fault => fault.Fault.Type == FaultType.SeriesGap);
            int failed = _metrics.Push(lease.Snapshot, forget: !gaps);
            if (failed > 0) PushLog.NotEncoded(_log, failed);
        }
        finally
        {
            _one.Release();
        }
    }

    private async Task PushEventsAsync(CancellationToken stop)
    {
        await _one.WaitAsync(stop);
        try
        {
            if (!_ending) Drain(long.MaxValue, stop);
            _events?.Flush();
        }
        finally
        {
            _one.Release();
        }
    }

    private void Drain(long upTo, CancellationToken stop)
    {
        while (_feed.TryRead(upTo, out ToldTick? tick))
        {
            if (_metrics is not null)
            {
                _metrics.Follow(tick.Layout, tick.World, tick.CountersSince);
                foreach (ref readonly ClientEvent told in tick.Events.AsSpan()) _metrics.Record(told);
            }

            _events?.Write(tick);
            stop.ThrowIfCancellationRequested();
        }
    }

    /// <summary>The exporter's clock may be skewed, and then both times of a snapshot are.</summary>
    private static long CountersSince(Core.Series.Snapshot snapshot, WorldOptions world)
    {
        long since = snapshot.CreatedUnixMilliseconds - snapshot.UnixMilliseconds;
        return snapshot.Tick + (long)Math.Round(since / world.Tick.TotalMilliseconds);
    }
}
