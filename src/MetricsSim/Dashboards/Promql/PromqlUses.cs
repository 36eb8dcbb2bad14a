namespace MetricsSim.Dashboards.Promql;

/// <summary>What an expression uses.</summary>
/// <param name="Selectors">Its selectors in order.</param>
/// <param name="Labels">Labels that it groups by, joins on or takes over, each once; those of matchers are with the selectors.</param>
/// <param name="Functions">Functions and aggregations that it calls, in lower case, as often as it does.</param>
/// <param name="Subqueries">How many subqueries it has.</param>
/// <param name="JoinsSeries">Whether it says which series of two sides belong together: <c>on</c>, <c>ignoring</c>, <c>group_left</c>, <c>group_right</c>.</param>
internal sealed record PromqlUses(
    IReadOnlyList<PromqlSelector> Selectors, IReadOnlyList<string> Labels, IReadOnlyList<string> Functions, int Subqueries, bool JoinsSeries)
{
    /// <summary>The metrics that it names, each once.</summary>
    public IEnumerable<string> Metrics => Selectors.Select(selector => selector.Metric).OfType<string>().Distinct(StringComparer.Ordinal);

    /// <summary>Reads an expression.</summary>
    /// <param name="expression">PromQL without variables, good or bad.</param>
    public static PromqlUses Of(string expression) => new PromqlScan(expression).Run();
}

/// <summary>A selector of series.</summary>
/// <param name="Metric">The metric; null where only a pattern of <c>__name__</c>, or nothing, says which.</param>
/// <param name="Matchers">Its matchers, that of a metric's name not among them.</param>
/// <param name="IsRange">Whether it takes samples of a range of time.</param>
/// <param name="Text">As it is written, without range and offset.</param>
internal sealed record PromqlSelector(string? Metric, IReadOnlyList<PromqlMatcher> Matchers, bool IsRange, string Text);

/// <summary>A condition on a label.</summary>
/// <param name="Label">The label.</param>
/// <param name="Operator"><c>=</c>, <c>!=</c>, <c>=~</c> or <c>!~</c>.</param>
/// <param name="Value">The value or pattern.</param>
internal sealed record PromqlMatcher(string Label, string Operator, string Value);
