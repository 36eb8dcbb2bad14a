namespace MetricsSim.Studies;

/// <summary>How long something took when it was done again and again, ms.</summary>
/// <param name="Count">How often.</param>
/// <param name="Min">The shortest.</param>
/// <param name="Median">The middle one, or the mean of the two in the middle.</param>
/// <param name="P95">The 95th percentile, between the two nearest, as benchmarks of dashboards have it.</param>
internal sealed record Spread(int Count, double Min, double Median, double P95)
{
    /// <summary>Sums times up.</summary>
    /// <param name="times">ms, at least one.</param>
    public static Spread Of(IEnumerable<double> times)
    {
        double[] sorted = [.. times.Order()];
        return new(sorted.Length, sorted[0], Quantile(sorted, 0.5), Quantile(sorted, 0.95));
    }

    private static double Quantile(double[] sorted, double share)
    {
        var place = share * (sorted.Length - 1);
        var (below, above) = ((int)Math.Floor(place), (int)Math.Ceiling(place));
        return sorted[below] + ((sorted[above] - sorted[below]) * (place - below));
    }
}
