namespace MetricsSim.Prometheus;

/// <summary>Tries again what fails for a while: servers that come up late, are restarted, or have not yet seen something.</summary>
/// <param name="limit">How long to try, counted anew for each thing that is tried.</param>
/// <param name="time">The clock.</param>
/// <param name="tell">Takes a line when it begins to wait, and one when the wait is over.</param>
internal sealed class Patience(TimeSpan limit, TimeProvider time, Action<string> tell)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    /// <summary>Tries until it goes well, it fails for good, or the time is up.</summary>
    /// <typeparam name="T">What comes of it.</typeparam>
    /// <param name="attempt">What is tried.</param>
    /// <param name="isTransient">Whether a failure may pass.</param>
    /// <param name="stop">Gives up at once.</param>
    /// <returns>What came of it.</returns>
    /// <exception cref="OutOfPatienceException">It failed for too long.</exception>
    public async Task<T> TryAsync<T>(Func<CancellationToken, Task<T>> attempt, Predicate<Exception> isTransient, CancellationToken stop)
    {
        var began = time.GetTimestamp();
        var pause = FirstPause;
        string? told = null;
        while (true)
        {
            try
            {
                var result = await attempt(stop);
                if (told is not null) tell("going on");
                return result;
            }
            catch (Exception e) when (e is not OperationCanceledException && isTransient(e))
            {
                if (time.GetElapsedTime(began) >= limit) throw new OutOfPatienceException(e.Message, limit, e);
                if (told != e.Message) tell($"waiting up to {limit.TotalSeconds:0.#} s: {e.Message}");
                told = e.Message;
            }

            var left = limit - time.GetElapsedTime(began);
            await Task.Delay(pause < left ? pause : left > FirstPause ? left : FirstPause, time, stop);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }
}

/// <summary>Something went wrong for longer than anybody wanted to wait.</summary>
/// <param name="reason">What went wrong last.</param>
/// <param name="limit">How long it did.</param>
/// <param name="cause">The last failure.</param>
internal sealed class OutOfPatienceException(string reason, TimeSpan limit, Exception cause)
    : Exception($"{reason}; gave up after {limit.TotalSeconds:0.#} s", cause);
