namespace MetricsSim.Exposition;

/// <summary>
/// The slices of all pages that are compressed now. Those that come back are used again as long as there are such pages, and few are kept
/// for the next one then. Safe for concurrent use.
/// </summary>
/// <param name="keptIdle">How many.</param>
internal sealed class SlicePool(int keptIdle)
{
    private readonly Lock _lock = new();
    private readonly Stack<PageSlice> _idle = new();
    private int _inUse;

    /// <summary>Slices handed out and not yet returned.</summary>
    public int InUse
    {
        get
        {
            lock (_lock) return _inUse;
        }
    }

    /// <summary>Takes a slice.</summary>
    /// <returns>The caller's until it is returned.</returns>
    public PageSlice Rent()
    {
        lock (_lock)
        {
            _inUse++;
            if (_idle.TryPop(out PageSlice? idle)) return idle;
        }

        return new PageSlice();
    }

    /// <summary>Gives a slice back.</summary>
    /// <param name="slice">From <see cref="Rent"/>; nobody reads it any more.</param>
    public void Return(PageSlice slice)
    {
        lock (_lock)
        {
            _inUse--;
            _idle.Push(slice);
            while (_inUse == 0 && _idle.Count > keptIdle) _idle.Pop();
        }
    }
}
