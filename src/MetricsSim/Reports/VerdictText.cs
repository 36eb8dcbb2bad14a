using System.Globalization;
using MetricsSim.Analysis.Indicators;
using MetricsSim.Configuration;

namespace MetricsSim.Reports;

/// <summary>How verdicts read, the same in tables, reports and files.</summary>
internal static class VerdictText
{
    /// <summary>The outcome in snake_case.</summary>
    public static string Outcome(Verdict verdict) => verdict.Outcome switch
    {
        VerdictOutcome.Passed => "passed",
        VerdictOutcome.Failed => "failed",
        VerdictOutcome.NotEvaluated => "not_evaluated",
        _ => throw new ArgumentOutOfRangeException(nameof(verdict), verdict, "Not an outcome."),
    };

    /// <summary>The condition, with its window if it has one.</summary>
    public static string Condition(Verdict verdict) =>
        verdict.Condition + (verdict.Window is { } window ? $" over the last {DurationText.Format(window)}" : "");

    /// <summary>The value for people.</summary>
    public static string Value(Verdict verdict)
    {
        if (double.IsNaN(verdict.Value)) return "–";
        if (double.IsPositiveInfinity(verdict.Value)) return "never";
        if (verdict.Metric == "graceful_degradation") return verdict.Value > 0 ? "true" : "false";
        var unit = IndicatorTable.All.TryGetValue(verdict.Metric, out var indicator) && indicator.Unit.Length > 0 ? $" {indicator.Unit}" : "";
        return Number(verdict.Value) + unit;
    }

    /// <summary>A number with four significant digits, whole from a thousand on.</summary>
    public static string Number(double value) =>
        Math.Abs(value) >= 1000 ? value.ToString("N0", CultureInfo.InvariantCulture) : value.ToString("0.####", CultureInfo.InvariantCulture);
}
