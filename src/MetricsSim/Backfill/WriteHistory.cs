using MetricsSim.Core.Series;
using MetricsSim.Wire.RemoteWrite;

namespace MetricsSim.Backfill;

/// <summary>
/// History by remote write. All samples of a time are taken before those of the next are sent: a receiver may refuse what is much older than
/// what it has. Holds the requests of two times at most, one on its way and one that waits.
/// </summary>
internal sealed class WriteHistory : IHistory
{
    private readonly RemoteWriteEncoder _encoder;
    private readonly HistorySender _sender;
    private readonly int _shards;
    private readonly CancellationToken _stop;
    private Task _sending = Task.CompletedTask;
    private bool _begun;
    private long _samples;
    private long _series;
    private long _bytes;

    /// <summary>Prepares the requests.</summary>
    /// <param name="encoder">Encodes the world's snapshots.</param>
    /// <param name="shards">Its shards.</param>
    /// <param name="sender">Sends what it makes.</param>
    /// <param name="stop">Cancelled to give up.</param>
    public WriteHistory(RemoteWriteEncoder encoder, int shards, HistorySender sender, CancellationToken stop)
    {
        (_encoder, _shards, _sender, _stop) = (encoder, shards, sender, stop);
        Next = new Snapshot(encoder.Layout);
    }

    /// <inheritdoc />
    public Snapshot Next { get; }

    /// <inheritdoc />
    /// <exception cref="HistoryRefusedException">Samples of the time before were not taken.</exception>
    public void Take()
    {
        var requests = Enumerable.Range(0, _shards).Select(_ => new List<WriteRequest>()).ToArray();
        void Add(WriteRequest request) => requests[request.Shard].Add(request);
        if (!_begun) _encoder.WriteMetadata(Add);
        _begun = true;
        _encoder.Write(Next, Next.UnixMilliseconds, Add);
        var samples = requests.Sum(shard => shard.Sum(request => (long)request.Samples + request.Histograms));
        _samples += samples;
        _series = Math.Max(_series, samples);
        _bytes += requests.Sum(shard => shard.Sum(request => (long)request.Body.Length));
        Wait();
        _sending = Task.Run(() => Task.WhenAll(requests.Select(shard => _sender.SendAsync(shard, _stop))), _stop);
    }

    /// <inheritdoc />
    public HistoryTotals Finish()
    {
        Wait();
        return new HistoryTotals(null, _series, _samples, _bytes);
    }

    /// <summary>Playing is a thread of its own, which has nothing else to do.</summary>
    private void Wait() => _sending.GetAwaiter().GetResult();
}
