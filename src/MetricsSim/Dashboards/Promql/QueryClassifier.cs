using MetricsSim.Dashboards.Model;

namespace MetricsSim.Dashboards.Promql;

/// <summary>Tells how much work an expression is.</summary>
internal static class QueryClassifier
{
    private const int ManySelectors = 3;

    /// <summary>
    /// The class: complex with a subquery, a join of series, two or more ranges of time (an error ratio is two rates), three or more selectors, or a selector
    /// that names no metric and so may read all of them; else a histogram quantile if it has one; else a rate if it has a range of time; else a simple counter.
    /// </summary>
    /// <param name="expression">PromQL without variables.</param>
    public static QueryClass Of(string expression)
    {
        var uses = PromqlUses.Of(expression);
        if (uses.Subqueries > 0 || uses.JoinsSeries || uses.Selectors.Count >= ManySelectors || uses.Selectors.Count(selector => selector.IsRange) > 1
            || uses.Selectors.Any(selector => selector.Metric is null)) return QueryClass.Complex;
        if (uses.Functions.Contains("histogram_quantile", StringComparer.Ordinal)) return QueryClass.HistogramQuantile;
        return uses.Selectors.Any(selector => selector.IsRange) ? QueryClass.Rate : QueryClass.SimpleCounter;
    }
}
