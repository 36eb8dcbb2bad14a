using MetricsSim.Core.Series;

namespace MetricsSim.Analysis.Runs;

/// <summary>Quantiles of request durations, as Prometheus' <c>histogram_quantile</c> has them: linear within their bucket.</summary>
public static class DurationQuantile
{
    /// <summary>A quantile of what happened between two looks at the buckets of <see cref="Buckets.RequestDuration"/>.</summary>
    /// <param name="quantile">0–1.</param>
    /// <param name="before">Totals of each bucket at the first look; more cells may follow.</param>
    /// <param name="after">The same at the second.</param>
    /// <returns>Seconds; NaN when nothing happened; the highest bound for what lies above it.</returns>
    public static double Between(double quantile, ReadOnlySpan<long> before, ReadOnlySpan<long> after)
    {
        var bounds = Buckets.RequestDuration.Bounds;
        var total = 0L;
        for (var bucket = 0; bucket <= bounds.Count; bucket++) total += after[bucket] - before[bucket];
        if (total == 0) return double.NaN;
        var rank = quantile * total;
        var below = 0L;
        for (var bucket = 0; bucket < bounds.Count; bucket++)
        {
            var here = after[bucket] - before[bucket];
            if (here > 0 && below + here >= rank)
            {
                var lower = bucket == 0 ? 0 : bounds[bucket - 1];
                return lower + ((bounds[bucket] - lower) * (rank - below) / here);
            }

            below += here;
        }

        return bounds[^1];
    }
}
