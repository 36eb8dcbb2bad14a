namespace MetricsSim.Analysis.Runs;

/// <summary>A part of a run between two sample boundaries.</summary>
/// <param name="Series">The run.</param>
/// <param name="From">First boundary.</param>
/// <param name="To">Last boundary, not before the first.</param>
public readonly record struct RunWindow(RunSeries Series, int From, int To)
{
    /// <summary>Length in seconds.</summary>
    public double Seconds => Series.SecondsAt(To) - Series.SecondsAt(From);

    /// <summary>API requests ended.</summary>
    public long Requests => Delta(Series.Requests);

    /// <summary>Share of the ended requests that were given up; NaN when none ended.</summary>
    public double ErrorRate => Requests == 0 ? double.NaN : (double)Delta(Series.GivenUp) / Requests;

    /// <summary>Successful requests per second.</summary>
    public double Goodput => (Requests - Delta(Series.GivenUp)) / Seconds;

    /// <summary>What a counter rose by.</summary>
    /// <param name="counter">A counter of <see cref="Series"/>.</param>
    /// <returns>The difference.</returns>
    public long Delta(long[] counter) => counter[To] - counter[From];

    /// <summary>What a counter rose by in a second.</summary>
    /// <param name="counter">A counter of <see cref="Series"/>.</param>
    /// <returns>Per second; NaN in an empty window.</returns>
    public double Rate(long[] counter) => Delta(counter) / Seconds;

    /// <summary>Mean of a gauge over the boundaries after <see cref="From"/>.</summary>
    /// <param name="gauge">A gauge of <see cref="Series"/>.</param>
    /// <returns>The mean; NaN in an empty window.</returns>
    public double Mean(double[] gauge)
    {
        var sum = 0.0;
        for (var i = From + 1; i <= To; i++) sum += gauge[i];
        return sum / (To - From);
    }

    /// <summary>A quantile of the successful requests' durations.</summary>
    /// <param name="quantile">0–1.</param>
    /// <returns>Seconds; NaN when none succeeded; the highest bound for what lies above it.</returns>
    public double Duration(double quantile) =>
        DurationQuantile.Between(quantile, Series.Durations.AsSpan(From * RunSeries.BucketCount), Series.Durations.AsSpan(To * RunSeries.BucketCount));
}
