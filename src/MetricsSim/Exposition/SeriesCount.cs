using MetricsSim.Core.Series;

namespace MetricsSim.Exposition;

/// <summary>Series as Prometheus counts them.</summary>
internal static class SeriesCount
{
    /// <summary>Series of a family: a histogram has one for each bucket, +Inf, its sum and its count.</summary>
    /// <param name="snapshot">The page.</param>
    /// <param name="family">Index of the family.</param>
    /// <returns>Series on the page, and those that are hidden until their first event.</returns>
    public static long Of(Snapshot snapshot, int family)
    {
        MetricFamily shape = snapshot.Layout.Families[family];
        long rows = snapshot.Live[family] is { } live ? Count(live) : shape.Rows.Count - (snapshot.Hidden[family]?.Count ?? 0);
        return rows * shape.Leaves.Count * shape.SamplesPerSeries;
    }

    private static long Count(LiveRowBuffer rows)
    {
        long there = 0;
        for (int slot = 0; slot < rows.Count; slot++)
            if (rows[slot] is not null) there++;
        return there;
    }
}
