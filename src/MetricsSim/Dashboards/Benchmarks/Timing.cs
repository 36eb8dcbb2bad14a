using MathNet.Numerics.Statistics;

namespace MetricsSim.Dashboards.Benchmarks;

/// <summary>Times of the same thing done again and again, in ms.</summary>
/// <param name="ColdMs">The first time.</param>
/// <param name="MinMs">The shortest of the others.</param>
/// <param name="MedianMs">Their median.</param>
/// <param name="P95Ms">Their 95th percentile, between the two nearest.</param>
/// <param name="Loads">How many others there are.</param>
internal sealed record Timing(double ColdMs, double MinMs, double MedianMs, double P95Ms, int Loads)
{
    /// <summary>Sums up.</summary>
    /// <param name="milliseconds">The first time, and at least one more.</param>
    /// <returns>Null with fewer.</returns>
    public static Timing? Of(IReadOnlyList<double> milliseconds) =>
        milliseconds.Count < 2 ? null : Of([milliseconds[0]], [.. milliseconds.Skip(1)]);

    /// <summary>Sums up times of several things.</summary>
    /// <param name="cold">First times, at least one; the longest counts.</param>
    /// <param name="warm">The others, at least one.</param>
    public static Timing Of(IReadOnlyList<double> cold, IReadOnlyList<double> warm)
    {
        double[] sorted = [.. warm.Order()];
        return new(Round(cold.Max()), Round(sorted[0]), Round(Percentile(sorted, 0.5)), Round(Percentile(sorted, 0.95)), sorted.Length);
    }

    /// <summary>Between the two nearest, which is the seventh definition of R.</summary>
    private static double Percentile(double[] sorted, double share) => SortedArrayStatistics.QuantileCustom(sorted, share, QuantileDefinition.R7);

    private static double Round(double milliseconds) => Math.Round(milliseconds, 2);
}
