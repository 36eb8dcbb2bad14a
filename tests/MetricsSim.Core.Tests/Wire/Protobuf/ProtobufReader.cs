using Google.Protobuf;
using MetricsSim.Core.Series;
using Xunit;
using MetricFamily = MetricsSim.Core.Tests.Wire.Protobuf.Schema.MetricFamily;

namespace MetricsSim.Core.Tests.Wire.Protobuf;

/// <summary>Reads a page with the decoder generated from the published schema; bytes that the schema doesn't know fail.</summary>
internal static class ProtobufReader
{
    public static IReadOnlyList<MetricFamily> Read(byte[] page)
    {
        using var stream = new MemoryStream(page);
        var families = new List<MetricFamily>();
        while (stream.Position < stream.Length)
        {
            var family = MetricFamily.Parser.ParseDelimitedFrom(stream);
            Assert.Equal(family, MetricFamily.Parser.WithDiscardUnknownFields(true).ParseFrom(family.ToByteArray()));
            families.Add(family);
        }

        return families;
    }

    /// <summary>The samples that Prometheus makes of a page: those of OpenMetrics text.</summary>
    public static IEnumerable<ParsedSample> Samples(IEnumerable<MetricFamily> families)
    {
        foreach (var family in families)
        {
            foreach (var metric in family.Metric)
            {
                Label[] labels = [.. metric.Label.Select(label => new Label(label.Name, label.Value))];
                long? time = metric.HasTimestampMs ? metric.TimestampMs : null;
                ParsedSample Sample(string name, double value, params Label[] more) => new(name, [.. labels, .. more], value, time);
                switch (family.Type)
                {
                    case Schema.MetricType.Counter:
                        yield return Sample(family.Name, metric.Counter.Value);
                        if (metric.Counter.CreatedTimestamp is { } began) yield return Sample(family.Name[..^"_total".Length] + "_created", Seconds(began));
                        break;
                    case Schema.MetricType.Gauge:
                        yield return Sample(family.Name, metric.Gauge.Value);
                        break;
                    case Schema.MetricType.Summary:
                        var summary = metric.Summary;
                        foreach (var quantile in summary.Quantile)
                            yield return Sample(family.Name, quantile.Value, new Label("quantile", quantile.Quantile_.ToString("0.0##")));
                        yield return Sample(family.Name + "_sum", summary.SampleSum);
                        yield return Sample(family.Name + "_count", summary.SampleCount);
                        if (summary.CreatedTimestamp is { } since) yield return Sample(family.Name + "_created", Seconds(since));
                        break;
                    default:
                        var histogram = metric.Histogram;
                        foreach (var bucket in histogram.Bucket)
                            yield return Sample(family.Name + "_bucket", bucket.CumulativeCount, new Label("le", bucket.UpperBound.ToString("0.0##")));
                        yield return Sample(family.Name + "_bucket", histogram.SampleCount, new Label("le", "+Inf"));
                        yield return Sample(family.Name + "_sum", histogram.SampleSum);
                        yield return Sample(family.Name + "_count", histogram.SampleCount);
                        if (histogram.CreatedTimestamp is { } created) yield return Sample(family.Name + "_created", Seconds(created));
                        break;
                }
            }
        }
    }

    private static double Seconds(Google.Protobuf.WellKnownTypes.Timestamp time) => (double)(time.Seconds + (time.Nanos / 1_000_000_000m));
}
