using System.Numerics;
using MetricsSim.Core.ClientEvents;
using MetricsSim.Core.Engine;
using MetricsSim.Core.Randomness;
using MetricsSim.Core.Workload;

namespace MetricsSim.Core.Series;

/// <summary>
/// The series of a block's sessions, while <c>session_id</c> is a label: a row each, from the session's start, or from its user's first
/// refusal if that comes before, until the retention after its end has passed and no request of it is in flight. Rows have slots, which are
/// reused; their order is that of user and ordinal, whatever their slots. Allocates for new rows, and where it has to grow.
/// </summary>
internal sealed partial class SessionSeries
{
    private const int InitialCapacity = 16;
    private const long NotEnded = long.MaxValue - 1;

    /// <summary>A client exports a minute after its start, each minute then, and once more at its end.</summary>
    private const long ExportInterval = 60_000_000;

    private readonly PopulationFamilies _families;
    private readonly Shard _shard;
    private readonly KeyedRandom _random;
    private readonly long _retention;
    private readonly long _firstExport;
    private readonly DueTable<ulong> _sessions = new();
    private readonly long[] _vanished;
    private SessionRow?[] _rows = new SessionRow?[InitialCapacity];
    private SessionRow?[] _rowsByLanguage = new SessionRow?[InitialCapacity];
    private long[] _begins = new long[InitialCapacity];
    private ulong[] _places = new ulong[InitialCapacity];
    private int[] _slots = new int[InitialCapacity];

    public SessionSeries(PopulationFamilies families, WorldOptions options, KeyedRandom random)
    {
        _families = families;
        _shard = options.Telemetry.Shard;
        _random = random;
        _retention = (long)options.Telemetry.SessionRetention.TotalMicroseconds;
        _firstExport = options.Telemetry.Quirks.NonzeroStart ? ExportInterval : 0;
        _vanished = new long[families.All.Count];
        Columns = [.. families.All.Select((_, family) => new long[InitialCapacity * families.SessionCells(family)])];
    }

    /// <summary>One column a family, in the order of <see cref="PopulationFamilies.All"/>, by slot; empty for those that are not by session.</summary>
    public long[][] Columns { get; }

    /// <summary>Rows there are.</summary>
    public int Count { get; private set; }

    /// <summary>Rows there ever were.</summary>
    public long Created { get; private set; }

    /// <summary>Slots there is room for.</summary>
    public int Capacity => _rows.Length;

    /// <summary>What a family counted, since the last reset of the counters, in rows that are gone: of histograms the observations.</summary>
    public long Vanished(int family) => _vanished[family];

    /// <summary>The slot of a session that has a row.</summary>
    public int SlotOf(ulong session) => _slots[Find(session)];

    /// <summary>Gives a session its row, if it has none yet.</summary>
    /// <param name="session">Its key.</param>
    /// <param name="at">When it began, µs since tick 0.</param>
    public void Begin(ulong session, long at)
    {
        if (!_shard.Owns((int)(uint)session) || Find(session) >= 0) return;
        var slot = _sessions.Add(session, NotEnded);
        Insert(session, slot);
        _begins[slot] = at;
        Created++;
    }

    /// <summary>Notes that a session has ended, or will never start.</summary>
    /// <param name="session">Its key.</param>
    /// <param name="at">When, µs.</param>
    public void End(ulong session, long at)
    {
        if (_shard.Owns((int)(uint)session)) _sessions.SetDue(SlotOf(session), at + _retention);
    }

    /// <summary>Drops the rows whose time is over before the end of a tick. Requests in flight are still to be counted, so their rows stay.</summary>
    public void Expire(long to, OperationTable operations)
    {
        foreach (var slot in _sessions.DueBefore(to))
        {
            if (operations.IsInFlight(_sessions[slot])) _sessions.SetDue(slot, to);
            else Remove(slot);
        }
    }

    /// <summary>Counts from 0.</summary>
    public void Reset()
    {
        foreach (var column in Columns) column.AsSpan().Clear();
        _vanished.AsSpan().Clear();
    }

    /// <summary>Rows of users that gaps hide.</summary>
    public int CountHidden(HiddenRows hidden)
    {
        var count = 0;
        for (var i = 0; i < Count; i++)
        {
            if (hidden.Hides(_rows[_slots[i]]!.User)) count++;
        }

        return count;
    }

