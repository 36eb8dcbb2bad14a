using System.Diagnostics.Metrics;

namespace MetricsSim.Push.Otlp;

/// <summary>One instrument, fed with integers as columns hold them.</summary>
internal abstract class InstrumentFeed
{
    /// <summary>Feeds a value.</summary>
    /// <param name="raw">The value, an increment or an observation, as the family's cells have it.</param>
    /// <param name="attributes">Attributes of the series; copied.</param>
    public abstract void Put(long raw, ReadOnlySpan<KeyValuePair<string, object?>> attributes);

    /// <summary>Forgets what has been collected.</summary>
    public virtual void Clear()
    {
    }
}

/// <summary>A counter that is added to.</summary>
internal sealed class CounterFeed<T>(Counter<T> counter, Func<long, T> convert) : InstrumentFeed
    where T : struct
{
    /// <inheritdoc />
    public override void Put(long raw, ReadOnlySpan<KeyValuePair<string, object?>> attributes) => counter.Add(convert(raw), attributes);
}

/// <summary>A histogram.</summary>
internal sealed class HistogramFeed(Histogram<double> histogram, Func<long, double> convert) : InstrumentFeed
{
    /// <inheritdoc />
    public override void Put(long raw, ReadOnlySpan<KeyValuePair<string, object?>> attributes) => histogram.Record(convert(raw), attributes);
}

/// <summary>A gauge, or a counter whose value is observed at each collection.</summary>
internal sealed class ObservedFeed<T> : InstrumentFeed
    where T : struct
{
    private readonly List<Measurement<T>> _measurements = [];
    private readonly Func<long, T> _convert;

    /// <summary>Makes the instrument.</summary>
    /// <param name="create">Makes it from what it observes.</param>
    /// <param name="convert">From the family's cells.</param>
    public ObservedFeed(Action<Func<IEnumerable<Measurement<T>>>> create, Func<long, T> convert)
    {
        _convert = convert;
        create(() => _measurements);
    }

    /// <inheritdoc />
    public override void Put(long raw, ReadOnlySpan<KeyValuePair<string, object?>> attributes) =>
        _measurements.Add(new Measurement<T>(_convert(raw), attributes));

    /// <inheritdoc />
    public override void Clear() => _measurements.Clear();
}
