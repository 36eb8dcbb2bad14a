using System.Diagnostics.Metrics;
using MetricsSim.Core.Engine;
using MetricsSim.Core.Series;
using MetricsSim.Exposition;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using MetricType = MetricsSim.Core.Series.MetricType;

namespace MetricsSim.Push.Otlp;

/// <summary>A metric of a group.</summary>
/// <param name="Metric">Its name and unit.</param>
/// <param name="Family">Its family on the page.</param>
/// <param name="Limit">Most series of it in the group.</param>
internal sealed record GroupMetric(OtelMetric Metric, MetricFamily Family, int Limit);

/// <summary>
/// A meter with a provider of its own, which is one request a push. Series are shared out to groups because the exporter writes all that a
/// provider has into one request, whatever its size; as in the real world, where each client is a process with its own provider.
/// </summary>
internal sealed class MeterGroup : IDisposable
{
    /// <summary>Name of the meter, the real client's.</summary>
    public const string MeterName = "com.anthropic.claude_code";

    private readonly Meter _meter;
    private readonly MeterProvider _provider;
    private readonly BaseExportingMetricReader _reader;
    private readonly InstrumentFeed[] _feeds;
    private readonly OtlpOutbox _outbox;

    /// <summary>Makes the meter, its instruments and the provider.</summary>
    /// <param name="metrics">The metrics; their indices are the group's.</param>
    /// <param name="export">How to export.</param>
    /// <param name="telemetry">The client's version.</param>
    public MeterGroup(IReadOnlyList<GroupMetric> metrics, OtlpExport export, TelemetryOptions telemetry)
    {
        _outbox = export.Outbox;
        _meter = new Meter(MeterName, telemetry.ServiceVersion);
        _reader = new BaseExportingMetricReader(new OtlpMetricExporter(export.Exporter(OtlpSignal.Metrics)))
        {
            TemporalityPreference = export.Options.Cumulative ? MetricReaderTemporalityPreference.Cumulative : MetricReaderTemporalityPreference.Delta,
        };
        var views = metrics.ToDictionary(metric => metric.Metric.Name, metric => View(metric, export.Options.Exponential), StringComparer.Ordinal);

        // Providers choose meters by name only, and all groups have the same.
        _provider = Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(OtlpExport.Resource(telemetry))
            .AddMeter(MeterName)
            .AddView(instrument => ReferenceEquals(instrument.Meter, _meter) ? views[instrument.Name] : MetricStreamConfiguration.Drop)
            .AddReader(_reader)
            .Build();
        _feeds = [.. metrics.Select(metric => Feed(metric, export.Options.Cumulative))];
    }

    /// <summary>Rows that are in it.</summary>
    public int Rows { get; set; }

    /// <summary>Feeds a metric.</summary>
    /// <param name="metric">Its index.</param>
    /// <param name="raw">The value, as the family's cells have it.</param>
    /// <param name="attributes">Attributes of the series; copied.</param>
    public void Put(int metric, long raw, ReadOnlySpan<KeyValuePair<string, object?>> attributes) => _feeds[metric].Put(raw, attributes);

    /// <summary>Exports what there is.</summary>
    /// <returns>Whether the exporter could.</returns>
    public bool Collect()
    {
        bool exported = _reader.Collect();
        foreach (InstrumentFeed feed in _feeds) feed.Clear();
        return exported;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _outbox.Ignores = true;
        _meter.Dispose();
        _provider.Dispose();
        _outbox.Ignores = false;
    }

    private static MetricStreamConfiguration View(GroupMetric metric, bool exponential) =>
        metric.Family.Type != MetricType.Histogram ? new MetricStreamConfiguration { CardinalityLimit = metric.Limit }
        : exponential ? new Base2ExponentialBucketHistogramConfiguration { CardinalityLimit = metric.Limit }
        : new ExplicitBucketHistogramConfiguration { CardinalityLimit = metric.Limit, Boundaries = [.. metric.Family.Bounds] };

    private InstrumentFeed Feed(GroupMetric metric, bool cumulative)
    {
        ((string name, string? unit, _), MetricFamily family) = (metric.Metric, metric.Family);
        (string help, double divisor) = (family.Help, family.Divisor);
        return (family.Type, divisor, cumulative) switch
        {
            (MetricType.Histogram, _, _) => new HistogramFeed(_meter.CreateHistogram<double>(name, unit, help), ToUnit),
            (MetricType.Gauge, _, _) => new ObservedFeed<long>(observe => _meter.CreateObservableGauge(name, observe, unit, help), Keep),
            (_, 1, true) => new ObservedFeed<long>(observe => _meter.CreateObservableCounter(name, observe, unit, help), Keep),
            (_, 1, false) => new CounterFeed<long>(_meter.CreateCounter<long>(name, unit, help), Keep),
            (_, _, true) => new ObservedFeed<double>(observe => _meter.CreateObservableCounter(name, observe, unit, help), ToUnit),
            _ => new CounterFeed<double>(_meter.CreateCounter<double>(name, unit, help), ToUnit),
        };

        double ToUnit(long raw) => raw / divisor;

        static long Keep(long raw) => raw;
    }
}
