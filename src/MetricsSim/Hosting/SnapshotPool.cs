using MetricsSim.Core.Series;
using MetricsSim.Exposition;

namespace MetricsSim.Hosting;

/// <summary>
/// The buffers snapshots are copied into. At most <paramref name="limit"/> are alive, so slow readers hold a bounded amount of
/// memory, and few idle ones are kept for the next scrape. Safe for concurrent use.
/// </summary>
/// <param name="layout">What the buffers are for.</param>
/// <param name="pages">What makes pages of them.</param>
/// <param name="limit">Most buffers at once.</param>
/// <param name="returned">Called when a buffer came back, on the thread that gave it back.</param>
internal sealed class SnapshotPool(SeriesLayout layout, PageSource pages, int limit, Action returned)
{
    private const int KeptIdle = 2;
    private readonly Lock _lock = new();
    private readonly Stack<Snapshot> _idle = new();
    private int _alive;

    /// <summary>What makes pages of the buffers.</summary>
    public PageSource Pages => pages;

    /// <summary>Buffers handed out and not yet returned.</summary>
    public int InUse
    {
        get
        {
            lock (_lock) return _alive - _idle.Count;
        }
    }

    /// <summary>Takes a buffer, or null when the limit is reached.</summary>
    /// <returns>A buffer with one reference, the caller's.</returns>
    public SharedSnapshot? TryRent()
    {
        lock (_lock)
        {
            if (_idle.TryPop(out Snapshot? idle)) return new SharedSnapshot(idle, this);
            if (_alive == limit) return null;
            _alive++;
        }

        return new SharedSnapshot(new Snapshot(layout), this);
    }

    internal void Return(Snapshot snapshot)
    {
        lock (_lock)
        {
            if (_idle.Count < KeptIdle) _idle.Push(snapshot);
            else _alive--;
        }

        returned();
    }
}

/// <summary>A snapshot with a count of who still reads it; it goes back to its pool with the last of them.</summary>
internal sealed class SharedSnapshot(Snapshot snapshot, SnapshotPool pool)
{
    private int _references = 1;

    /// <summary>The buffer.</summary>
    public Snapshot Snapshot { get; } = snapshot;

    /// <summary>What makes a page of it.</summary>
    public PageSource Pages => pool.Pages;

    /// <summary>Makes a lease; the caller must hold a reference itself.</summary>
    /// <returns>One more reference.</returns>
    public SnapshotLease Lease()
    {
        Interlocked.Increment(ref _references);
        return new SnapshotLease(this);
    }

    /// <summary>Gives one reference back.</summary>
    public void Release()
    {
        if (Interlocked.Decrement(ref _references) == 0) pool.Return(Snapshot);
    }
}

/// <summary>A reader's hold on a snapshot, which does not change until it is disposed.</summary>
internal sealed class SnapshotLease(SharedSnapshot shared) : IDisposable
{
    private SharedSnapshot? _shared = shared;

    /// <summary>The values.</summary>
    /// <exception cref="ObjectDisposedException">The lease was disposed.</exception>
    public Snapshot Snapshot => (_shared ?? throw new ObjectDisposedException(nameof(SnapshotLease))).Snapshot;

    /// <summary>What makes a page of them: theirs, whatever the world's layout is by now.</summary>
    /// <exception cref="ObjectDisposedException">The lease was disposed.</exception>
    public PageSource Pages => (_shared ?? throw new ObjectDisposedException(nameof(SnapshotLease))).Pages;

    /// <summary>Gives the snapshot back.</summary>
    public void Dispose() => Interlocked.Exchange(ref _shared, null)?.Release();
}
