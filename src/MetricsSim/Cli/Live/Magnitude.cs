using System.Globalization;

namespace MetricsSim.Cli.Live;

/// <summary>Numbers short enough to be read at a glance: <c>9.1</c>, <c>138</c>, <c>12.3k</c>, <c>4.5M</c>.</summary>
internal static class Magnitude
{
    /// <summary>Writes a number with about three digits.</summary>
    /// <param name="value">Zero or more.</param>
    /// <returns>At most six characters up to 10¹⁵.</returns>
    public static string Text(double value)
    {
        var (scaled, suffix) = value switch
        {
            >= 999.5e9 => (value / 1e12, "T"),
            >= 999.5e6 => (value / 1e9, "G"),
            >= 999.5e3 => (value / 1e6, "M"),
            >= 999.5 => (value / 1e3, "k"),
            _ => (value, ""),
        };
        var format = scaled >= 99.95 ? "0" : scaled >= 9.995 || suffix.Length > 0 ? "0.#" : "0.##";
        return scaled.ToString(format, CultureInfo.InvariantCulture) + suffix;
    }
}
