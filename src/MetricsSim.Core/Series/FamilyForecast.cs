namespace MetricsSim.Core.Series;

/// <summary>How many series a family of the population or of the world has, as Prometheus counts them.</summary>
/// <param name="family">The family.</param>
/// <param name="bySession">Whether its rows are sessions.</param>
public sealed class FamilyForecast(MetricFamily family, bool bySession)
{
    /// <summary>Its shape.</summary>
    public MetricFamily Family => family;

    /// <summary>Series that stay as long as the world.</summary>
    public long Lasting { get; } = bySession ? 0 : (long)family.SeriesCount * family.SamplesPerSeries;

    /// <summary>Series that each session brings.</summary>
    public long PerSession { get; } = bySession ? (long)family.Leaves.Count * family.SamplesPerSeries : 0;
}
