using MetricsSim.Core.Engine;

namespace MetricsSim.Core.Workload;

/// <summary>
/// The order in which a block's due operations are played: those of a user in order of time, and users one after another, so that the
/// cells they count in are walked through as they lie in memory. Users never touch each other, so their order decides nothing.
/// Allocates only when it has to grow.
/// </summary>
internal sealed class PlayOrder
{
    private const int Few = 48;
    private const int Ahead = 8;
    private readonly int[] _ends = new int[UserBlock.Size];
    private long[] _times = new long[Few];
    private ushort[] _users = new ushort[Few];
    private long[] _keys = new long[Few];
    private int[] _slots = new int[Few];

    /// <summary>Sorts what is due.</summary>
    /// <param name="due">Slots of operations of one block.</param>
    /// <param name="operations">Their table.</param>
    /// <param name="from">Start of the tick, µs; a tick is at most an hour.</param>
    /// <returns>The same slots; valid until the next call.</returns>
    public ReadOnlySpan<int> Sort(Span<int> due, DueTable<Operation> operations, long from)
    {
        if (due.Length > _times.Length) Grow(due.Length);
        var times = _times.AsSpan(0, due.Length);
        // An hour's µs fit the upper half.
        for (var i = 0; i < due.Length; i++)
        {
            if (i + Ahead < due.Length) operations.Fetch(due[i + Ahead]);
            times[i] = ((operations.DueAt(due[i]) - from) << 31) | (uint)operations[due[i]].Request;
        }

        if (due.Length > Few) return ByUser(due, operations);
        if (due.Length > 1) times.Sort(due);
        return due;
    }

    /// <summary>A counting sort by user, then each user's own few by time.</summary>
    private Span<int> ByUser(ReadOnlySpan<int> due, DueTable<Operation> operations)
    {
        var ends = _ends.AsSpan();
        var users = _users.AsSpan(0, due.Length);
        var keys = _keys.AsSpan(0, due.Length);
        var slots = _slots.AsSpan(0, due.Length);
        ends.Clear();
        for (var i = 0; i < due.Length; i++)
        {
            users[i] = (ushort)(operations[due[i]].User % UserBlock.Size);
            ends[users[i]]++;
        }

        var sum = 0;
        for (var user = 0; user < ends.Length; user++) (ends[user], sum) = (sum, sum + ends[user]);
        for (var i = 0; i < due.Length; i++)
        {
            var place = ends[users[i]]++;
            (keys[place], slots[place]) = (_times[i], due[i]);
        }

        var start = 0;
        foreach (var end in ends)
        {
            if (end - start > 1) keys[start..end].Sort(slots[start..end]);
            start = end;
        }

        return slots;
    }

    private void Grow(int least)
    {
        var capacity = Math.Max(least, _times.Length * 2);
        (_times, _users, _keys, _slots) = (new long[capacity], new ushort[capacity], new long[capacity], new int[capacity]);
    }
}
