using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using MetricsSim.Core.ClientEvents;
using MetricsSim.Core.Engine;
using MetricsSim.Core.Series;

namespace MetricsSim.Hosting;

/// <summary>What clients did in one tick.</summary>
/// <param name="Tick">The tick boundary after it.</param>
/// <param name="Layout">Families of the world then.</param>
/// <param name="World">Options of the world then.</param>
/// <param name="CountersSince">The tick at which its counters began at 0.</param>
/// <param name="At">Wall time at which the tick boundary was due.</param>
/// <param name="Speed">Simulated time per wall time.</param>
/// <param name="Events">What happened, in order.</param>
internal sealed record ToldTick(
    long Tick, SeriesLayout Layout, WorldOptions World, long CountersSince, DateTimeOffset At, double Speed, ClientEvent[] Events)
{
    /// <summary>Wall time of an event.</summary>
    /// <param name="told">One of the tick's.</param>
    public DateTimeOffset WallTime(in ClientEvent told)
    {
        TimeSpan before = (World.Tick * Tick) - TimeSpan.FromMicroseconds(told.At);
        return At - (before / Speed);
    }
}

/// <summary>
/// Carries events from the simulation's loop to one reader. When the reader is too slow the oldest ticks are dropped, so that memory is
/// bounded and the loop never waits.
/// </summary>
/// <param name="time">The wall clock.</param>
/// <param name="dropped">Told how many events were dropped.</param>
/// <param name="most">Most events that wait.</param>
internal sealed class ClientEventFeed(TimeProvider time, Action<int> dropped, int most = 500_000)
{
    private readonly Channel<ToldTick> _ticks = Channel.CreateUnbounded<ToldTick>();
    private int _waiting;

    /// <summary>Takes in what happened in a tick.</summary>
    /// <param name="world">The world, at the tick boundary after it.</param>
    /// <param name="lag">How long after it was due the tick runs.</param>
    /// <param name="speed">Simulated time per wall time.</param>
    /// <param name="events">What happened; copied.</param>
    public void Take(World world, TimeSpan lag, double speed, ReadOnlySpan<ClientEvent> events)
    {
        if (events.IsEmpty) return;
        _ticks.Writer.TryWrite(new ToldTick(world.Tick, world.Layout, world.Options, world.CountersSince, time.GetUtcNow() - lag, speed, events.ToArray()));
        if (Interlocked.Add(ref _waiting, events.Length) <= most) return;
        while (Volatile.Read(ref _waiting) > most && TryRead(long.MaxValue, out ToldTick? oldest)) dropped(oldest.Events.Length);
    }

    /// <summary>Takes out the oldest tick.</summary>
    /// <param name="upTo">No tick boundary after this one.</param>
    /// <param name="told">What happened.</param>
    /// <returns>False if there is none.</returns>
    public bool TryRead(long upTo, [NotNullWhen(true)] out ToldTick? told)
    {
        told = null;
        if (!_ticks.Reader.TryPeek(out ToldTick? next) || next.Tick > upTo || !_ticks.Reader.TryRead(out told)) return false;
        Interlocked.Add(ref _waiting, -told.Events.Length);
        return true;
    }
}
