using System.Threading.Channels;
using MetricsSim.Configuration;
using MetricsSim.Exposition;
using MetricsSim.Wire.RemoteWrite;

namespace MetricsSim.Push;

/// <summary>The requests of one shard: a bounded queue, from which they are sent one after the other, each until it is taken or refused.</summary>
internal sealed class ShardSender
{
    private readonly RemoteWriteOptions _options;
    private readonly WriteClient _client;
    private readonly RuntimeMetrics _metrics;
    private readonly PushHealth _health;
    private readonly TimeProvider _time;
    private readonly Func<double> _random;
    private readonly Channel<WriteRequest> _queue;

    /// <summary>An empty queue.</summary>
    /// <param name="options">Its capacity, and the pauses.</param>
    /// <param name="client">What sends.</param>
    /// <param name="metrics">Where samples are counted.</param>
    /// <param name="health">What is told of it.</param>
    /// <param name="time">The clock.</param>
    /// <param name="random">Draws jitter from [0, 1).</param>
    public ShardSender(
        RemoteWriteOptions options, WriteClient client, RuntimeMetrics metrics, PushHealth health, TimeProvider time, Func<double> random)
    {
        (_options, _client, _metrics, _health, _time, _random) = (options, client, metrics, health, time, random);
        _queue = Channel.CreateBounded<WriteRequest>(
            new BoundedChannelOptions(options.QueueCapacity) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true }, Drop);
    }

    /// <summary>Adds a request behind the others; when there are too many the oldest is dropped.</summary>
    /// <param name="request">The request, which is counted as waiting.</param>
    public void Add(WriteRequest request) => _queue.Writer.TryWrite(request);

    /// <summary>Says that no more will come.</summary>
    public void Complete() => _queue.Writer.TryComplete();

    /// <summary>Sends until the queue is complete and empty.</summary>
    /// <param name="stop">Gives up: what is left is dropped.</param>
    /// <returns>Samples and histograms that were given up.</returns>
    public async Task<long> RunAsync(CancellationToken stop)
    {
        long givenUp = 0;
        await foreach (WriteRequest request in _queue.Reader.ReadAllAsync(CancellationToken.None))
        {
            if (await SendAsync(request, stop)) continue;
            _metrics.RecordPushed(PushOutcome.Dropped, PushedCount.Of(request));
            givenUp += PushedCount.Of(request).Points;
        }

        return givenUp;
    }

    private async Task<bool> SendAsync(WriteRequest request, CancellationToken stop)
    {
        var backoff = new Backoff(_options.MinBackoff, _options.MaxBackoff, _random);
        try
        {
            while (true)
            {
                stop.ThrowIfCancellationRequested();
                SendResult result = await _client.SendAsync(request, stop);
                _health.Tell(result, request.IsLate);
                if (result.Outcome != SendOutcome.Retry)
                {
                    PushedCount lost = PushedCount.Of(request) - result.Written;
                    _metrics.RecordPushed(PushOutcome.Sent, result.Written);
                    _metrics.RecordPushed(PushOutcome.Failed, lost);
                    if (result.Outcome == SendOutcome.Sent && lost.Exemplars > 0) _health.TellExemplarsLost();
                    return true;
                }

                _metrics.RecordRetried(PushedCount.Of(request));
                await Task.Delay(backoff.Next(result.RetryAfter), _time, stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return false;
        }
    }

    private void Drop(WriteRequest request)
    {
        _metrics.RecordPushed(PushOutcome.Dropped, PushedCount.Of(request));
        _health.TellDropped();
    }
}
