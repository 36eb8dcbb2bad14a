using System.Globalization;
using System.Text.RegularExpressions;

namespace MetricsSim.Dashboards;

/// <summary>
/// Lengths of time as Grafana reads, rounds and writes them: <c>packages/grafana-data/src/datetime/rangeutil.ts</c> of
/// https://github.com/grafana/grafana and <c>backend/gtime</c> of https://github.com/grafana/grafana-plugin-sdk-go.
/// </summary>
internal static partial class GrafanaInterval
{
    private const double Day = 86_400_000;

    // Up to the first value, exclusive, an interval is rounded to the second; both in ms.
    private static readonly (double Below, double Rounded)[] Rounding =
    [
        (10, 1), (15, 10), (35, 20), (75, 50), (150, 100), (350, 200), (750, 500), (1500, 1000), (3500, 2000), (7500, 5000), (12_500, 10_000), (17_500, 15_000),
        (25_000, 20_000), (45_000, 30_000), (90_000, 60_000), (210_000, 120_000), (450_000, 300_000), (750_000, 600_000), (1_050_000, 900_000),
        (1_500_000, 1_200_000), (2_700_000, 1_800_000), (5_400_000, 3_600_000), (9_000_000, 7_200_000), (16_200_000, 10_800_000), (32_400_000, 21_600_000),
        (Day, Day / 2), (7 * Day, Day), (21 * Day, 7 * Day), (42 * Day, 30 * Day), (double.PositiveInfinity, 365 * Day),
    ];

    /// <summary>Rounds an interval to one that people like: 13.2 s is 15 s.</summary>
    /// <param name="interval">Longer than 0.</param>
    /// <returns>A round one, at least 1 ms.</returns>
    public static TimeSpan Round(TimeSpan interval) =>
        TimeSpan.FromMilliseconds(Rounding.First(step => interval.TotalMilliseconds < step.Below).Rounded);

    /// <summary>Reads a length of time: a number of seconds, or a number with ms, s, m, h, d, w, M or y, maybe several; a leading &lt; or &gt; is passed over.</summary>
    /// <param name="text">The text.</param>
    /// <returns>Null for anything else, and for more than a hundred years.</returns>
    public static TimeSpan? Parse(string text)
    {
        text = text.Trim().TrimStart('<', '>');
        if (text.Length is 0 or > 40) return null;
        if (text.All(char.IsAsciiDigit)) text += "s";
        if (!Lengths().IsMatch(text)) return null;
        var milliseconds = Part().Matches(text).Sum(part => double.Parse(part.Groups["n"].ValueSpan, CultureInfo.InvariantCulture) * part.Groups["u"].Value switch
        {
            "ms" => 1,
            "s" => 1000,
            "m" => 60_000,
            "h" => 3_600_000,
            "d" => Day,
            "w" => 7 * Day,
            "M" => 30 * Day,
            _ => 365 * Day,
        });
        return milliseconds is > 0 and <= 36_500 * Day ? TimeSpan.FromMilliseconds(milliseconds) : null;
    }

    /// <summary>Writes an interval with the largest unit that fits, cutting off the rest: 90 s is <c>1m</c>, as Grafana has it.</summary>
    /// <param name="interval">At least 1 ms.</param>
    public static string Text(TimeSpan interval) => interval.TotalMilliseconds switch
    {
        >= 365 * Day => $"{(long)(interval.TotalDays / 365)}y",
        >= Day => $"{(long)interval.TotalDays}d",
        >= 3_600_000 => $"{(long)interval.TotalHours}h",
        >= 60_000 => $"{(long)interval.TotalMinutes}m",
        >= 1000 => $"{(long)interval.TotalSeconds}s",
        >= 1 => $"{(long)interval.TotalMilliseconds}ms",
        _ => "1ms",
    };

    /// <summary>Writes a length of time as Go does, which is what Grafana puts for <c>$__rate_interval</c>: <c>1m15s</c>, <c>1h0m0s</c>.</summary>
    /// <param name="length">Of whole milliseconds, longer than 0.</param>
    public static string GoText(TimeSpan length)
    {
        if (length < TimeSpan.FromSeconds(1)) return $"{(long)length.TotalMilliseconds}ms";
        var seconds = (length.Seconds + (length.Milliseconds / 1000.0)).ToString("0.###", CultureInfo.InvariantCulture);
        if (length < TimeSpan.FromMinutes(1)) return $"{seconds}s";
        return length < TimeSpan.FromHours(1) ? $"{length.Minutes}m{seconds}s" : $"{(long)length.TotalHours}h{length.Minutes}m{seconds}s";
    }

    [GeneratedRegex("^([0-9]+(\\.[0-9]+)?(ms|[smhdwMy]))+$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Lengths();

    [GeneratedRegex("(?<n>[0-9]+(\\.[0-9]+)?)(?<u>ms|[smhdwMy])", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Part();
}
