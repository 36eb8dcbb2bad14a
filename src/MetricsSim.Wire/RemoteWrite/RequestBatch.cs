namespace MetricsSim.Wire.RemoteWrite;

/// <summary>What all series of a family say of themselves in remote write 2.0.</summary>
/// <param name="Type">Type of the family, as the protocol numbers it.</param>
/// <param name="Help">Its help.</param>
/// <param name="Unit">Its unit; empty for none.</param>
internal readonly record struct SeriesFacts(byte Type, Symbol Help, Symbol Unit);

/// <summary>A request while it is filled.</summary>
internal abstract class RequestBatch
{
    private int _samples, _histograms, _exemplars;

    /// <summary>The label of an exemplar.</summary>
    protected static Symbol TraceId { get; } = new("trace_id");

    /// <summary>Series in it, each with a sample or a histogram.</summary>
    public int Series => _samples + _histograms;

    /// <summary>An empty one.</summary>
    public static RequestBatch Of(RemoteWriteVersion version) => version == RemoteWriteVersion.V2 ? new RequestBatch2() : new RequestBatch1();

    /// <summary>Adds a series.</summary>
    /// <param name="facts">What its family says.</param>
    /// <param name="labels">Names and values in turn, sorted by name.</param>
    /// <param name="point">What it has.</param>
    public void Add(in SeriesFacts facts, ReadOnlySpan<Symbol> labels, SeriesPoint point)
    {
        Put(facts, labels, point);
        _samples += point.IsHistogram ? 0 : 1;
        _histograms += point.IsHistogram ? 1 : 0;
        _exemplars += point.Exemplars.Count;
    }

    /// <summary>The request, compressed; the batch is empty then.</summary>
    /// <param name="shard">Which shard sends it.</param>
    /// <param name="isLate">Whether it is sent late.</param>
    /// <param name="snappy">What compresses it.</param>
    public WriteRequest Take(int shard, bool isLate, SnappyBlock snappy)
    {
        var request = new WriteRequest(shard, _samples, Finish(snappy)) { Histograms = _histograms, Exemplars = _exemplars, IsLate = isLate };
        (_samples, _histograms, _exemplars) = (0, 0, 0);
        return request;
    }

    /// <summary>Writes a series.</summary>
    protected abstract void Put(in SeriesFacts facts, ReadOnlySpan<Symbol> labels, SeriesPoint point);

    /// <summary>Compresses the message and empties it.</summary>
    protected abstract byte[] Finish(SnappyBlock snappy);
}
