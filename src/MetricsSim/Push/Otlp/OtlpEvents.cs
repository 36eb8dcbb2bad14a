using MetricsSim.Core.ClientEvents;
using MetricsSim.Core.Engine;
using MetricsSim.Exposition;
using MetricsSim.Hosting;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Logs;

namespace MetricsSim.Push.Otlp;

/// <summary>The events, as log records in batches. Used by one thread at a time.</summary>
internal sealed class OtlpEvents : IDisposable
{
    /// <summary>Records in a request, as the batch processors of OpenTelemetry have it.</summary>
    private const int InBatch = 512;

    /// <summary>Name of the logger, the real client's.</summary>
    private const string LoggerName = "com.anthropic.claude_code.events";

    private const string Prefix = "claude_code.";
    private static readonly TimeSpan Silence = TimeSpan.FromHours(6), LongestExport = TimeSpan.FromSeconds(5);
    private readonly OtlpOutbox _outbox;
    private readonly Stamp _stamp = new();
    private readonly BatchLogRecordExportProcessor _batch;
    private readonly ILoggerFactory _factory;
    private readonly ILogger _logger;
    private readonly Dictionary<ulong, (int Next, TimeSpan At)> _sequences = [];
    private EventAttributes? _attributes;
    private WorldOptions? _world;
    private TimeSpan _swept;
    private int _inBatch;

    /// <summary>Prepares to export.</summary>
    /// <param name="export">How.</param>
    /// <param name="world">The client's version.</param>
    public OtlpEvents(OtlpExport export, WorldOptions world)
    {
        _outbox = export.Outbox;

        // The batch is flushed by hand, before it is large enough or old enough to go by itself.
        _batch = new BatchLogRecordExportProcessor(
            new OtlpLogExporter(export.Exporter(OtlpSignal.Logs)), maxQueueSize: 2 * InBatch, scheduledDelayMilliseconds: int.MaxValue, maxExportBatchSize: 2 * InBatch);
        _factory = LoggerFactory.Create(logging => logging.AddOpenTelemetry(options => options
            .SetResourceBuilder(OtlpExport.Resource(world.Telemetry)).AddProcessor(_stamp).AddProcessor(_batch)));
        _logger = _factory.CreateLogger(LoggerName);
    }

    /// <summary>Exports what clients did in a tick.</summary>
    /// <param name="tick">The tick.</param>
    public void Write(ToldTick tick)
    {
        if (!ReferenceEquals(_world, tick.World)) (_world, _attributes) = (tick.World, new EventAttributes(tick.World));
        foreach (ClientEvent told in tick.Events)
        {
            if (EventAttributes.NameOf(told.Kind) is not { } name) continue;
            DateTimeOffset at = tick.WallTime(told);
            string body = Prefix + name;
            List<KeyValuePair<string, object?>> attributes = _attributes!.Of(told, at, Next(told));
            _stamp.At = at.UtcDateTime;
            _logger.Log(LogLevel.Information, default, attributes, null, (_, _) => body);
            if (++_inBatch == InBatch) Flush();
        }
    }

    /// <summary>Exports the rest.</summary>
    public void Flush()
    {
        if (_inBatch == 0) return;
        Task came = _outbox.Expect(_inBatch);
        _inBatch = 0;

        // A flush that waits looks each second whether it is done; one without patience only wakes the exporter.
        _batch.ForceFlush(0);
        came.Wait(LongestExport);
    }

    /// <inheritdoc />
    public void Dispose() => _factory.Dispose();

    private int Next(in ClientEvent told)
    {
        var now = TimeSpan.FromMicroseconds(told.At);
        if (now - _swept > Silence)
        {
            // Sessions are over long before.
            foreach ((ulong session, (_, TimeSpan at)) in _sequences)
                if (now - at > Silence) _sequences.Remove(session);
            _swept = now;
        }

        int next = _sequences.GetValueOrDefault(told.Session).Next;
        _sequences[told.Session] = (next + 1, now);
        return next;
    }

    /// <summary>Gives records the time of their event.</summary>
    private sealed class Stamp : BaseProcessor<LogRecord>
    {
        public DateTime At { get; set; }

        public override void OnEnd(LogRecord data) => data.Timestamp = At;
    }
}
