using System.Buffers.Binary;
using MetricsSim.Wire.Tsdb;

namespace MetricsSim.Wire.RemoteWrite;

/// <summary>An exemplar of a sample.</summary>
/// <param name="Trace">The trace id.</param>
/// <param name="Bits">The bits of its value.</param>
/// <param name="Time">ms since the Unix epoch, by the clock of the samples.</param>
internal readonly record struct PushedExemplar(Symbol Trace, ulong Bits, long Time);

/// <summary>What one series has in one push: a sample or a native histogram, encoded alike in both versions, and the exemplars that are new.</summary>
internal sealed class SeriesPoint
{
    private const byte ValueTag = (1 << 3) | 1, TimeTag = 2 << 3, StartTag = 3 << 3;

    /// <summary>The message <c>Sample</c> or <c>Histogram</c>.</summary>
    public ByteBuffer Message { get; } = new();

    /// <summary>Whether it is a native histogram.</summary>
    public bool IsHistogram { get; set; }

    /// <summary>Whether the series has ended, and this says so.</summary>
    public bool IsEnd { get; set; }

    /// <summary>New exemplars in order of time.</summary>
    public List<PushedExemplar> Exemplars { get; } = [];

    /// <summary>Makes it a sample.</summary>
    /// <param name="bits">The bits of the value.</param>
    /// <param name="time">ms since the Unix epoch.</param>
    /// <param name="start">When it began at 0; 0 for none, and always in version 1.0.</param>
    public void SetSample(ulong bits, long time, long start)
    {
        IsHistogram = false;
        Message.Clear();
        Message.PutByte(ValueTag);
        Message.PutUInt64(BinaryPrimitives.ReverseEndianness(bits));
        Message.PutByte(TimeTag);
        Message.PutUvarint((ulong)time);
        if (start != 0)
        {
            Message.PutByte(StartTag);
            Message.PutUvarint((ulong)start);
        }
    }
}
