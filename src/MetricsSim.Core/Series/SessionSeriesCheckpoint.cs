using MetricsSim.Core.Checkpoints;
using MetricsSim.Core.Population;

namespace MetricsSim.Core.Series;

/// <content>Its part of a saved state.</content>
internal sealed partial class SessionSeries
{
    public void Write(StateWriter to)
    {
        _sessions.Write(to);
        to.Write<long>(_begins.AsSpan(0, _sessions.Used));
        to.Write(Created);
        to.Write<long>(_vanished);
        foreach (var family in _families.BySession) to.Write<long>(Columns[family].AsSpan(0, _sessions.Used * _families.SessionCells(family)));
    }

    /// <param name="from">The state.</param>
    /// <param name="now">The tick boundary, µs since tick 0.</param>
    /// <param name="users">The block's users.</param>
    /// <param name="open">Sessions that have not ended, or have yet to start after a refusal.</param>
    /// <param name="inFlight">Sessions of the requests in flight.</param>
    public void Read(StateReader from, long now, UserColumns users, IEnumerable<ulong> open, IEnumerable<ulong> inFlight)
    {
        _sessions.Read(from, now);
        Grow(Math.Max(Capacity, _sessions.Used));
        for (var slot = 0; slot < _sessions.Used; slot++)
        {
            if (_sessions.IsFree(slot)) continue;
            var (session, due) = (_sessions[slot], _sessions.DueAt(slot));
            var user = (int)(uint)session;
            if (!users.Has(user) || !_shard.Owns(user) || session >> 32 >= users.Sessions(user) || Find(session) >= 0 || (due != NotEnded && due > now + _retention))
                throw from.Damaged($"series of session {session} are not possible");
            Insert(session, slot);
        }

        var begins = _begins.AsSpan(0, _sessions.Used);
        from.Fill<long>(begins, "begins of sessions");
        if (begins.ContainsAnyExceptInRange(-long.MaxValue / 2, now)) throw from.Damaged("a session with series begins in the future");
        Created = from.Between(Count, long.MaxValue, "number of sessions with series");
        from.Fill<long>(_vanished, "series that are gone");
        foreach (var family in _families.BySession)
            from.Fill<long>(Columns[family].AsSpan(0, _sessions.Used * _families.SessionCells(family)), _families.All[family].Name);
        Check(from, open, inFlight);
    }

    /// <summary>Goes on with the rows of other options, and the values of those whose labels stay; without any, gives a row to who needs one.</summary>
    /// <param name="before">The rows as they were, or null if <c>session_id</c> was no label.</param>
    /// <param name="now">The tick boundary, µs since tick 0.</param>
    /// <param name="open">Sessions that have not ended, or have yet to start after a refusal.</param>
    /// <param name="inFlight">Sessions of the requests in flight.</param>
    public void TakeOver(SessionSeries? before, long now, IEnumerable<ulong> open, IEnumerable<ulong> inFlight)
    {
        if (before is null)
        {
            foreach (var session in open) Begin(session, now);
            foreach (var session in inFlight.Where(session => _shard.Owns((int)(uint)session) && Find(session) < 0).Distinct().ToList())
            {
                Begin(session, now);
                End(session, now);
            }

            return;
        }

        _sessions.TakeOver(before._sessions);
        Grow(Math.Max(Capacity, before.Capacity));
        for (var slot = 0; slot < _sessions.Used; slot++)
        {
            if (!_sessions.IsFree(slot)) Insert(_sessions[slot], slot);
        }

        Created = before.Created;
        before._begins.CopyTo(_begins, 0);
        before._vanished.CopyTo(_vanished, 0);
        long[][] columns = [.. _families.BySession.Select(family => Columns[family])];
        new SeriesMatch(before.FamiliesBySlot(), FamiliesBySlot()).Copy(family => before.Columns[before._families.BySession[family]], columns);
    }

    /// <summary>A row without an end that is not open would stay for ever; a session without a row could not be counted.</summary>
    private void Check(StateReader from, IEnumerable<ulong> open, IEnumerable<ulong> inFlight)
    {
        var going = 0;
        foreach (var session in open.Where(session => _shard.Owns((int)(uint)session)))
        {
            if (Find(session) < 0 || _sessions.DueAt(SlotOf(session)) != NotEnded) throw from.Damaged($"session {session} has no series");
            going++;
        }

        var kept = _slots.AsSpan(0, Count).ToArray().Count(slot => _sessions.DueAt(slot) == NotEnded);
        if (kept != going) throw from.Damaged($"{kept} sessions keep their series, but {going} go on");
        foreach (var session in inFlight)
        {
            if (_shard.Owns((int)(uint)session) && Find(session) < 0) throw from.Damaged($"a request in flight of session {session} has no series");
        }
    }

    private MetricFamily[] FamiliesBySlot()
    {
        var (slots, slotsByLanguage) = (new SlotRows(_rows), new SlotRows(_rowsByLanguage));
        return [.. _families.BySession.Select(family => _families.All[family] with { Rows = family == _families.Decisions ? slotsByLanguage : slots })];
    }

    /// <summary>The slots as a fixed axis; all that are free have no labels, and only zeros.</summary>
    private sealed class SlotRows(SessionRow?[] rows) : LabelRows
    {
        public override int Count => rows.Length;

        public override IReadOnlyList<Label> Labels(int row) => rows[row]?.Labels ?? [];
    }
}
