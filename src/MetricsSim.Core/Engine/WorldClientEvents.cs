using MetricsSim.Core.ClientEvents;

namespace MetricsSim.Core.Engine;

/// <content>What clients tell of what they do, where somebody listens; else nothing is kept.</content>
public sealed partial class World
{
    private ClientEvent[] _told = [];

    /// <summary>
    /// Called at the end of each <see cref="Step()"/> with the tick that has just ended, now <see cref="Tick"/>, and what the shard's clients
    /// did in it, in an order that depends on no lane. It must be quick and not touch the world; the events are valid until it returns.
    /// The world goes on the same with and without it.
    /// </summary>
    public Action<long, ReadOnlySpan<ClientEvent>>? ClientObserver
    {
        get;
        set
        {
            field = value;
            foreach (var lane in _recorders) lane.Events = value is null ? null : lane.Events ?? new ClientEventBuffer();
        }
    }

    /// <summary>The tick at which published counters began at 0: 0, or that of their last reset.</summary>
    public long CountersSince => _counterBase.Tick;

    private void TellClientEvents()
    {
        if (ClientObserver is not { } observer) return;
        var count = _recorders.Sum(lane => lane.Events!.Count);
        if (_told.Length < count) _told = new ClientEvent[Math.Max(count, 2 * _told.Length)];
        var told = 0;
        foreach (var lane in _recorders)
        {
            foreach (ref readonly var happened in lane.Events!.Take())
            {
                if (Options.Telemetry.Shard.Owns(happened.User)) _told[told++] = happened;
            }
        }

        var events = _told.AsSpan(0, told);
        events.Sort(ClientEvent.InOrder);
        observer(Tick, events);
    }
}
