namespace MetricsSim.Backfill;

/// <summary>Which samples a history has: one of every series at <paramref name="Start"/> and at each whole interval after it.</summary>
/// <param name="Start">Time of the first samples, and of the world's tick 0.</param>
/// <param name="Interval">From each sample to the next: whole ms, whole ticks.</param>
/// <param name="Samples">How many each series has, &gt; 0.</param>
internal sealed record HistorySpan(DateTimeOffset Start, TimeSpan Interval, long Samples)
{
    /// <summary>The span of samples before an end.</summary>
    /// <param name="start">Time of the first samples.</param>
    /// <param name="length">How long it is, &gt; 0; a sample that falls on its end is not part of it.</param>
    /// <param name="interval">From each sample to the next.</param>
    public static HistorySpan Of(DateTimeOffset start, TimeSpan length, TimeSpan interval) =>
        new(start, interval, (length.Ticks + interval.Ticks - 1) / interval.Ticks);

    /// <summary>Time of the first samples, ms since the Unix epoch.</summary>
    public long FirstMilliseconds => Start.ToUnixTimeMilliseconds();

    /// <summary>Time of the last samples, ms since the Unix epoch.</summary>
    public long LastMilliseconds => FirstMilliseconds + ((Samples - 1) * IntervalMilliseconds);

    /// <summary>Interval in ms.</summary>
    public long IntervalMilliseconds => Interval.Ticks / TimeSpan.TicksPerMillisecond;
}
