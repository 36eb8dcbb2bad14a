using MetricsSim.Core.Checkpoints;

namespace MetricsSim.Core.Backend;

/// <content>Its part of a saved state.</content>
public sealed partial class QueueingBackend
{
    internal void Write(StateWriter to)
    {
        to.Write(Attempts);
        to.Write(Backlog);
        to.Write(OfferedRatio);
        to.Write(Capacity);
        to.Write(Wait);
    }

    internal void Read(StateReader from)
    {
        Attempts = from.Between(0, long.MaxValue, "attempts");
        Backlog = from.Finite("backlog");
        OfferedRatio = from.Finite("offered load");
        Capacity = from.Finite("capacity");
        // Without any capacity the wait has no end.
        Wait = from.Read<double>();
        if (!(Backlog >= 0 && OfferedRatio >= 0 && Capacity >= 0 && Wait >= 0)) throw from.Damaged("a number of the backend is negative");
    }
}
