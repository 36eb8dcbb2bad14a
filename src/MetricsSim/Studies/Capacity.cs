namespace MetricsSim.Studies;

/// <summary>What is known of the largest size at which a limit holds.</summary>
internal enum CapacityKind
{
    /// <summary>Between two sizes, by a line through their logarithms.</summary>
    Interpolated,

    /// <summary>At least the size, the largest measured.</summary>
    BeyondLargest,

    /// <summary>Less than the size, the smallest measured.</summary>
    BelowSmallest,

    /// <summary>At least the size, and less than the next one, where it failed without a figure.</summary>
    BeforeFailure,
}

/// <summary>The largest cardinality at which a cost is within its limit.</summary>
/// <param name="Kind">How to read the size.</param>
/// <param name="Series">Series.</param>
internal sealed record Capacity(CapacityKind Kind, double Series)
{
    /// <summary>Finds it: the first size that misses the limit decides, whatever comes after it.</summary>
    /// <param name="points">Costs by size, ascending; +∞ for what failed.</param>
    /// <param name="limit">The limit, &gt; 0.</param>
    /// <returns>Null when nothing was measured.</returns>
    public static Capacity? Of(IReadOnlyList<PlotPoint> points, double limit)
    {
        if (points.Count == 0) return null;
        for (var i = 0; i < points.Count; i++)
        {
            var (x, cost) = (points[i].X, points[i].Worst);
            if (cost <= limit) continue;
            if (i == 0) return new(CapacityKind.BelowSmallest, x);
            var (before, kept) = (points[i - 1].X, points[i - 1].Worst);
            if (!double.IsFinite(cost)) return new(CapacityKind.BeforeFailure, before);
            // A cost of nothing has no logarithm; a microsecond is nothing, too.
            var share = (Math.Log(limit) - Math.Log(Math.Max(kept, 1e-3))) / (Math.Log(cost) - Math.Log(Math.Max(kept, 1e-3)));
            return new(CapacityKind.Interpolated, before * Math.Pow(x / before, share));
        }

        return new(CapacityKind.BeyondLargest, points[^1].X);
    }

    /// <summary>For people.</summary>
    public override string ToString() => Kind switch
    {
        CapacityKind.BeyondLargest => $"> {Series:N0}",
        CapacityKind.BelowSmallest => $"< {Series:N0}",
        CapacityKind.BeforeFailure => $"≥ {Series:N0}",
        _ => $"{Rounded(Series):N0}",
    };

    /// <summary>Two digits: more would be noise.</summary>
    private static double Rounded(double series)
    {
        var unit = Math.Pow(10, Math.Floor(Math.Log10(series)) - 1);
        return Math.Round(series / unit) * unit;
    }
}
