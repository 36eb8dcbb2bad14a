namespace MetricsSim.Wire.RemoteWrite;

/// <summary>What all series of a family say of themselves in remote write 2.0.</summary>
/// <param name="Type">Type of the family, as the protocol numbers it.</param>
/// <param name="Help">Its help.</param>
/// <param name="Unit">Its unit; empty for none.</param>
/// <param name="Created">When its counters began at 0, ms since the Unix epoch; 0 is not known.</param>
internal readonly record struct SeriesFacts(byte Type, Symbol Help, Symbol Unit, long Created);

/// <summary>A request while it is filled.</summary>
internal abstract class RequestBatch
{
    /// <summary>Samples in it.</summary>
    public int Samples { get; private set; }

    /// <summary>An empty one.</summary>
    public static RequestBatch Of(RemoteWriteVersion version) => version == RemoteWriteVersion.V2 ? new RequestBatch2() : new RequestBatch1();

    /// <summary>Adds a series with one sample.</summary>
    /// <param name="facts">What its family says.</param>
    /// <param name="labels">Names and values in turn, sorted by name.</param>
    /// <param name="bits">The bits of the value.</param>
    /// <param name="time">ms since the Unix epoch.</param>
    public void Add(in SeriesFacts facts, ReadOnlySpan<Symbol> labels, ulong bits, long time)
    {
        Put(facts, labels, bits, time);
        Samples++;
    }

    /// <summary>The message, compressed; the batch is empty then.</summary>
    public byte[] Take(SnappyBlock snappy)
    {
        Samples = 0;
        return Finish(snappy);
    }

    /// <summary>Writes a series.</summary>
    protected abstract void Put(in SeriesFacts facts, ReadOnlySpan<Symbol> labels, ulong bits, long time);

    /// <summary>Compresses the message and empties it.</summary>
    protected abstract byte[] Finish(SnappyBlock snappy);
}
