using MetricsSim.Analysis.Runs;
using MetricsSim.Core.Scenarios;

namespace MetricsSim.Analysis.Indicators;

/// <summary>What became of an assertion.</summary>
public enum VerdictOutcome
{
    /// <summary>It holds.</summary>
    Passed,

    /// <summary>It doesn't, or there was nothing to measure.</summary>
    Failed,

    /// <summary>It could not be looked at; it counts as not passed.</summary>
    NotEvaluated,
}

/// <summary>An assertion, judged.</summary>
/// <param name="Metric">Indicator or PromQL expression.</param>
/// <param name="Condition">As written.</param>
/// <param name="Window">The last part of the run it was judged over; null is all of it.</param>
/// <param name="Value">What was measured; NaN when there was nothing to measure.</param>
/// <param name="Outcome">The verdict.</param>
/// <param name="Reason">Why it failed or what to know, or null.</param>
public sealed record Verdict(string Metric, string Condition, TimeSpan? Window, double Value, VerdictOutcome Outcome, string? Reason)
{
    /// <summary>Whether the assertion was shown to hold.</summary>
    public bool Passed => Outcome == VerdictOutcome.Passed;

    /// <summary>What a Prometheus with the same run says, beside the engine; null if none was asked.</summary>
    public CrossCheck? CrossCheck { get; init; }
}

/// <summary>What PromQL says of an indicator that the engine measured.</summary>
/// <param name="Value">Its value; NaN when there was nothing to measure.</param>
/// <param name="Agrees">Whether both agree within the indicator's tolerance; null when PromQL couldn't be evaluated.</param>
/// <param name="Reason">Why it couldn't, or what to know, or null.</param>
public sealed record CrossCheck(double Value, bool? Agrees, string? Reason);

/// <summary>Judges a run by its scenario's assertions.</summary>
public static class Judge
{
    private const double Tolerance = 1e-9;

    /// <summary>Judges all of them.</summary>
    /// <param name="run">A recorded run.</param>
    /// <returns>One verdict for each assertion, in their order.</returns>
    public static IReadOnlyList<Verdict> All(RecordedRun run) => [.. run.Scenario.Assertions.Select(assertion => One(run, assertion))];

    /// <summary>Judges one assertion.</summary>
    /// <param name="run">A recorded run.</param>
    /// <param name="assertion">What must hold.</param>
    /// <returns>The verdict.</returns>
    public static Verdict One(RecordedRun run, Assertion assertion)
    {
        if (!IndicatorTable.All.TryGetValue(assertion.Metric, out var indicator))
            return NotEvaluated(assertion, "not an indicator, so taken for PromQL, and no Prometheus is given");

        var window = assertion.Window is { } last ? run.Series.Trailing(run.Series.Count, last.TotalSeconds) : run.Series.Whole;
        var measured = indicator.Measure(run, window);
        return Of(assertion, measured);
    }

    /// <summary>Judges an assertion by what was measured.</summary>
    /// <param name="assertion">What must hold.</param>
    /// <param name="measured">What was measured.</param>
    /// <returns>The verdict.</returns>
    public static Verdict Of(Assertion assertion, Measured measured) => new(
        assertion.Metric, assertion.Condition, assertion.Window, measured.Value,
        Holds(measured.Value, assertion.Comparison, assertion.Value) ? VerdictOutcome.Passed : VerdictOutcome.Failed, measured.Note);

    /// <summary>The verdict on an assertion that could not be looked at.</summary>
    /// <param name="assertion">What must hold.</param>
    /// <param name="reason">Why.</param>
    /// <returns>The verdict.</returns>
    public static Verdict NotEvaluated(Assertion assertion, string reason) =>
        new(assertion.Metric, assertion.Condition, assertion.Window, double.NaN, VerdictOutcome.NotEvaluated, reason);

    /// <summary>Whether a value satisfies a condition; NaN satisfies none.</summary>
    /// <param name="value">Left-hand side.</param>
    /// <param name="comparison">The comparison.</param>
    /// <param name="limit">Right-hand side.</param>
    /// <returns>True if it does.</returns>
    public static bool Holds(double value, Comparison comparison, double limit) => comparison switch
    {
        Comparison.Less => value < limit,
        Comparison.LessOrEqual => value <= limit,
        Comparison.Greater => value > limit,
        Comparison.GreaterOrEqual => value >= limit,
        Comparison.Equal => Math.Abs(value - limit) <= Tolerance * Math.Max(1, Math.Abs(limit)),
        _ => throw new ArgumentOutOfRangeException(nameof(comparison), comparison, "Not a comparison."),
    };
}
