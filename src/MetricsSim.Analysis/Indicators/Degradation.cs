using MetricsSim.Analysis.Runs;

namespace MetricsSim.Analysis.Indicators;

/// <summary>
/// <c>graceful_degradation</c>: whether goodput (successful requests per second, over 60 s) stays over 80 % of its peak in all windows in
/// which more was offered than could be served.
/// </summary>
internal static class Degradation
{
    private const double WindowSeconds = 60;
    private const double LeastShare = 0.8;

    public static Measured Measure(RunWindow window)
    {
        var series = window.Series;
        var width = series.BoundaryAt(WindowSeconds);
        var (peak, worst) = (0.0, double.PositiveInfinity);
        for (var to = window.From + width; to <= window.To; to++)
        {
            var part = new RunWindow(series, to - width, to);
            peak = Math.Max(peak, part.Goodput);
            if (part.Rate(series.Attempts) > part.Mean(series.Capacity)) worst = Math.Min(worst, part.Goodput);
        }

        if (double.IsPositiveInfinity(worst)) return new(double.NaN, "not reached: the offered load never passed the capacity");
        var share = peak > 0 ? worst / peak : 0;
        return new(share > LeastShare ? 1 : 0, $"least goodput in overload is {share:P1} of the peak of {peak:F1}/s");
    }
}
