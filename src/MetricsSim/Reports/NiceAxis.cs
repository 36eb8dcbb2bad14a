using System.Globalization;

namespace MetricsSim.Reports;

/// <summary>Ticks of an axis at round numbers.</summary>
internal static class NiceAxis
{
    private static readonly double[] TimeSteps = [60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200, 86400];

    /// <summary>Ticks from 0 to at least a value.</summary>
    /// <param name="highest">The largest value, ≥ 0.</param>
    /// <param name="most">Intervals at most, at least 2.</param>
    /// <returns>Ascending; at least 0 and one more.</returns>
    public static IReadOnlyList<double> From0To(double highest, int most)
    {
        if (!(highest > 0)) highest = 1;
        var step = Step(highest / most);
        var count = (int)Math.Ceiling((highest / step) - 1e-9);
        return [.. Enumerable.Range(0, count + 1).Select(i => i * step)];
    }

    /// <summary>The least round number that is not below another: 1, 2, 2.5 or 5 times a power of ten.</summary>
    /// <param name="rough">Greater than 0.</param>
    public static double Step(double rough)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        return power * new[] { 1, 2, 2.5, 5, 10 }.First(factor => factor * power >= rough * (1 - 1e-9));
    }

    /// <summary>Ticks of a time axis.</summary>
    /// <param name="seconds">Its length.</param>
    /// <param name="most">Intervals at most.</param>
    /// <returns>Seconds, from 0 on.</returns>
    public static IReadOnlyList<double> Time(double seconds, int most)
    {
        var step = TimeSteps.FirstOrDefault(candidate => seconds / candidate <= most, Math.Ceiling(seconds / most / 86400) * 86400);
        // A run of seconds would have one tick only.
        if (seconds < 2 * TimeSteps[0]) step = From0To(seconds, most)[1];
        return [.. Enumerable.Range(0, (int)Math.Floor((seconds / step) + 1e-9) + 1).Select(i => i * step)];
    }

    /// <summary>A time as hours and minutes, or minutes and seconds in a short run.</summary>
    public static string TimeText(double at, double length)
    {
        if (length < 120) return $"{at.ToString("0.#", CultureInfo.InvariantCulture)} s";
        var time = TimeSpan.FromSeconds(at);
        return length <= 3600 ? $"{time.TotalMinutes:0} min" : $"{(int)time.TotalHours}:{time.Minutes:00} h";
    }

    /// <summary>A number as short as it goes.</summary>
    public static string Text(double value) => Math.Abs(value) switch
    {
        >= 1e9 => $"{value / 1e9:0.##}G",
        >= 1e6 => $"{value / 1e6:0.##}M",
        >= 1e4 => $"{value / 1e3:0.##}k",
        _ => value.ToString("0.####", CultureInfo.InvariantCulture),
    };
}
