using MetricsSim.Dashboards.Model;
using MetricsSim.Studies;

namespace MetricsSim.Reports;

/// <summary>How a study's figures read, the same in the table and the report.</summary>
internal static class StudyText
{
    /// <summary>Nothing measured.</summary>
    public const string None = "–";

    /// <summary>A class's name.</summary>
    public static string Class(QueryClass kind) => kind switch
    {
        QueryClass.SimpleCounter => "simple counter",
        QueryClass.Rate => "rate",
        QueryClass.HistogramQuantile => "histogram quantile",
        QueryClass.Complex => "complex",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not a class."),
    };

    /// <summary>A form's name.</summary>
    public static string Form(QueryForm form) => form == QueryForm.Range ? "range" : "instant";

    /// <summary>A time.</summary>
    /// <param name="milliseconds">ms, or null for none.</param>
    public static string Milliseconds(double? milliseconds) => milliseconds switch
    {
        null => None,
        double.PositiveInfinity => "failed",
        >= 9_950 => $"{milliseconds / 1000:0.0} s",
        >= 1_000 => $"{milliseconds / 1000:0.00} s",
        >= 100 => $"{milliseconds:0} ms",
        >= 10 => $"{milliseconds:0.0} ms",
        _ => $"{milliseconds:0.00} ms",
    };

    /// <summary>A time.</summary>
    /// <param name="seconds">s, or null for none.</param>
    public static string Seconds(double? seconds) => Milliseconds(seconds * 1000);

    /// <summary>A size in memory or on disk.</summary>
    /// <param name="bytes">Bytes, or null for none.</param>
    public static string Bytes(long? bytes) => bytes switch
    {
        null => None,
        >= 1_000_000_000 => $"{bytes / 1e9:0.00} GB",
        >= 10_000_000 => $"{bytes / 1e6:0} MB",
        _ => $"{bytes / 1e6:0.0} MB",
    };

    /// <summary>A count.</summary>
    public static string Count(long? count) => count is { } known ? known.ToString("N0") : None;

    /// <summary>A number with two decimals.</summary>
    public static string Ratio(double? ratio) => ratio is { } known ? known.ToString("0.00") : None;

    /// <summary>How something grows.</summary>
    public static string Law(PowerLaw? law) => law is null ? None : $"series^{law.Exponent:0.00}{(law.RSquared is { } explained ? $" (R² {explained:0.000})" : "")}";
}
