using System.Text;
using MetricsSim.Core.Series;

namespace MetricsSim.Wire.TextFormat;

/// <summary>Where the value of a sample line comes from.</summary>
internal enum SampleKind
{
    Value,
    Bucket,
    Sum,
    Count,
    Created,
}

/// <summary>One line of each series of a family.</summary>
/// <param name="Head">The sample's name and an opening brace.</param>
/// <param name="Kind">Where its value comes from.</param>
/// <param name="Bound">The text of <c>le</c>, or null where there is none.</param>
internal readonly record struct SampleLine(byte[] Head, SampleKind Kind, string? Bound = null)
{
    /// <summary>The lines of a series in the order they are written: buckets, sum, count, created.</summary>
    public static IEnumerable<SampleLine> Of(MetricFamily family, bool created)
    {
        if (family.Type == MetricType.Histogram)
        {
            var bucket = HeadOf(family.Name + "_bucket");
            foreach (var bound in family.Bounds)
            {
                yield return new(bucket, SampleKind.Bucket, CanonicalNumber.Format(bound));
            }

            yield return new(bucket, SampleKind.Bucket, "+Inf");
            yield return new(HeadOf(family.Name + "_sum"), SampleKind.Sum);
            yield return new(HeadOf(family.Name + "_count"), SampleKind.Count);
        }
        else
        {
            yield return new(HeadOf(TextDialect.ValueName(family)), SampleKind.Value);
        }

        if (created && family.Type is MetricType.Counter or MetricType.Histogram)
        {
            yield return new(HeadOf(family.Name + "_created"), SampleKind.Created);
        }
    }

    private static byte[] HeadOf(string name) => Encoding.UTF8.GetBytes(name + "{");
}
