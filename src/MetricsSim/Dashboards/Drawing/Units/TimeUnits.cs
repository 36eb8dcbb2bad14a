using System.Globalization;

namespace MetricsSim.Dashboards.Drawing.Units;

/// <summary>Lengths of time and dates.</summary>
internal static class TimeUnits
{
    private static readonly (double Seconds, string Name)[] Clock = [(31_536_000, "year"), (2_592_000, "month"), (604_800, "week"), (86_400, "day"), (3600, "hour"), (60, "minute"), (1, "second"), (0.001, "millisecond")];

    /// <summary>A length in the largest unit of which it has at least one.</summary>
    /// <param name="scale">Seconds in one of what the values count.</param>
    public static UnitFormat Length(double scale) => (value, decimals) =>
    {
        var seconds = value * scale;
        var (unit, symbol) = Math.Abs(seconds) switch
        {
            // Nothing at all stays in the unit that it was counted in.
            0 => Own(scale),
            < 1e-6 => (1e-9, "ns"),
            < 1e-3 => (1e-6, "µs"),
            < 1 => (1e-3, "ms"),
            < 60 => (1, "s"),
            < 3600 => (60, "min"),
            < 86_400 => (3600, "hour"),
            < 604_800 => (86_400, "day"),
            < 31_536_000 => (604_800, "week"),
            _ => (31_536_000, "year"),
        };
        var text = FixedNumber.Text(seconds / unit, decimals);
        return new("", text, $" {symbol}{(unit > 60 && text != "1" ? "s" : "")}");
    };

    /// <summary>1 hour, 30 minutes: as many parts as decimals, and one more.</summary>
    /// <param name="scale">Seconds in one of what the values count.</param>
    public static UnitFormat Parts(double scale) => (value, decimals) =>
    {
        var left = Math.Abs(value * scale);
        var parts = new List<string>();
        foreach (var (seconds, name) in Clock)
        {
            var whole = Math.Floor((left / seconds) + 1e-9);
            if (parts.Count == 0 && whole < 1) continue;
            parts.Add($"{whole.ToString("0", CultureInfo.InvariantCulture)} {name}{(whole == 1 ? "" : "s")}");
            left = Math.Max(0, left - (whole * seconds));
            if (parts.Count > (decimals ?? 0)) break;
        }

        return new("", parts.Count == 0 ? "0 seconds" : string.Join(", ", parts), value < 0 ? " ago" : "");
    };

    /// <summary>01:30:05, in seconds.</summary>
    public static DisplayText HoursMinutesSeconds(double value, int? decimals)
    {
        var seconds = Math.Floor(Math.Min(Math.Abs(value), 1e12));
        var text = $"{Math.Floor(seconds / 3600).ToString("00", CultureInfo.InvariantCulture)}:{(int)(seconds % 3600 / 60):00}:{(int)(seconds % 60):00}";
        return new("", text, value < 0 ? " ago" : "");
    }

    /// <summary>A date and time, of ms since the Unix epoch, in UTC.</summary>
    /// <param name="format">As .NET writes times.</param>
    public static UnitFormat Date(string format) => (value, _) => new("", Instant(value) is { } at ? at.ToString(format, CultureInfo.InvariantCulture) : FixedNumber.Text(value, null), "");

    /// <summary>How long ago a time was.</summary>
    /// <param name="value">ms since the Unix epoch.</param>
    /// <param name="now">Seconds since the Unix epoch.</param>
    public static DisplayText FromNow(double value, double now)
    {
        var away = now - (value / 1000);
        var length = Length(1)(Math.Abs(away), 0).ToString();
        return new("", away >= 0 ? $"{length} ago" : $"in {length}", "");
    }

    private static (double Seconds, string Symbol) Own(double scale) => scale switch
    {
        1e-9 => (scale, "ns"),
        1e-6 => (scale, "µs"),
        1e-3 => (scale, "ms"),
        60 => (scale, "min"),
        3600 => (scale, "hour"),
        86_400 => (scale, "day"),
        _ => (1, "s"),
    };

    private static DateTime? Instant(double milliseconds) =>
        Math.Abs(milliseconds) < 6e13 ? DateTime.UnixEpoch.AddMilliseconds(milliseconds) : null;
}
