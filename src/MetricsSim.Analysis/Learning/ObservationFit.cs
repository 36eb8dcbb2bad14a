using MetricsSim.Core.Numerics;
using Law = MathNet.Numerics.Distributions.Normal;

namespace MetricsSim.Analysis.Learning;

/// <summary>A log-normal law of observations.</summary>
/// <param name="Median">e^μ, &gt; 0.</param>
/// <param name="Sigma">σ, ≥ 0.</param>
/// <param name="Basis">What was measured and what is assumed, in a few words.</param>
public sealed record ObservationLaw(double Median, double Sigma, string Basis);

/// <summary>
/// Fits the log-normal law to what a histogram or a summary tells of its observations: a line through ln x over the standard normal's
/// quantile of the share up to x, weighted by how well that share is known.
/// </summary>
public static class ObservationFit
{
    /// <summary>σ where the data doesn't tell it.</summary>
    public const double AssumedSigma = 0.8;

    private const double MostSigma = 5;

    /// <summary>From a classic histogram.</summary>
    /// <param name="bounds">Upper bounds, ascending, without +Inf.</param>
    /// <param name="cumulative">Count up to each bound.</param>
    /// <param name="count">Count of all observations.</param>
    /// <param name="sum">Their sum.</param>
    public static ObservationLaw OfHistogram(IReadOnlyList<double> bounds, IReadOnlyList<double> cumulative, double count, double sum)
    {
        if (!(count > 0)) return new(TypicalBound(bounds), AssumedSigma, "no observations yet, so their law is assumed");
        var points = new List<(double Share, double Value, double Weight)>();
        for (var i = 0; i < bounds.Count; i++)
        {
            // Bounds with nothing between them and the last say nothing new, and would outweigh those that do.
            var share = cumulative[i] / count;
            if (bounds[i] > 0 && share is > 0 and < 1 && (i == 0 || cumulative[i] > cumulative[i - 1])) points.Add((share, bounds[i], WeightOf(share)));
        }

        return Line(points) is var (median, sigma)
            ? new(median, sigma, $"observations fitted to {points.Count} buckets")
            : FromMean(sum / count, points);
    }

    /// <summary>From a summary.</summary>
    /// <param name="quantiles">Quantiles 0 to 1 and their values, NaN where there is none.</param>
    /// <param name="count">Count of all observations.</param>
    /// <param name="sum">Their sum.</param>
    public static ObservationLaw OfSummary(IEnumerable<(double Quantile, double Value)> quantiles, double count, double sum)
    {
        var points = quantiles.Where(point => point.Quantile is > 0 and < 1 && point.Value > 0 && double.IsFinite(point.Value))
            .Select(point => (point.Quantile, point.Value, WeightOf(point.Quantile))).ToList();
        if (Line(points) is var (median, sigma)) return new(median, sigma, $"observations fitted to {points.Count} quantiles");
        return count > 0 ? FromMean(sum / count, points) : new(1, AssumedSigma, "no observations yet, so their law is assumed");
    }

    // The variance of Φ⁻¹ of a share p of n is about p(1 − p) / (n φ²).
    private static double WeightOf(double share)
    {
        var density = Law.PDF(0, 1, Law.InvCDF(0, 1, share));
        return density * density / (share * (1 - share));
    }

    private static (double Median, double Sigma)? Line(List<(double Share, double Value, double Weight)> points)
    {
        if (points.Count < 2) return null;
        var weight = points.Sum(point => point.Weight);
        var z = points.Select(point => Law.InvCDF(0, 1, point.Share)).ToArray();
        var x = points.Select(point => PortableMath.Log(point.Value)).ToArray();
        var meanZ = points.Select((point, i) => point.Weight * z[i]).Sum() / weight;
        var meanX = points.Select((point, i) => point.Weight * x[i]).Sum() / weight;
        var squares = points.Select((point, i) => point.Weight * (z[i] - meanZ) * (z[i] - meanZ)).Sum();
        if (squares <= 0) return null;
        var sigma = points.Select((point, i) => point.Weight * (z[i] - meanZ) * (x[i] - meanX)).Sum() / squares;
        sigma = Math.Clamp(sigma, 0, MostSigma);
        return (PortableMath.Exp(meanX - (sigma * meanZ)), sigma);
    }

    private static ObservationLaw FromMean(double mean, List<(double Share, double Value, double Weight)> points)
    {
        if (points is [var only])
        {
            var median = PortableMath.Exp(PortableMath.Log(only.Value) - (AssumedSigma * Law.InvCDF(0, 1, only.Share)));
            return new(median, AssumedSigma, "median of observations measured, their spread assumed");
        }

        return mean > 0 && double.IsFinite(mean)
            ? new(mean * PortableMath.Exp(-AssumedSigma * AssumedSigma / 2), AssumedSigma, "mean of observations measured, their spread assumed")
            : new(1, AssumedSigma, "observations assumed");
    }

    private static double TypicalBound(IReadOnlyList<double> bounds) => bounds.Count > 0 && bounds[bounds.Count / 2] > 0 ? bounds[bounds.Count / 2] : 1;
}
