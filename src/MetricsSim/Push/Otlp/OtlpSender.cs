using MetricsSim.Exposition;

namespace MetricsSim.Push.Otlp;

/// <summary>Sends what is in the outbox, one request after the other, each until it is taken or refused.</summary>
/// <param name="outbox">The requests.</param>
/// <param name="client">What sends.</param>
/// <param name="metrics">Where requests are counted.</param>
/// <param name="health">What is told of it.</param>
/// <param name="time">The clock.</param>
/// <param name="random">Draws jitter from [0, 1).</param>
internal sealed class OtlpSender(OtlpOutbox outbox, OtlpClient client, RuntimeMetrics metrics, PushHealth health, TimeProvider time, Func<double> random)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1), LongestPause = TimeSpan.FromSeconds(30);

    /// <summary>Sends until the outbox is complete and empty.</summary>
    /// <param name="stop">Gives up: what is left is dropped.</param>
    /// <returns>Requests that were given up.</returns>
    public async Task<int> RunAsync(CancellationToken stop)
    {
        int givenUp = 0;
        await foreach (OtlpRequest request in outbox.ReadAllAsync())
        {
            PushOutcome outcome = await SendAsync(request, stop);
            metrics.RecordOtlp(request.Signal, outcome, request.Body.Length, request.Events);
            if (outcome == PushOutcome.Dropped) givenUp++;
        }

        return givenUp;
    }

    private async Task<PushOutcome> SendAsync(OtlpRequest request, CancellationToken stop)
    {
        var backoff = new Backoff(FirstPause, LongestPause, random);
        try
        {
            while (true)
            {
                stop.ThrowIfCancellationRequested();
                SendResult result = await client.SendAsync(request, stop);
                health.Tell(result);
                if (result.Outcome != SendOutcome.Retry) return result.Outcome == SendOutcome.Sent ? PushOutcome.Sent : PushOutcome.Failed;
                metrics.RecordOtlpRetry(request.Signal);
                await Task.Delay(backoff.Next(result.RetryAfter), time, stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return PushOutcome.Dropped;
        }
    }
}
