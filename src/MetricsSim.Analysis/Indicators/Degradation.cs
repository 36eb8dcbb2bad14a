using MetricsSim.Analysis.Runs;

namespace MetricsSim.Analysis.Indicators;

/// <summary>
/// <c>graceful_degradation</c>: whether goodput (successful requests per second, over 60 s) stays over 80 % of its peak on average over the
/// windows in which more was offered than could be served.
/// </summary>
internal static class Degradation
{
    private const double WindowSeconds = 60;
    private const double LeastShare = 0.8;

    public static Measured Measure(RunWindow window)
    {
        var series = window.Series;
        var width = series.SamplesIn(WindowSeconds);
        var (peak, least, sum, windows) = (0.0, double.PositiveInfinity, 0.0, 0);
        for (var to = window.From + width; to <= window.To; to++)
        {
            var part = new RunWindow(series, to - width, to);
            peak = Math.Max(peak, part.Goodput);
            if (!(part.Rate(series.Attempts) > part.Mean(series.Capacity))) continue;
            least = Math.Min(least, part.Goodput);
            sum += part.Goodput;
            windows++;
        }

        if (windows == 0) return new(double.NaN, "not reached: the offered load never passed the capacity");
        if (peak <= 0) return new(0, "nothing succeeded");
        var share = sum / windows / peak;
        return new(share > LeastShare ? 1 : 0, $"goodput in overload is {share:P0} of the peak of {peak:F0}/s, {least / peak:P0} at its worst");
    }
}
