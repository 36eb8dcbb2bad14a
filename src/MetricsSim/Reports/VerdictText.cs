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
    public static string Value(Verdict verdict) => Value(verdict.Metric, verdict.Value);

    /// <summary>What a Prometheus says beside the engine; empty if none was asked.</summary>
    public static string Check(Verdict verdict) => verdict.CrossCheck switch
    {
        null => "",
        { Agrees: null, Reason: var reason } => $"not evaluated: {reason}",
        { Agrees: true, Value: var value } => $"{Value(verdict.Metric, value)}, agrees",
        { Agrees: false, Value: var value, Reason: var reason } => $"{Value(verdict.Metric, value)}, disagrees{(reason is null ? "" : $": {reason}")}",
    };

    /// <summary>How a run was played, in a line.</summary>
    public static string Played(LivePlay live) =>
        $"played on {live.Daemon} at speed {Number(live.Speed)}, judged by {live.Prometheus} from {RunJson.Instant(live.From)} to {RunJson.Instant(live.To)}, "
        + $"a scrape every {DurationText.Format(TimeSpan.FromSeconds(Math.Round(live.ScrapeSeconds, 1)))} of simulated time";

    private static string Value(string metric, double value)
    {
        if (double.IsNaN(value)) return "–";
        if (double.IsInfinity(value)) return metric == "recovery_time" ? "never" : value > 0 ? "+Inf" : "-Inf";
        if (metric == "graceful_degradation") return value > 0 ? "true" : "false";
        var unit = IndicatorTable.All.TryGetValue(metric, out var indicator) && indicator.Unit.Length > 0 ? $" {indicator.Unit}" : "";
        return Number(value) + unit;
    }

    /// <summary>A number with four significant digits, whole from a thousand on.</summary>
    public static string Number(double value) =>
        Math.Abs(value) >= 1000 ? value.ToString("N0", CultureInfo.InvariantCulture) : value.ToString("0.####", CultureInfo.InvariantCulture);
}
