namespace MetricsSim.Dashboards.Drawing.Units;

/// <summary>Writes a finite value in a unit.</summary>
/// <param name="value">The value.</param>
/// <param name="decimals">How many decimals; null for about three significant digits.</param>
internal delegate DisplayText UnitFormat(double value, int? decimals);

/// <summary>The ways in which units scale.</summary>
internal static class UnitFormats
{
    private static readonly string[] Thousands = ["", "K", "M", "B", "T"];
    private static readonly string[] Words = ["", " K", " Mil", " Bil", " Tri", " Quadr", " Quint"];
    private static readonly string[] Metric = ["f", "p", "n", "µ", "m", "", "k", "M", "G", "T", "P", "E"];
    private static readonly string[] Binary = ["", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"];

    /// <summary>1.5 Mil.</summary>
    public static UnitFormat Short { get; } = Scaled(1000, Words, 0);

    /// <summary>The number and a symbol behind it, never scaled.</summary>
    public static UnitFormat Fixed(string symbol, double factor = 1) => (value, decimals) => new("", FixedNumber.Text(value * factor, decimals), symbol);

    /// <summary>The number and a symbol before it, never scaled.</summary>
    public static UnitFormat Prefixed(string symbol) => (value, decimals) => new(symbol, FixedNumber.Text(value, decimals), "");

    /// <summary>1.5K req/s.</summary>
    public static UnitFormat Count(string symbol) => Scaled(1000, [.. Thousands.Select(prefix => $"{prefix} {symbol}")], 0);

    /// <summary>1.5 kB: metric prefixes, from a millionth of a thousandth on.</summary>
    /// <param name="symbol">The unit without prefix.</param>
    /// <param name="power">The power of a thousand that the values have already.</param>
    public static UnitFormat Si(string symbol, int power = 0) => Scaled(1000, [.. Metric.Select(prefix => $" {prefix}{symbol}")], 5 + power);

    /// <summary>1.5 KiB.</summary>
    /// <param name="symbol">The unit without prefix.</param>
    /// <param name="power">The power of 1024 that the values have already.</param>
    public static UnitFormat Iec(string symbol, int power = 0) => Scaled(1024, [.. Binary.Select(prefix => $" {prefix}{symbol}")], power);

    /// <summary>$1.5K, and the sign before the symbol.</summary>
    public static UnitFormat Currency(string symbol)
    {
        var scaled = Scaled(1000, Thousands, 0);
        return (value, decimals) => scaled(Math.Abs(value), decimals) with { Prefix = value < 0 ? $"-{symbol}" : symbol };
    }

    private static UnitFormat Scaled(double factor, string[] suffixes, int offset) => (value, decimals) =>
    {
        var power = value == 0 ? 0 : (int)Math.Floor((Math.Log10(Math.Abs(value)) / Math.Log10(factor)) + 1e-12);
        power = Math.Clamp(power, -offset, suffixes.Length - 1 - offset);
        return new("", FixedNumber.Text(value / Math.Pow(factor, power), decimals), suffixes[offset + power]);
    };
}
