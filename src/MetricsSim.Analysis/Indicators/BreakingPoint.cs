using MetricsSim.Analysis.Runs;

namespace MetricsSim.Analysis.Indicators;

/// <summary><c>breaking_point</c>: the highest 30 s mean of active sessions among 30 s windows with an error rate under 5 %.</summary>
internal static class BreakingPoint
{
    private const double WindowSeconds = 30;
    private const double MostErrors = 0.05;

    public static Measured Measure(RunWindow window)
    {
        var highest = double.NaN;
        var width = window.Series.SamplesIn(WindowSeconds);
        for (var to = window.From + width; to <= window.To; to++)
        {
            var part = new RunWindow(window.Series, to - width, to);
            if (!(part.ErrorRate < MostErrors)) continue;
            var mean = part.Mean(window.Series.ActiveSessions);
            if (!(mean <= highest)) highest = mean;
        }

        return new(highest, double.IsNaN(highest) ? "no 30 s with requests and an error rate under 5 %" : null);
    }
}
