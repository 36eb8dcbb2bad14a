namespace MetricsSim.Hosting;

/// <summary>
/// Says when ticks are due: tick k at anchor + (k − position at the anchor) · tick / speed of a monotonic clock, so that neither late
/// ticks nor rounding add up; a change of speed or a pause moves the anchor, not the position. Not safe for concurrent use: it belongs
/// to the loop.
/// </summary>
internal sealed class TickPacer
{
    // Timers take no longer waits than 49 days.
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    private readonly TimeProvider _time;
    private readonly TimeSpan _tick;
    private double _timestampsPerTick;
    private double _position;
    private long _anchor;
    private bool _paused;

    /// <summary>Anchors a position, tick 0 unless it goes on from elsewhere, at this moment.</summary>
    /// <param name="time">The clock whose monotonic timestamp paces.</param>
    /// <param name="tick">Simulated length of a tick, &gt; 0.</param>
    /// <param name="speed">Simulated time per wall time, &gt; 0.</param>
    /// <param name="paused">Whether time stands still.</param>
    /// <param name="done">Ticks that have been run.</param>
    /// <param name="position">What the clock shows, in ticks; those it shows beyond <paramref name="done"/> are late.</param>
    public TickPacer(TimeProvider time, TimeSpan tick, double speed, bool paused = false, long done = 0, double position = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(tick, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(speed);
        _time = time;
        _tick = tick;
        _timestampsPerTick = TimestampsPerTick(speed);
        _anchor = time.GetTimestamp();
        _paused = paused;
        _position = position;
        Done = done;
    }

    /// <summary>Ticks that have been run.</summary>
    public long Done { get; private set; }

    /// <summary>Whether the next tick's time has come.</summary>
    public bool IsDue => !_paused && _time.GetTimestamp() >= DueTimestamp(Done + 1);

    /// <summary>How late the next tick is; zero if it is not due.</summary>
    public TimeSpan Lag => _paused ? TimeSpan.Zero : Span(Math.Max(0, _time.GetTimestamp() - DueTimestamp(Done + 1)));

    /// <summary>
    /// How long until it is worth asking again whether the next tick is due, rounded up to the millisecond that timers know; zero if it
    /// is due, infinite while paused.
    /// </summary>
    public TimeSpan UntilNext
    {
        get
        {
            if (_paused) return Timeout.InfiniteTimeSpan;
            TimeSpan wait = Span(Math.Max(0, DueTimestamp(Done + 1) - _time.GetTimestamp()));
            return wait > LongestWait ? LongestWait : TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds));
        }
    }

    /// <summary>Notes that the next tick has been run.</summary>
    public void Advance() => Done++;

    /// <summary>Goes on from here at another speed, or not at all. Ticks that are late stay due.</summary>
    /// <param name="speed">Simulated time per wall time, &gt; 0.</param>
    /// <param name="paused">Whether time stands still.</param>
    /// <param name="at">Timestamp from which that is so, at most the present one.</param>
    public void Change(double speed, bool paused, long at)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(speed);
        _position = PositionAt(at);
        _anchor = at;
        _timestampsPerTick = TimestampsPerTick(speed);
        _paused = paused;
    }

    /// <summary>What the clock shows, in ticks.</summary>
    /// <param name="timestamp">When, not before the latest change.</param>
    /// <returns>More than <see cref="Done"/> when ticks are late.</returns>
    public double PositionAt(long timestamp) => _paused ? _position : _position + ((timestamp - _anchor) / _timestampsPerTick);

    private double TimestampsPerTick(double speed) => _tick.TotalSeconds / speed * _time.TimestampFrequency;

    private long DueTimestamp(long tick) => _anchor + (long)Math.Ceiling((tick - _position) * _timestampsPerTick);

    private TimeSpan Span(long timestamps) => TimeSpan.FromSeconds(timestamps / (double)_time.TimestampFrequency);
}
