using MetricsSim.Configuration.Document;

namespace MetricsSim.Cli.Cardinality;

/// <summary>A limit of <c>benchmarks.cardinality_limits</c> and what is held against it.</summary>
/// <param name="Limit">Its key.</param>
/// <param name="Allowed">The most there may be.</param>
/// <param name="Actual">What there is, or what is expected.</param>
/// <param name="Metric">The metric that has the most; null for all together, or when there is none.</param>
internal sealed record LimitCheck(string Limit, long Allowed, long Actual, string? Metric)
{
    /// <summary>Whether it is kept.</summary>
    public bool Kept => Actual <= Allowed;

    /// <summary>Holds numbers against all limits.</summary>
    /// <param name="limits">The limits.</param>
    /// <param name="total">Series in all.</param>
    /// <param name="metrics">Metrics with series and combinations of labels.</param>
    /// <returns>A check for each limit.</returns>
    public static IReadOnlyList<LimitCheck> All(CardinalityLimitsSection limits, long total, IReadOnlyCollection<MetricCount> metrics)
    {
        var (most, widest) = (metrics.MaxBy(metric => metric.Series), metrics.MaxBy(metric => metric.LabelCombinations));
        return
        [
            new("total_series", limits.TotalSeries, total, null),
            new("per_metric", limits.PerMetric, most?.Series ?? 0, most?.Metric),
            new("label_combinations", limits.LabelCombinations, widest?.LabelCombinations ?? 0, widest?.Metric),
        ];
    }
}

/// <summary>Series of a metric by its name in Prometheus.</summary>
/// <param name="Metric">The name.</param>
/// <param name="Series">Series.</param>
/// <param name="LabelCombinations">Combinations of labels among them, <c>le</c> left out.</param>
internal sealed record MetricCount(string Metric, long Series, long LabelCombinations);
