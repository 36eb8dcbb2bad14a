using System.Text.RegularExpressions;
using MetricsSim.Core.Scenarios;

namespace MetricsSim.Analysis.Indicators.PromQl;

/// <summary>An assertion on a PromQL expression: every element of its result must satisfy the condition, and there must be one.</summary>
public static partial class PromQlAssertion
{
    /// <summary>What to ask: the expression at the end of the run, with <c>$window</c> as the range it is to look at.</summary>
    /// <param name="assertion">The assertion.</param>
    /// <param name="scope">The part of the run that it looks at.</param>
    /// <returns>An instant query.</returns>
    public static PromQlQuery Query(Assertion assertion, PromQlScope scope) =>
        PromQlQuery.At(Window().Replace(assertion.Metric, scope.Range), scope.To.Wall);

    /// <summary>Judges the result.</summary>
    /// <param name="assertion">The assertion.</param>
    /// <param name="values">The elements; NaN satisfies no condition.</param>
    /// <returns>The verdict; its value is that of the element that is furthest from holding.</returns>
    public static Verdict Judge(Assertion assertion, IReadOnlyList<double> values)
    {
        if (values.Count == 0) return Indicators.Judge.Of(assertion, new(double.NaN, "the result is empty"));
        var failing = values.Count(value => !Indicators.Judge.Holds(value, assertion.Comparison, assertion.Value));
        var worst = values.MaxBy(value => Distance(value, assertion));
        var note = values.Count == 1 ? null
            : failing == 0 ? $"all of {values.Count} elements, the nearest to failing shown" : $"{failing} of {values.Count} elements don't hold, the worst shown";
        return Indicators.Judge.Of(assertion, new(worst, note));
    }

    /// <summary>How far a value is on the wrong side.</summary>
    private static double Distance(double value, Assertion assertion)
    {
        if (double.IsNaN(value)) return double.PositiveInfinity;
        return assertion.Comparison switch
        {
            Comparison.Less or Comparison.LessOrEqual => value - assertion.Value,
            Comparison.Greater or Comparison.GreaterOrEqual => assertion.Value - value,
            _ => Math.Abs(value - assertion.Value),
        };
    }

    [GeneratedRegex(@"\$window\b|\$\{window\}", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Window();
}
