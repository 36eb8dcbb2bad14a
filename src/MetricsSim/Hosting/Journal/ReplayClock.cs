namespace MetricsSim.Hosting.Journal;

/// <summary>
/// The wall clock for who records a run: while a resumed run goes through ticks that were there before, the time at which they were,
/// so that what scrapers saw stays where they saw it.
/// </summary>
/// <param name="time">The wall clock.</param>
/// <param name="seen">When which tick was the latest, in order.</param>
internal sealed class ReplayClock(TimeProvider time, IReadOnlyList<TickReading> seen) : TimeProvider
{
    private int _next;
    private DateTimeOffset? _shown;

    /// <inheritdoc />
    public override long TimestampFrequency => time.TimestampFrequency;

    /// <inheritdoc />
    public override long GetTimestamp() => time.GetTimestamp();

    /// <inheritdoc />
    public override DateTimeOffset GetUtcNow() => _shown ?? time.GetUtcNow();

    /// <inheritdoc />
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        time.CreateTimer(callback, state, dueTime, period);

    /// <summary>Shows when a tick was there, or the present for one that wasn't.</summary>
    /// <param name="tick">A tick, not before the last one that was shown.</param>
    public void Show(long tick)
    {
        while (_next < seen.Count && seen[_next].Tick < tick) _next++;
        if (_next == seen.Count) _shown = null;
        else if (_next == 0 || seen[_next].Tick == tick) _shown = seen[_next].At;
        else _shown = Between(seen[_next - 1], seen[_next], tick);
    }

    /// <summary>Shows the present from now on.</summary>
    public void Release() => _shown = null;

    private static DateTimeOffset Between(TickReading before, TickReading after, long tick) =>
        before.At + ((after.At - before.At) * ((tick - before.Tick) / (double)(after.Tick - before.Tick)));
}

/// <summary>When a tick was the latest.</summary>
/// <param name="Tick">The tick.</param>
/// <param name="At">Wall time.</param>
internal readonly record struct TickReading(long Tick, DateTimeOffset At);