    /// <summary>Copies the rows in their order.</summary>
    /// <param name="snapshot">Has room for them.</param>
    /// <param name="first">Where the first of them goes.</param>
    /// <param name="hidden">Rows that are missing from the page; their cells go on.</param>
    /// <param name="now">The tick boundary, µs since tick 0.</param>
    public void CopyTo(Snapshot snapshot, int first, HiddenRows hidden, long now)
    {
        var rows = snapshot.Live[_families.Sessions]!.Slots.Slice(first, Count);
        for (var i = 0; i < Count; i++) rows[i] = hidden.Hides(_rows[_slots[i]]!.User) || !IsExported(_slots[i], now) ? null : _rows[_slots[i]];
        if (_families.Versioned[_families.Decisions] is null)
        {
            var rowsByLanguage = snapshot.Live[_families.Decisions]!.Slots.Slice(first, Count);
            for (var i = 0; i < Count; i++) rowsByLanguage[i] = rows[i] is null ? null : _rowsByLanguage[_slots[i]];
        }

        foreach (var family in _families.BySession)
        {
            if (_families.Versioned[family] is { } leaves) CopySeries(family, leaves, snapshot.Live[family]!.Slots[(first * leaves.Count)..], rows);
            var cells = _families.SessionCells(family);
            var (from, to) = (Columns[family], snapshot.Columns[family]);
            for (var i = 0; i < Count; i++) from.AsSpan(_slots[i] * cells, cells).CopyTo(to.AsSpan((first + i) * cells));
        }
    }

    private void CopySeries(int family, VersionedLeaves leaves, Span<LiveRow?> series, ReadOnlySpan<LiveRow?> rows)
    {
        var sessions = family == _families.Decisions ? _rowsByLanguage : _rows;
        for (var i = 0; i < Count; i++)
        {
            var of = series.Slice(i * leaves.Count, leaves.Count);
            if (rows[i] is null) of.Clear();
            else sessions[_slots[i]]!.SeriesOf(leaves).CopyTo(of);
        }
    }

    private bool IsExported(int slot, long now) => now - _begins[slot] >= _firstExport || _sessions.DueAt(slot) != NotEnded;

    /// <summary>User first, then ordinal: the order of the page.</summary>
    private static ulong Place(ulong session) => BitOperations.RotateLeft(session, 32);

    private int Find(ulong session) => Array.BinarySearch(_places, 0, Count, Place(session));

    private void Insert(ulong session, int slot)
    {
        if (slot >= Capacity) Grow(2 * Capacity);
        var at = ~Find(session);
        _places.AsSpan(at, Count - at).CopyTo(_places.AsSpan(at + 1));
        _slots.AsSpan(at, Count - at).CopyTo(_slots.AsSpan(at + 1));
        (_places[at], _slots[at]) = (Place(session), slot);
        Count++;
        var id = ClientIds.Session(_random, session);
        _rows[slot] = new SessionRow(_families.Users, session, id);
        _rowsByLanguage[slot] = new SessionRow(_families.UsersByLanguage, session, id);
    }

    private void Remove(int slot)
    {
        var at = Find(_sessions[slot]);
        Count--;
        _places.AsSpan(at + 1, Count - at).CopyTo(_places.AsSpan(at));
        _slots.AsSpan(at + 1, Count - at).CopyTo(_slots.AsSpan(at));
        _rows[slot] = _rowsByLanguage[slot] = null;
        _sessions.Remove(slot);
        foreach (var family in _families.BySession)
        {
            var cells = _families.SessionCells(family);
            var row = Columns[family].AsSpan(slot * cells, cells);
            _vanished[family] += _families.All[family].Total(row);
            row.Clear();
        }
    }

    private void Grow(int capacity)
    {
        Array.Resize(ref _rows, capacity);
        Array.Resize(ref _rowsByLanguage, capacity);
        Array.Resize(ref _begins, capacity);
        Array.Resize(ref _places, capacity);
        Array.Resize(ref _slots, capacity);
        foreach (var family in _families.BySession) Array.Resize(ref Columns[family], capacity * _families.SessionCells(family));
    }
}
