using MetricsSim.Core.Randomness;

namespace MetricsSim.Wire.RemoteWrite;

/// <summary>
/// Which samples come out of order on purpose: decided by seed, tick and series alone. Native histograms and markers of staleness never do.
/// </summary>
/// <param name="Seed">Key of the draws.</param>
/// <param name="Fraction">Share of the samples, 0 to 1.</param>
public sealed record LateSamples(ulong Seed, double Fraction)
{
    private readonly KeyedRandom _random = new(Seed);

    /// <summary>Whether a sample is late.</summary>
    /// <param name="series">Hash of the series' labels.</param>
    /// <param name="tick">Tick of the sample.</param>
    internal bool Holds(ulong series, long tick) => _random.Draw(series, Purpose.LateSample, tick).UniformA < Fraction;
}
