using System.Globalization;

namespace MetricsSim.Api;

/// <summary>Lengths of time as requests write them.</summary>
internal static class DurationValue
{
    /// <summary>Reads seconds (<c>600</c>) or a text (<c>90s</c>, <c>10m</c>, <c>2h</c>).</summary>
    /// <param name="text">What is written.</param>
    /// <param name="duration">The length.</param>
    /// <returns>Whether it is one.</returns>
    public static bool TryParse(string text, out TimeSpan duration)
    {
        (string number, double unit) = text switch
        {
            [.. var head, 's'] => (head, 1),
            [.. var head, 'm'] => (head, 60),
            [.. var head, 'h'] => (head, 3600),
            _ => (text, 1d),
        };
        duration = default;
        if (!double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double value)) return false;
        if (!(value * unit <= TimeSpan.MaxValue.TotalSeconds / 2)) return false;
        duration = TimeSpan.FromSeconds(value * unit);
        return true;
    }
}
