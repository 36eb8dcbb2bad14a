using MathNet.Numerics;

namespace MetricsSim.Studies;

/// <summary>How a cost grows: <c>factor · x^exponent</c>, a straight line on axes of logarithms.</summary>
/// <param name="Factor">The cost at x = 1, &gt; 0.</param>
/// <param name="Exponent">1 is in proportion to x, 0 is not at all.</param>
/// <param name="RSquared">Share of the variance of the logarithms that the line explains, 0–1; null for two places, which any line explains.</param>
internal sealed record PowerLaw(double Factor, double Exponent, double? RSquared)
{
    /// <summary>The cost that the law gives.</summary>
    /// <param name="x">&gt; 0.</param>
    public double At(double x) => Factor * Math.Pow(x, Exponent);

    /// <summary>Fits by least squares of the logarithms. Points that have none, failures among them, are left out.</summary>
    /// <param name="points">What was measured.</param>
    /// <returns>Null with fewer than two places to put a line through.</returns>
    public static PowerLaw? Fit(IEnumerable<PlotPoint> points)
    {
        var usable = points.Where(point => point is { X: > 0, Y: > 0 } && double.IsFinite(point.X) && double.IsFinite(point.Y)).ToList();
        var places = usable.DistinctBy(point => point.X).Count();
        if (places < 2) return null;
        double[] x = [.. usable.Select(point => Math.Log(point.X))];
        double[] y = [.. usable.Select(point => Math.Log(point.Y))];
        var (intercept, slope) = MathNet.Numerics.Fit.Line(x, y);
        var explained = GoodnessOfFit.RSquared(x.Select(at => intercept + (slope * at)), y);
        // A cost that does not change has no variance to explain.
        return new PowerLaw(Math.Exp(intercept), slope, places == 2 || double.IsNaN(explained) ? null : explained);
    }
}

/// <summary>A cost at a size.</summary>
/// <param name="X">The size.</param>
/// <param name="Y">The cost; +∞ for what failed.</param>
/// <param name="High">What it comes to at times, ≥ <paramref name="Y"/>, and what limits are held against; null where there is no more than the one figure.</param>
internal readonly record struct PlotPoint(double X, double Y, double? High = null)
{
    /// <summary>What limits are held against.</summary>
    public double Worst => High ?? Y;
}
