using System.Buffers.Binary;
using MetricsSim.Wire.Tsdb;

namespace MetricsSim.Wire.RemoteWrite;

/// <summary>A <c>prometheus.WriteRequest</c> (prompb/remote.proto, remote write 1.0) while it is filled.</summary>
internal sealed class RequestBatch1 : RequestBatch
{
    private const byte TimeSeriesTag = (1 << 3) | 2, LabelTag = (1 << 3) | 2, SampleTag = (2 << 3) | 2, ExemplarTag = (3 << 3) | 2, HistogramTag = (4 << 3) | 2;
    private const byte NameTag = (1 << 3) | 2, ValueTag = (2 << 3) | 2;
    private const byte ExemplarValueTag = (2 << 3) | 1, ExemplarTimeTag = 3 << 3;
    private readonly ByteBuffer _message = new();

    /// <inheritdoc />
    protected override void Put(in SeriesFacts facts, ReadOnlySpan<Symbol> labels, SeriesPoint point)
    {
        var length = 1 + Symbol.VarintLength((ulong)point.Message.Length) + point.Message.Length;
        for (var i = 0; i < labels.Length; i += 2)
        {
            length += 1 + Prefixed(LabelLength(labels[i], labels[i + 1]));
        }

        foreach (var exemplar in point.Exemplars)
        {
            length += 1 + Prefixed(ExemplarLength(exemplar));
        }

        _message.PutByte(TimeSeriesTag);
        _message.PutUvarint((ulong)length);
        for (var i = 0; i < labels.Length; i += 2)
        {
            PutLabel(labels[i], labels[i + 1]);
        }

        _message.PutByte(point.IsHistogram ? HistogramTag : SampleTag);
        _message.PutText(point.Message.Span);
        foreach (var exemplar in point.Exemplars)
        {
            _message.PutByte(ExemplarTag);
            _message.PutUvarint((ulong)ExemplarLength(exemplar));
            PutLabel(TraceId, exemplar.Trace);
            _message.PutByte(ExemplarValueTag);
            _message.PutUInt64(BinaryPrimitives.ReverseEndianness(exemplar.Bits));
            _message.PutByte(ExemplarTimeTag);
            _message.PutUvarint((ulong)exemplar.Time);
        }
    }

    /// <inheritdoc />
    protected override byte[] Finish(SnappyBlock snappy)
    {
        var body = snappy.Compress(_message.Span);
        _message.Clear();
        return body;
    }

    private void PutLabel(Symbol name, Symbol value)
    {
        _message.PutByte(LabelTag);
        _message.PutUvarint((ulong)LabelLength(name, value));
        _message.PutByte(NameTag);
        _message.PutText(name.Utf8);
        _message.PutByte(ValueTag);
        _message.PutText(value.Utf8);
    }

    private static int LabelLength(Symbol name, Symbol value) => name.FieldLength + value.FieldLength;

    private static int ExemplarLength(in PushedExemplar exemplar) =>
        1 + Prefixed(LabelLength(TraceId, exemplar.Trace)) + 1 + sizeof(double) + 1 + Symbol.VarintLength((ulong)exemplar.Time);

    private static int Prefixed(int length) => Symbol.VarintLength((ulong)length) + length;
}
