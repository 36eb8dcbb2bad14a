using System.Globalization;
using MetricsSim.Tests.Push.Otlp.Schema;
using Xunit;

namespace MetricsSim.Tests.Push.Otlp;

/// <summary>
/// What a collector's Prometheus exporter would show of the metrics it got, by OpenTelemetry's rules of compatibility with Prometheus: dots
/// become underscores, units become suffixes, sums end in _total. Deltas add up; of cumulative points the latest counts.
/// </summary>
internal sealed class CollectorPage
{
    private readonly Dictionary<string, double> _samples = new(StringComparer.Ordinal);
    private readonly string _prefix;

    /// <summary>Takes in requests in the order in which they came.</summary>
    /// <param name="requests">The requests.</param>
    /// <param name="prefix">Prefix of the names of the client's own metrics.</param>
    public CollectorPage(IEnumerable<ExportMetricsServiceRequest> requests, string prefix = "otel_")
    {
        _prefix = prefix;
        foreach (Metric metric in requests.All()) Add(metric);
    }

    /// <summary>The samples, by name and labels in the order of their names.</summary>
    public IReadOnlyDictionary<string, double> Samples => _samples;

    /// <summary>A sample of a scraped page in the same form; empty labels are none.</summary>
    public static string Normal(string sample)
    {
        int brace = sample.IndexOf('{', StringComparison.Ordinal);
        if (brace < 0) return sample + "{}";
        IEnumerable<string> labels = sample[(brace + 1)..^1].Split("\",", StringSplitOptions.RemoveEmptyEntries).Select(Normalized);
        return $"{sample[..brace]}{{{string.Join(',', labels.Where(label => !label.EndsWith("=\"", StringComparison.Ordinal)).Order(StringComparer.Ordinal))}}}";
    }

    // Bounds are numbers, however they are written.
    private static string Normalized(string label)
    {
        string bare = label.TrimEnd('"');
        return bare.StartsWith("le=\"", StringComparison.Ordinal) && double.TryParse(bare[4..], NumberStyles.Float, CultureInfo.InvariantCulture, out double bound)
            ? $"le=\"{(double.IsInfinity(bound) ? "+Inf" : $"{bound}")}\""
            : bare + "\"";
    }

    private void Add(Metric metric)
    {
        string name = metric.Name.Replace('.', '_');
        if (name.StartsWith("claude_code_", StringComparison.Ordinal)) name = _prefix + name;
        if (name.EndsWith("_total", StringComparison.Ordinal)) name = name[..^"_total".Length];
        string unit = metric.Unit switch { "" or "{token}" => "", "s" => "_seconds", var other => "_" + other };
        switch (metric.DataCase)
        {
            case Metric.DataOneofCase.Gauge:
                foreach (NumberDataPoint point in metric.Gauge.DataPoints) Add(name + unit, point.Attributes, Value(point), false);
                break;
            case Metric.DataOneofCase.Sum:
                foreach (NumberDataPoint point in metric.Sum.DataPoints) Add(name + unit + "_total", point.Attributes, Value(point), IsDelta(metric.Sum.AggregationTemporality));
                break;
            case Metric.DataOneofCase.Histogram:
                foreach (HistogramDataPoint point in metric.Histogram.DataPoints) Add(name + unit, point, IsDelta(metric.Histogram.AggregationTemporality));
                break;
            case Metric.DataOneofCase.ExponentialHistogram:
                foreach (ExponentialHistogramDataPoint point in metric.ExponentialHistogram.DataPoints) Add(name + unit, point, IsDelta(metric.ExponentialHistogram.AggregationTemporality));
                break;
            default:
                Assert.Fail($"{metric.Name} is a {metric.DataCase}");
                break;
        }
    }

    private void Add(string name, HistogramDataPoint point, bool delta)
    {
        double below = 0;
        for (int i = 0; i < point.BucketCounts.Count; i++)
        {
            below += point.BucketCounts[i];
            string bound = i < point.ExplicitBounds.Count ? $"{point.ExplicitBounds[i]}" : "+Inf";
            Add(name + "_bucket", [.. point.Attributes, new KeyValue { Key = "le", Value = new AnyValue { StringValue = bound } }], below, delta);
        }

        Assert.Equal(point.Count, below);
        Add(name + "_count", point.Attributes, point.Count, delta);
        Add(name + "_sum", point.Attributes, point.Sum, delta);
    }

    private void Add(string name, ExponentialHistogramDataPoint point, bool delta)
    {
        Assert.Equal(point.Count, point.ZeroCount + (ulong)point.Positive.BucketCounts.Sum(count => (long)count));
        Assert.True(point.Scale >= 0 && point.Positive.BucketCounts.Count <= 160);
        Add(name + "_count", point.Attributes, point.Count, delta);
        Add(name + "_sum", point.Attributes, point.Sum, delta);
    }

    private void Add(string name, IEnumerable<KeyValue> attributes, double value, bool delta)
    {
        string labels = string.Join(',', attributes.Select(one => $"{one.Key.Replace('.', '_')}=\"{one.Value.StringValue}\"").Order(StringComparer.Ordinal));
        string key = $"{name}{{{labels}}}";
        _samples[key] = delta ? _samples.GetValueOrDefault(key) + value : value;
    }

    private static double Value(NumberDataPoint point) =>
        point.ValueCase == NumberDataPoint.ValueOneofCase.AsInt ? point.AsInt : point.AsDouble;

    private static bool IsDelta(AggregationTemporality temporality)
    {
        Assert.NotEqual(AggregationTemporality.Unspecified, temporality);
        return temporality == AggregationTemporality.Delta;
    }
}
