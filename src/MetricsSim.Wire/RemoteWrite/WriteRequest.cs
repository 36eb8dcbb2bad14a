namespace MetricsSim.Wire.RemoteWrite;

/// <summary>The body of one request of remote write.</summary>
/// <param name="Shard">Which of the shards sends it; requests of a shard are sent one after the other, so that each series stays in order.</param>
/// <param name="Samples">Samples in it, markers of staleness included; 0 when it holds metadata alone.</param>
/// <param name="Body">Protobuf, compressed by snappy's block format.</param>
public sealed record WriteRequest(int Shard, int Samples, ReadOnlyMemory<byte> Body)
{
    /// <summary>Native histograms in it, markers of staleness included.</summary>
    public int Histograms { get; init; }

    /// <summary>Exemplars in it.</summary>
    public int Exemplars { get; init; }

    /// <summary>Whether it is to be sent only after later samples of its series; see <see cref="LateSamples"/>.</summary>
    public bool IsLate { get; init; }
}
