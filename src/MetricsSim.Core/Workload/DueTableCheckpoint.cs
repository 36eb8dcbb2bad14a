using MetricsSim.Core.Checkpoints;

namespace MetricsSim.Core.Workload;

/// <content>Its part of a saved state: entries keep their slots, whose numbers others hold.</content>
internal sealed partial class DueTable<T>
{
    /// <summary>Slots ever used, numbered from 0.</summary>
    public int Used => _used;

    /// <summary>Whether nothing is in a slot.</summary>
    public bool IsFree(int slot) => _dueAt[slot] == long.MaxValue;

    public void Write(StateWriter to)
    {
        to.Write<long>(_dueAt.AsSpan(0, _used));
        to.Write<T>(_entries.AsSpan(0, _used));
        to.Write<int>(_free.AsSpan(0, _freeCount));
    }

    /// <summary>Reads the table; what the entries say is for their owner to check.</summary>
    /// <param name="from">The state.</param>
    /// <param name="now">The tick boundary, µs since tick 0: nothing is due before it.</param>
    public void Read(StateReader from, long now)
    {
        var dueAt = from.Column<long>();
        var entries = from.Column<T>(dueAt.Length);
        var free = from.Column<int>(dueAt.Length);
        if (entries.Length != dueAt.Length) throw from.Damaged($"{entries.Length} entries have {dueAt.Length} times");
        if (dueAt.Any(at => at < now)) throw from.Damaged("an entry was due before the present");
        CheckFree(from, free, dueAt);
        (_used, _freeCount) = (dueAt.Length, free.Length);
        var capacity = InitialCapacity;
        while (capacity < _used) capacity *= 2;
        _dueAt = NewColumn(capacity);
        dueAt.CopyTo(_dueAt, 0);
        Array.Resize(ref entries, capacity);
        _entries = entries;
        Array.Resize(ref free, capacity);
        _free = free;
        _due = new int[capacity];
    }

    /// <summary>Goes on with what another table holds.</summary>
    public void TakeOver(DueTable<T> before)
    {
        (_used, _freeCount) = (before._used, before._freeCount);
        (_dueAt, _entries, _free) = ([.. before._dueAt], [.. before._entries], [.. before._free]);
        _due = new int[_entries.Length];
    }

    /// <summary>The free slots are those without a time, each named once: a slot given out twice would hold two sessions.</summary>
    private static void CheckFree(StateReader from, int[] free, long[] dueAt)
    {
        var named = new bool[dueAt.Length];
        foreach (var slot in free)
        {
            if (slot < 0 || slot >= dueAt.Length || named[slot] || dueAt[slot] != long.MaxValue) throw from.Damaged($"slot {slot} is not free");
            named[slot] = true;
        }

        if (dueAt.Count(at => at == long.MaxValue) != free.Length) throw from.Damaged("an entry is never due");
    }
}
