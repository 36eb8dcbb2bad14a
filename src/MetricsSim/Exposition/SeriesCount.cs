using MetricsSim.Core.Series;

namespace MetricsSim.Exposition;

/// <summary>Series as Prometheus counts them.</summary>
internal static class SeriesCount
{
    /// <summary>Series of a family: a histogram has one for each bucket, +Inf, its sum and its count.</summary>
    /// <param name="family">The family.</param>
    /// <returns>Series, without rows that come and go, and with those that are hidden until their first event included.</returns>
    public static long Of(MetricFamily family) => (long)family.SeriesCount * family.SamplesPerSeries;

    /// <summary>Series of a family whose rows come and go, at one tick.</summary>
    /// <param name="family">The family.</param>
    /// <param name="rows">The rows there are.</param>
    /// <returns>Series.</returns>
    public static long Of(MetricFamily family, LiveRowBuffer rows)
    {
        long there = 0;
        for (int slot = 0; slot < rows.Count; slot++)
            if (rows[slot] is not null) there++;
        return there * family.Leaves.Count * family.SamplesPerSeries;
    }

}
