using System.Buffers.Binary;
using MetricsSim.Wire.Tsdb;

namespace MetricsSim.Wire.RemoteWrite;

/// <summary>A <c>prometheus.WriteRequest</c> (prompb/remote.proto, remote write 1.0) while it is filled.</summary>
internal sealed class RequestBatch1 : RequestBatch
{
    private const byte TimeSeriesTag = (1 << 3) | 2, LabelTag = (1 << 3) | 2, SampleTag = (2 << 3) | 2;
    private const byte NameTag = (1 << 3) | 2, ValueTag = (2 << 3) | 2;
    private const byte SampleValueTag = (1 << 3) | 1, SampleTimeTag = 2 << 3;
    private readonly ByteBuffer _message = new();

    /// <inheritdoc />
    protected override void Put(in SeriesFacts facts, ReadOnlySpan<Symbol> labels, ulong bits, long time)
    {
        var sample = 1 + sizeof(double) + 1 + Symbol.VarintLength((ulong)time);
        var length = 2 + sample;
        for (var i = 0; i < labels.Length; i += 2)
        {
            var label = labels[i].FieldLength + labels[i + 1].FieldLength;
            length += 1 + Symbol.VarintLength((ulong)label) + label;
        }

        _message.PutByte(TimeSeriesTag);
        _message.PutUvarint((ulong)length);
        for (var i = 0; i < labels.Length; i += 2)
        {
            _message.PutByte(LabelTag);
            _message.PutUvarint((ulong)(labels[i].FieldLength + labels[i + 1].FieldLength));
            _message.PutByte(NameTag);
            _message.PutText(labels[i].Utf8);
            _message.PutByte(ValueTag);
            _message.PutText(labels[i + 1].Utf8);
        }

        _message.PutByte(SampleTag);
        _message.PutByte((byte)sample);
        _message.PutByte(SampleValueTag);
        _message.PutUInt64(BinaryPrimitives.ReverseEndianness(bits));
        _message.PutByte(SampleTimeTag);
        _message.PutUvarint((ulong)time);
    }

    /// <inheritdoc />
    protected override byte[] Finish(SnappyBlock snappy)
    {
        var body = snappy.Compress(_message.Span);
        _message.Clear();
        return body;
    }
}
