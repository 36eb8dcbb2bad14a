using System.Runtime.ExceptionServices;
using MetricsSim.Core.Engine;
using MetricsSim.Core.Groups;

namespace MetricsSim.Hosting;

/// <summary>
/// Lanes on threads that live as long as the world, so that a tick starts none and allocates nothing. The caller's thread is lane 0.
/// One caller at a time.
/// </summary>
internal sealed class ThreadLanes : ILanes, IDisposable
{
    /// <summary>From this many users on, a tick's work is worth sharing between threads.</summary>
    public const int WorthSharing = 5_000;

    /// <summary>From this many series of groups on, too.</summary>
    private const int SeriesWorthSharing = 100_000;

    private readonly SemaphoreSlim[] _starts;
    private readonly SemaphoreSlim _ended = new(0);
    private int _running;
    private Action<int>? _body;
    private ExceptionDispatchInfo? _failure;
    private volatile bool _disposed;

    private ThreadLanes(int count)
    {
        Count = count;
        _starts = new SemaphoreSlim[count - 1];
        for (int i = 0; i < _starts.Length; i++)
        {
            int lane = i + 1;
            SemaphoreSlim start = _starts[i] = new SemaphoreSlim(0);
            new Thread(() => Work(lane, start)) { IsBackground = true, Name = $"lane {lane}" }.Start();
        }
    }

    /// <inheritdoc />
    public int Count { get; }

    /// <summary>Lanes for a world.</summary>
    /// <param name="threads">How many; 0 chooses one for a small world, else one per processor.</param>
    /// <param name="world">Its options.</param>
    /// <returns>Lanes; dispose them if they can be.</returns>
    public static ILanes For(int threads, WorldOptions world)
    {
        var isSmall = world.Population.Total < WorthSharing && world.SeriesGroups.Sum(group => GroupSize.Of(group).Series) < SeriesWorthSharing;
        return For(threads == 0 && isSmall ? 1 : threads);
    }

    /// <summary>Lanes for work that is worth sharing.</summary>
    /// <param name="threads">How many; 0 is one per processor.</param>
    /// <returns>Lanes; dispose them if they can be.</returns>
    public static ILanes For(int threads)
    {
        if (threads == 0) threads = Environment.ProcessorCount;
        return threads == 1 ? SerialLane.Instance : new ThreadLanes(threads);
    }

    /// <inheritdoc />
    public void Run(Action<int> body)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        _body = body;
        _failure = null;
        _running = Count;
        foreach (SemaphoreSlim start in _starts) start.Release();
        RunLane(0);
        _ended.Wait();
        _body = null;
        _failure?.Throw();
    }

    /// <inheritdoc />
    public void Dispose()
    {
        if (_disposed) return;
        _disposed = true;
        foreach (SemaphoreSlim start in _starts) start.Release();
    }

    private void Work(int lane, SemaphoreSlim start)
    {
        while (true)
        {
            start.Wait();
            if (_disposed) return;
            RunLane(lane);
        }
    }

    private void RunLane(int lane)
    {
        try
        {
            _body!(lane);
        }
#pragma warning disable CA1031 // Whatever a lane throws is thrown again by the caller's thread.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Interlocked.CompareExchange(ref _failure, ExceptionDispatchInfo.Capture(e), null);
        }

        if (Interlocked.Decrement(ref _running) == 0) _ended.Release();
    }
}
