using MetricsSim.Configuration;
using MetricsSim.Push;
using MetricsSim.Wire.RemoteWrite;

namespace MetricsSim.Backfill;

/// <summary>Sends requests of remote write one after the other, each until it is taken: history has no other chance to come.</summary>
/// <param name="options">Where to, and the pauses.</param>
/// <param name="client">What sends.</param>
/// <param name="patience">How long to try a request that isn't taken.</param>
/// <param name="time">The clock.</param>
/// <param name="random">Draws jitter from [0, 1).</param>
/// <param name="tell">Takes a line when a wait begins or is over.</param>
internal sealed class HistorySender(
    RemoteWriteOptions options, WriteClient client, TimeSpan patience, TimeProvider time, Func<double> random, Action<string> tell)
{
    private int _waiting;

    /// <summary>Sends the requests of a shard.</summary>
    /// <param name="requests">In order.</param>
    /// <param name="stop">Cancelled to give up.</param>
    /// <returns>A task that ends when all are taken.</returns>
    /// <exception cref="HistoryRefusedException">One is refused, or not taken for too long.</exception>
    public async Task SendAsync(IEnumerable<WriteRequest> requests, CancellationToken stop)
    {
        foreach (var request in requests) await SendAsync(request, stop);
    }

    private async Task SendAsync(WriteRequest request, CancellationToken stop)
    {
        var began = time.GetTimestamp();
        var backoff = new Backoff(options.MinBackoff, options.MaxBackoff, random);
        var waits = false;
        while (true)
        {
            var result = await client.SendAsync(request, stop);
            if (result.Outcome == SendOutcome.Sent) break;
            if (result.Outcome == SendOutcome.Refused)
                throw new HistoryRefusedException(ExitCodes.CannotBindOrWrite, $"{options.Url} refuses samples: {result.Reason}");
            var pause = backoff.Next(result.RetryAfter);
            if (time.GetElapsedTime(began) + pause > patience)
                throw new HistoryRefusedException(ExitCodes.MissingDependency, $"{options.Url} takes no samples: {result.Reason}; gave up after {patience.TotalSeconds:0.#} s");
            if (!waits && Interlocked.Increment(ref _waiting) == 1) tell($"waiting up to {patience.TotalSeconds:0.#} s: {options.Url} takes no samples: {result.Reason}");
            waits = true;
            await Task.Delay(pause, time, stop);
        }

        if (waits && Interlocked.Decrement(ref _waiting) == 0) tell("going on");
    }
}

/// <summary>A receiver does not take history, so there is no point in going on.</summary>
/// <param name="exitCode">What the program ends with.</param>
/// <param name="message">One line for the user.</param>
internal sealed class HistoryRefusedException(int exitCode, string message) : Exception(message)
{
    /// <summary>What the program ends with.</summary>
    public int ExitCode { get; } = exitCode;
}
