using MetricsSim.Core.Series;

namespace MetricsSim.Exposition;

/// <summary>Series as Prometheus counts them.</summary>
internal static class SeriesCount
{
    /// <summary>Series of a family: a histogram has one for each bucket, +Inf, its sum and its count.</summary>
    /// <param name="family">The family.</param>
    /// <returns>Series, those that are hidden until their first event included.</returns>
    public static long Of(MetricFamily family) =>
        (long)family.SeriesCount * (family.Type == MetricType.Histogram ? family.Bounds.Count + 3 : 1);
}
