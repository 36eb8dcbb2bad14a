using System.Numerics;
using System.Runtime.CompilerServices;
using MetricsSim.Core.Numerics;

namespace MetricsSim.Core.Workload;

/// <summary>
/// A table of entries with a time at which each is due: slots are stable and reused, and finding what is due is a scan over one column
/// of times. Allocates only when it has to grow.
/// </summary>
/// <typeparam name="T">What an entry is.</typeparam>
internal sealed partial class DueTable<T>
    where T : unmanaged
{
    private const int InitialCapacity = 16;
    private const int Ahead = 8;
    private long[] _dueAt = NewColumn(InitialCapacity);
    private T[] _entries = new T[InitialCapacity];
    private int[] _free = new int[InitialCapacity];
    private int[] _due = new int[InitialCapacity];
    private int _used;
    private int _freeCount;

    /// <summary>Entries in the table.</summary>
    public int Count => _used - _freeCount;

    /// <summary>All slots ever used, the free ones default.</summary>
    public IEnumerable<T> Entries => _entries.Take(_used);

    /// <summary>The entry in a slot.</summary>
    public ref T this[int slot] => ref _entries[slot];

    /// <summary>When the entry in a slot is due, µs.</summary>
    public long DueAt(int slot) => _dueAt[slot];

    /// <summary>Moves an entry's time.</summary>
    public void SetDue(int slot, long at) => _dueAt[slot] = at;

    /// <summary>Asks for the memory of an entry that is used soon.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Fetch(int slot)
    {
        ref var entry = ref _entries[slot];
        Prefetch.Line(in entry);
        // Entries begin anywhere in a line, so most reach into the next one.
        Prefetch.Line(in Unsafe.Add(ref entry, 1));
    }

    /// <summary>Takes a slot.</summary>
    public int Add(in T entry, long dueAt)
    {
        // A slot that was given back long ago is no longer near.
        if (_freeCount > Ahead) Fetch(_free[_freeCount - Ahead - 1]);
        var slot = _freeCount > 0 ? _free[--_freeCount] : NextSlot();
        _entries[slot] = entry;
        _dueAt[slot] = dueAt;
        return slot;
    }

    /// <summary>Gives a slot back; its entry is default from now on.</summary>
    public void Remove(int slot)
    {
        _entries[slot] = default;
        _dueAt[slot] = long.MaxValue;
        _free[_freeCount++] = slot;
    }

    /// <summary>Finds the slots due before a time.</summary>
    /// <param name="limit">Exclusive, µs.</param>
    /// <returns>The slots in ascending order; valid until the next call.</returns>
    public Span<int> DueBefore(long limit)
    {
        var count = 0;
        var i = 0;
        var limits = new Vector<long>(limit);
        for (; i <= _used - Vector<long>.Count; i += Vector<long>.Count)
        {
            if (!Vector.LessThanAny(new Vector<long>(_dueAt, i), limits)) continue;
            for (var lane = i; lane < i + Vector<long>.Count; lane++)
            {
                if (_dueAt[lane] < limit) _due[count++] = lane;
            }
        }

        for (; i < _used; i++)
        {
            if (_dueAt[i] < limit) _due[count++] = i;
        }

        return _due.AsSpan(0, count);
    }

    private static long[] NewColumn(int length)
    {
        var column = new long[length];
        Array.Fill(column, long.MaxValue);
        return column;
    }

    private int NextSlot()
    {
        if (_used == _entries.Length)
        {
            var capacity = _used * 2;
            var dueAt = NewColumn(capacity);
            _dueAt.CopyTo(dueAt, 0);
            _dueAt = dueAt;
            Array.Resize(ref _entries, capacity);
            Array.Resize(ref _free, capacity);
            _due = new int[capacity];
        }

        return _used++;
    }
}
