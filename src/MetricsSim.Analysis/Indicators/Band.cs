using MathNet.Numerics.Statistics;

namespace MetricsSim.Analysis.Indicators;

/// <summary>Where a signal lies when nothing is wrong.</summary>
/// <param name="Mean">Middle.</param>
/// <param name="HalfWidth">Distance to either edge, ≥ 0.</param>
public readonly record struct Band(double Mean, double HalfWidth)
{
    private const double Deviations = 3;

    /// <summary>The mean of values ± 3 standard deviations; values that are NaN say nothing and are left out.</summary>
    /// <param name="values">The values.</param>
    /// <param name="least">Least half width, from the mean.</param>
    /// <returns>The band; of NaN when there is no value.</returns>
    public static Band Of(IEnumerable<double> values, Func<double, double> least)
    {
        var known = values.Where(double.IsFinite).ToArray();
        var mean = known.Length == 0 ? double.NaN : known.Mean();
        var deviation = known.Length < 2 ? 0 : known.StandardDeviation();
        return new(mean, Math.Max(Deviations * deviation, least(mean)));
    }

    /// <summary>Whether a value lies within.</summary>
    /// <param name="value">The value; NaN does not.</param>
    /// <returns>True if it does.</returns>
    public bool Holds(double value) => Math.Abs(value - Mean) <= HalfWidth;
}
