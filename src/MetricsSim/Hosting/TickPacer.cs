namespace MetricsSim.Hosting;

/// <summary>
/// Says when ticks are due: tick k at anchor + k · tick / speed of a monotonic clock, so that neither late ticks nor rounding
/// add up. Not safe for concurrent use: it belongs to the loop.
/// </summary>
internal sealed class TickPacer
{
    private readonly TimeProvider _time;
    private readonly double _timestampsPerTick;
    private readonly long _anchor;

    /// <summary>Anchors tick 0 at this moment.</summary>
    /// <param name="time">The clock whose monotonic timestamp paces.</param>
    /// <param name="tick">Simulated length of a tick, &gt; 0.</param>
    /// <param name="speed">Simulated time per wall time, &gt; 0.</param>
    public TickPacer(TimeProvider time, TimeSpan tick, double speed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(tick, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(speed);
        _time = time;
        _timestampsPerTick = tick.TotalSeconds / speed * time.TimestampFrequency;
        _anchor = time.GetTimestamp();
    }

    /// <summary>Ticks that have been run.</summary>
    public long Done { get; private set; }

    /// <summary>Whether the next tick's time has come.</summary>
    public bool IsDue => _time.GetTimestamp() >= DueTimestamp(Done + 1);

    /// <summary>How late the next tick is; zero if it is not due.</summary>
    public TimeSpan Lag => Span(Math.Max(0, _time.GetTimestamp() - DueTimestamp(Done + 1)));

    /// <summary>How long until the next tick is due, rounded up to the millisecond that timers know; zero if it is due.</summary>
    public TimeSpan UntilNext =>
        TimeSpan.FromMilliseconds(Math.Ceiling(Span(Math.Max(0, DueTimestamp(Done + 1) - _time.GetTimestamp())).TotalMilliseconds));

    /// <summary>Notes that the next tick has been run.</summary>
    public void Advance() => Done++;

    private long DueTimestamp(long tick) => _anchor + (long)Math.Ceiling(tick * _timestampsPerTick);

    private TimeSpan Span(long timestamps) => TimeSpan.FromSeconds(timestamps / (double)_time.TimestampFrequency);
}
