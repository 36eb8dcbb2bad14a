using MetricsSim.Core.Checkpoints;
using MetricsSim.Core.Population;

namespace MetricsSim.Core.Workload;

/// <content>Its part of a saved state.</content>
internal sealed partial class SessionTable
{
    /// <summary>Whether a slot was ever used.</summary>
    public bool HasSlot(int slot) => slot >= 0 && slot < _sessions.Used;

    /// <summary>Keys of the sessions in progress, and of those that have yet to start after a refusal.</summary>
    public IEnumerable<ulong> Open =>
        InProgress.Select(session => session.Key)
            .Concat(Enumerable.Range(0, _comebacks.Used).Where(slot => !_comebacks.IsFree(slot)).Select(slot => _comebacks[slot].Key));

    public void Write(StateWriter to)
    {
        _sessions.Write(to);
        _comebacks.Write(to);
    }

    public void Read(StateReader from, long now, UserColumns users)
    {
        _sessions.Read(from, now);
        _comebacks.Read(from, now);
        for (var slot = 0; slot < _sessions.Used; slot++)
        {
            if (_sessions.IsFree(slot)) continue;
            ref var session = ref _sessions[slot];
            if (!IsPossible(session, users) || session.NextEventAt != _sessions.DueAt(slot)) throw from.Damaged($"session {session.Key} is not possible");
            CountActive(session.User, session.Segment, 1);
        }

        for (var slot = 0; slot < _comebacks.Used; slot++)
        {
            ref var arrival = ref _comebacks[slot];
            if (!_comebacks.IsFree(slot) && !(users.Has(arrival.User) && arrival.Segment == users.Segment(arrival.User)))
                throw from.Damaged($"arrival {arrival.Key} is not possible");
        }
    }

    /// <summary>Goes on with the sessions of other options: each with its model by id, its user in the segment it has now.</summary>
    /// <param name="before">The table.</param>
    /// <param name="models">Index of each model that was among those that are.</param>
    /// <param name="users">The users.</param>
    public void TakeOver(SessionTable before, byte[] models, UserColumns users)
    {
        _sessions.TakeOver(before._sessions);
        _comebacks.TakeOver(before._comebacks);
        for (var slot = 0; slot < _sessions.Used; slot++)
        {
            if (_sessions.IsFree(slot)) continue;
            ref var session = ref _sessions[slot];
            session.Model = models[session.Model];
            session.Segment = users.Segment(session.User);
            CountActive(session.User, session.Segment, 1);
        }

        for (var slot = 0; slot < _comebacks.Used; slot++)
        {
            if (_comebacks.IsFree(slot)) continue;
            ref var arrival = ref _comebacks[slot];
            arrival = arrival with { Segment = users.Segment(arrival.User) };
        }
    }

    private bool IsPossible(in Session session, UserColumns users) =>
        session.Alive && users.Has(session.User) && session.Segment == users.Segment(session.User) && session.Model < laws.ModelCount
        && session.Effort < Session.Efforts && session.GiveUps >= 0 && session.Requests >= 0 && session.Context >= 0 && session.StartedAt <= session.EndsAt;
}
