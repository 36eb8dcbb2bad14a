using System.Globalization;

namespace MetricsSim.Wire.TextFormat;

/// <summary>
/// The text of a number inside a label (<c>le</c>), where equal numbers need equal text: OpenMetrics 1.0 "Canonical Numbers", that is Go's
/// shortest <c>%g</c> with <c>.0</c> appended where neither point nor exponent shows that it is a float. Prometheus normalises to it too.
/// </summary>
internal static class CanonicalNumber
{
    /// <summary><c>0.1</c>, <c>10.0</c>, <c>100000.0</c>, <c>1e+06</c>, <c>1.6777216e+07</c>, <c>1e-05</c>, <c>+Inf</c>.</summary>
    public static string Format(double value)
    {
        if (double.IsNaN(value))
        {
            return "NaN";
        }

        if (double.IsInfinity(value))
        {
            return value > 0 ? "+Inf" : "-Inf";
        }

        if (value == 0)
        {
            return double.IsNegative(value) ? "-0.0" : "0.0";
        }

        // "R" is d.dddE+xx, ddd.ddd or 0.00ddd: the digits are those without zeros at the ends, the exponent is where the point stands.
        var text = Math.Abs(value).ToString("R", CultureInfo.InvariantCulture).Split('E');
        var point = text[0].IndexOf('.', StringComparison.Ordinal);
        var all = text[0].Replace(".", "", StringComparison.Ordinal);
        var leadingZeros = all.Length - all.TrimStart('0').Length;
        var exponent = (point < 0 ? all.Length : point) - 1 - leadingZeros + (text.Length > 1 ? int.Parse(text[1], CultureInfo.InvariantCulture) : 0);
        var mantissa = all.Trim('0');
        return (value < 0 ? "-" : "") + Compose(mantissa, exponent);
    }

    private static string Compose(string digits, int exponent)
    {
        if (exponent is < -4 or >= 6)
        {
            var fraction = digits.Length > 1 ? "." + digits[1..] : "";
            return string.Create(CultureInfo.InvariantCulture, $"{digits[0]}{fraction}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}");
        }

        if (exponent < 0)
        {
            return "0." + new string('0', -exponent - 1) + digits;
        }

        var whole = digits.PadRight(exponent + 1, '0');
        return whole[..(exponent + 1)] + "." + (whole.Length > exponent + 1 ? whole[(exponent + 1)..] : "0");
    }
}
