using System.Globalization;

namespace MetricsSim.Dashboards.Drawing.Units;

/// <summary>Numbers with as many decimals as asked for, or as many as their size deserves.</summary>
internal static class FixedNumber
{
    private const int MostDecimals = 15;

    /// <summary>Writes a number.</summary>
    /// <param name="value">The number.</param>
    /// <param name="decimals">How many decimals; null for about three significant digits.</param>
    public static string Text(double value, int? decimals)
    {
        if (double.IsNaN(value)) return "NaN";
        if (double.IsInfinity(value)) return value > 0 ? "∞" : "-∞";
        var text = value.ToString($"F{Math.Clamp(decimals ?? Decimals(value), 0, MostDecimals)}", CultureInfo.InvariantCulture);
        // What rounds to nothing has no sign.
        return text[0] == '-' && text.All(c => c is '-' or '0' or '.') ? text[1..] : text;
    }

    /// <summary>Three significant digits, and none behind the point of a whole number, as Grafana does where nothing is configured.</summary>
    private static int Decimals(double value) => value % 1 == 0 ? 0 : Math.Max(0, 2 - (int)Math.Floor(Math.Log10(Math.Abs(value))));
}
