using System.Globalization;

namespace MetricsSim.Reports;

/// <summary>How a benchmark's figures read, the same in the table and the report.</summary>
internal static class BenchText
{
    /// <summary>A number, with a decimal where it is small.</summary>
    /// <param name="number">The number; null is no text.</param>
    public static string Number(double? number) => number switch
    {
        null => "",
        < 10 when number != Math.Floor(number.Value) => number.Value.ToString("0.0", CultureInfo.InvariantCulture),
        _ => number.Value.ToString("N0", CultureInfo.InvariantCulture),
    };
}
