using System.Globalization;

namespace MetricsSim.Cli;

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
        if (text.Length == 0) return false;
        if (Number(text) is { } seconds) return Add(seconds, TimeSpan.FromSeconds(1), ref value);
        while (text.Length > 0)
        {
            var digits = text.TakeWhile(c => char.IsAsciiDigit(c) || c == '.').Count();
            var letters = text.Skip(digits).TakeWhile(char.IsAsciiLetter).Count();
            if (Number(text[..digits]) is not { } count || Unit(text[digits..(digits + letters)]) is not { } unit) return false;
            if (!Add(count, unit, ref value)) return false;
            text = text[(digits + letters)..];
        }

        return true;
    }

    /// <summary>Writes a length of time with the largest units that fit: <c>1h30m</c>, <c>2s</c>.</summary>
    /// <param name="value">Zero or more.</param>
    /// <returns>Text that <see cref="TryParse"/> reads.</returns>
    public static string Format(TimeSpan value)
    {
        var parts = new List<string>();
        if (value.Days > 0) parts.Add($"{value.Days}d");
        if (value.Hours > 0) parts.Add($"{value.Hours}h");
        if (value.Minutes > 0) parts.Add($"{value.Minutes}m");
        var seconds = value - new TimeSpan(value.Days, value.Hours, value.Minutes, 0);
        if (seconds > TimeSpan.Zero || parts.Count == 0) parts.Add($"{seconds.TotalSeconds.ToString("0.######", CultureInfo.InvariantCulture)}s");
        return string.Concat(parts);
    }

    private static double? Number(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) ? value : null;

    private static TimeSpan? Unit(string text) => text switch
    {
        "ms" => TimeSpan.FromMilliseconds(1),
        "s" => TimeSpan.FromSeconds(1),
        "m" => TimeSpan.FromMinutes(1),
        "h" => TimeSpan.FromHours(1),
        "d" => TimeSpan.FromDays(1),
        _ => null,
    };

    private static bool Add(double count, TimeSpan unit, ref TimeSpan value)
    {
        // Not a number is refused, too.
        if (!(count * unit.TotalSeconds <= Longest.TotalSeconds)) return false;
        value += TimeSpan.FromMicroseconds(Math.Round(count * unit.TotalMicroseconds));
        return value <= Longest;
    }
}
