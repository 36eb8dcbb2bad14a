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

    /// <summary>Goes on with the load and the backlog of a backend of other options; the wait follows with the next tick.</summary>
    internal void TakeOver(QueueingBackend before)
    {
        // Dividing by the same capacity would still round, so what has not changed is not touched.
        var scale = NominalCapacity == before.NominalCapacity ? 1 : NominalCapacity / before.NominalCapacity;
        (Attempts, Backlog, Wait) = (before.Attempts, before.Backlog, before.Wait);
        OfferedRatio = before.OfferedRatio / scale;
        Capacity = before.Capacity * scale;
    }
}
