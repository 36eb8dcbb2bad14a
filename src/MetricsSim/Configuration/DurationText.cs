using System.Globalization;

namespace MetricsSim.Configuration;

/// <summary>Lengths of time as the configuration has them: seconds (<c>600</c>, <c>0.5</c>) or text (<c>90s</c>, <c>10m</c>, <c>1h30m</c>).</summary>
internal static class DurationText
{
    /// <summary>What is allowed, for messages.</summary>
    public const string Allowed = "a duration: seconds (600) or text (90s, 10m, 2h, 1d)";

    private static readonly TimeSpan Longest = TimeSpan.FromDays(3660);

    /// <summary>Reads a length of time.</summary>
    /// <param name="text">What was given.</param>
    /// <param name="value">Zero up to about ten years.</param>
    /// <returns>Whether it could be read.</returns>
    public static bool TryParse(string text, out TimeSpan value)
    {
        value = TimeSpan.Zero;
        text = text.Trim();
        if (!(Number(text) is { } seconds || TrySum(text, out seconds)) || !(seconds <= Longest.TotalSeconds)) return false;
        value = FromSeconds(seconds);
        return true;
    }

    /// <summary>Adds up the parts of a text with units, whatever they come to.</summary>
    /// <param name="text">E.g. <c>1h30m</c>.</param>
    /// <param name="seconds">The sum.</param>
    /// <returns>Whether it could be read.</returns>
    public static bool TrySum(string text, out double seconds)
    {
        seconds = 0;
        if (text.Length == 0) return false;
        while (text.Length > 0)
        {
            var digits = text.TakeWhile(c => char.IsAsciiDigit(c) || c == '.').Count();
            var letters = text.Skip(digits).TakeWhile(char.IsAsciiLetter).Count();
            if (Number(text[..digits]) is not { } count || Unit(text[digits..(digits + letters)]) is not { } unit) return false;
            seconds += count * unit;
            text = text[(digits + letters)..];
        }

        return true;
    }

    /// <summary>Seconds as a length of time, rounded to its resolution of 100 ns.</summary>
    /// <param name="seconds">At most about ten years.</param>
    /// <returns>The length.</returns>
    public static TimeSpan FromSeconds(double seconds) => TimeSpan.FromTicks((long)Math.Round(seconds * TimeSpan.TicksPerSecond));

    /// <summary>Writes a length of time, shortest: <c>90s</c>, <c>10m</c>, <c>1h30m</c>, <c>500ms</c>.</summary>
    /// <param name="value">Zero or more.</param>
    /// <returns>Text that <see cref="TryParse"/> reads.</returns>
    public static string Format(TimeSpan value)
    {
        if (value == TimeSpan.Zero) return "0";
        if (value < TimeSpan.FromSeconds(1)) return $"{value.TotalMilliseconds.ToString("0.####", CultureInfo.InvariantCulture)}ms";
        if (value.Ticks % TimeSpan.TicksPerSecond != 0) return $"{value.TotalSeconds.ToString("0.#######", CultureInfo.InvariantCulture)}s";
        var total = (long)value.TotalSeconds;
        if (total is < 120 and not 60) return $"{total}s";
        return string.Concat(
            total >= 86400 && total % 86400 == 0 ? $"{total / 86400}d" : total >= 3600 ? $"{total / 3600}h" : "",
            total % 3600 >= 60 ? $"{total % 3600 / 60}m" : "",
            total % 60 != 0 ? $"{total % 60}s" : "");
    }

    private static double? Number(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) ? value : null;

    private static double? Unit(string text) => text switch
    {
        "ms" => 0.001,
        "s" => 1,
        "m" => 60,
        "h" => 3600,
        "d" => 86400,
        _ => null,
    };
}
