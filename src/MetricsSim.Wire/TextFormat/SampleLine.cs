using System.Buffers;
using MetricsSim.Core.Series;
using MetricsSim.Wire.Naming;

namespace MetricsSim.Wire.TextFormat;

/// <summary>Where the value of a sample line comes from.</summary>
internal enum SampleKind
{
    Value,
    Bucket,
    Sum,
    Count,
    Created,
    Quantile,
    Observations,
}

/// <summary>One line of each series of a family.</summary>
/// <param name="Name">The sample's name.</param>
/// <param name="Head">The name and an opening brace, or for a name that needs quotes the brace, the name and a comma.</param>
/// <param name="Kind">Where its value comes from.</param>
/// <param name="Bound">The text of <c>le</c> or <c>quantile</c>, or null where there is none.</param>
internal readonly record struct SampleLine(string Name, byte[] Head, SampleKind Kind, string? Bound = null)
{
    /// <summary>The label that has <see cref="Bound"/>.</summary>
    public string BoundName => Kind == SampleKind.Quantile ? "quantile" : "le";

    /// <summary>The lines of a series in the order they are written: buckets or quantiles, sum, count, created.</summary>
    public static IEnumerable<SampleLine> Of(MetricFamily family, bool created)
    {
        if (family.Type == MetricType.Histogram)
        {
            var bucket = Of(family.Name + "_bucket", SampleKind.Bucket);
            foreach (var bound in family.Bounds)
            {
                yield return bucket with { Bound = CanonicalNumber.Format(bound) };
            }

            yield return bucket with { Bound = "+Inf" };
            yield return Of(family.Name + "_sum", SampleKind.Sum);
            yield return Of(family.Name + "_count", SampleKind.Count);
        }
        else if (family.Type == MetricType.Summary)
        {
            var value = Of(family.Name, SampleKind.Quantile);
            foreach (var quantile in family.Quantiles)
            {
                yield return value with { Bound = CanonicalNumber.Format(quantile) };
            }

            yield return Of(family.Name + "_sum", SampleKind.Sum);
            yield return Of(family.Name + "_count", SampleKind.Observations);
        }
        else
        {
            yield return Of(TextDialect.ValueName(family), SampleKind.Value);
        }

        if (created && family.HasCreated)
        {
            yield return Of(family.Name + "_created", SampleKind.Created);
        }
    }

    private static SampleLine Of(string name, SampleKind kind)
    {
        var head = new ArrayBufferWriter<byte>();
        var plain = Names.IsPlain(name);
        head.Append(plain ? "" : "{");
        head.AppendName(name);
        head.Append(plain ? "{" : ",");
        return new(name, head.WrittenSpan.ToArray(), kind);
    }
}
