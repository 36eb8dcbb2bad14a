namespace MetricsSim.Studies;

/// <summary>How long something took when it was done again and again, ms.</summary>
/// <param name="Count">How often.</param>
/// <param name="Min">The shortest.</param>
/// <param name="Median">The middle one, or the mean of the two in the middle.</param>
/// <param name="P95">95 % took no longer: the nearest rank, so that it is one of the times.</param>
internal sealed record Spread(int Count, double Min, double Median, double P95)
{
    /// <summary>Sums times up.</summary>
    /// <param name="times">ms, at least one.</param>
    public static Spread Of(IEnumerable<double> times)
    {
        double[] sorted = [.. times.Order()];
        return new(sorted.Length, sorted[0], (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2, sorted[(int)Math.Ceiling(0.95 * sorted.Length) - 1]);
    }
}
