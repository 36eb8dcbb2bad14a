using Law = MathNet.Numerics.Distributions.Normal;

namespace MetricsSim.Analysis.Learning;

/// <summary>A normal law whose negative values count as 0, which is what a rate below 0 comes to.</summary>
internal static class RectifiedNormal
{
    private const double Least = -4;
    private const double Most = 8;

    /// <summary>Finds the normal law that, cut at 0, has given moments. With r = μ/σ: E[X⁺] = σ (rΦ(r) + φ(r)), E[X⁺²] = σ² ((r² + 1)Φ(r) + rφ(r)).</summary>
    /// <param name="mean">Mean after the cut, &gt; 0.</param>
    /// <param name="variance">Variance after the cut.</param>
    /// <returns>Mean and standard deviation before it.</returns>
    public static (double Mean, double Deviation) Of(double mean, double variance)
    {
        var wanted = 1 + (variance / (mean * mean));
        var (low, high) = (Least, Most);
        // The ratio of the moments falls with r; a hundred halvings leave nothing of the bracket.
        for (var i = 0; i < 100; i++)
        {
            var middle = (low + high) / 2;
            if (Second(middle) / (First(middle) * First(middle)) > wanted) low = middle;
            else high = middle;
        }

        var deviation = mean / First(low);
        return (low * deviation, deviation);
    }

    private static double First(double r) => (r * Law.CDF(0, 1, r)) + Law.PDF(0, 1, r);

    private static double Second(double r) => (((r * r) + 1) * Law.CDF(0, 1, r)) + (r * Law.PDF(0, 1, r));
}
