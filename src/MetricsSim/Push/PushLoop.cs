using MetricsSim.Hosting;

namespace MetricsSim.Push;

/// <summary>Pushes at once, then each interval, and a last time at the end.</summary>
/// <param name="interval">From each push to the next.</param>
/// <param name="time">The wall clock.</param>
/// <param name="log">Told of a push that failed in a way that nobody foresaw; the next is made all the same.</param>
/// <param name="push">One push; a cancelled one, or a world that has stopped, ends the loop without failing.</param>
internal sealed class PushLoop(TimeSpan interval, TimeProvider time, ILogger log, Func<CancellationToken, Task> push) : IDisposable
{
    private readonly CancellationTokenSource _end = new();
    private Task _pushing = Task.CompletedTask;

    /// <summary>Begins.</summary>
    public void Start() => _pushing = PushAllAsync();

    /// <summary>Ends the loop and pushes a last time.</summary>
    /// <param name="limit">When to give up.</param>
    /// <returns>A task that ends without failing.</returns>
    public async Task EndAsync(CancellationToken limit)
    {
        await _end.CancelAsync();
        await _pushing;
        try
        {
            await PushAsync(limit);
        }
        catch (Exception e) when (e is OperationCanceledException or SimulationStoppedException)
        {
            // Then the push before was the last.
        }
    }

    /// <inheritdoc />
    public void Dispose() => _end.Dispose();

    private async Task PushAllAsync()
    {
        await Task.Yield();
        using var timer = new PeriodicTimer(interval, time);
        try
        {
            do await PushAsync(_end.Token);
            while (await timer.WaitForNextTickAsync(_end.Token));
        }
        catch (Exception e) when (e is OperationCanceledException or SimulationStoppedException)
        {
            // The daemon or the world ends.
        }
    }

    private async Task PushAsync(CancellationToken stop)
    {
        try
        {
            await push(stop);
        }
        catch (Exception e) when (e is not SimulationStoppedException && !(e is OperationCanceledException && stop.IsCancellationRequested))
        {
            PushLog.Broken(log, e);
        }
    }
}
