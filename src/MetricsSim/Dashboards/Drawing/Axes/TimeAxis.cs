using System.Globalization;

namespace MetricsSim.Dashboards.Drawing.Axes;

/// <summary>Ticks of a time axis at round times of UTC.</summary>
internal static class TimeAxis
{
    private const double Day = 86_400;

    private static readonly double[] Steps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, Day, 2 * Day, 7 * Day, 14 * Day, 30 * Day, 90 * Day, 365 * Day];

    /// <summary>Makes ticks.</summary>
    /// <param name="from">Seconds since the Unix epoch.</param>
    /// <param name="to">Later than the beginning.</param>
    /// <param name="most">Intervals at most, at least 1.</param>
    /// <returns>Ascending; may be none.</returns>
    public static IReadOnlyList<AxisTick> Ticks(double from, double to, int most)
    {
        var step = Steps.FirstOrDefault(candidate => (to - from) / candidate <= most, Math.Ceiling((to - from) / most / Day) * Day);
        var first = Math.Ceiling((from / step) - 1e-9) * step;
        var count = (int)Math.Clamp(Math.Floor(((to - first) / step) + 1e-9) + 1, 0, 100);
        return [.. Enumerable.Range(0, count).Select(i => first + (i * step)).Select(at => new AxisTick(at, Text(at, step)))];
    }

    /// <summary>A time of UTC.</summary>
    /// <param name="seconds">Since the Unix epoch.</param>
    /// <param name="format">As .NET writes times.</param>
    public static string Text(double seconds, string format) =>
        DateTime.UnixEpoch.AddSeconds(Math.Clamp(seconds, -6e10, 2.5e11)).ToString(format, CultureInfo.InvariantCulture);

    // A midnight between hours says which day begins.
    private static string Text(double at, double step) => step >= Day || at % Day == 0 ? Text(at, "MMM d") : Text(at, step < 60 ? "HH:mm:ss" : "HH:mm");
}
