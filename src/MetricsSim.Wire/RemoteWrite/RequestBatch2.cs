using System.Buffers.Binary;
using MetricsSim.Wire.Tsdb;

namespace MetricsSim.Wire.RemoteWrite;

/// <summary>
/// An <c>io.prometheus.write.v2.Request</c> (remote write 2.0) while it is filled: labels are numbers of symbols, each of which stands once in
/// the request, the empty one first.
/// </summary>
internal sealed class RequestBatch2 : RequestBatch
{
    private const byte SymbolTag = (4 << 3) | 2, TimeSeriesTag = (5 << 3) | 2;
    private const byte LabelsTag = (1 << 3) | 2, SampleTag = (2 << 3) | 2, HistogramTag = (3 << 3) | 2, ExemplarTag = (4 << 3) | 2, MetadataTag = (5 << 3) | 2;
    private const byte ExemplarValueTag = (2 << 3) | 1, ExemplarTimeTag = 3 << 3;
    private const byte TypeTag = 1 << 3, HelpTag = 3 << 3, UnitTag = 4 << 3;
    private readonly Dictionary<string, uint> _numbers = new(StringComparer.Ordinal);
    private readonly ByteBuffer _message = new();
    private readonly ByteBuffer _series = new();
    private readonly ByteBuffer _one = new();
    private readonly ByteBuffer _part = new();
    private readonly ByteBuffer _references = new();

    public RequestBatch2() => Begin();

    /// <inheritdoc />
    protected override void Put(in SeriesFacts facts, ReadOnlySpan<Symbol> labels, SeriesPoint point)
    {
        _one.Clear();
        PutReferences(_one, labels);
        _one.PutByte(point.IsHistogram ? HistogramTag : SampleTag);
        _one.PutText(point.Message.Span);
        foreach (var exemplar in point.Exemplars)
        {
            _part.Clear();
            PutReferences(_part, [TraceId, exemplar.Trace]);
            _part.PutByte(ExemplarValueTag);
            _part.PutUInt64(BinaryPrimitives.ReverseEndianness(exemplar.Bits));
            _part.PutByte(ExemplarTimeTag);
            _part.PutUvarint((ulong)exemplar.Time);
            PutPart(ExemplarTag);
        }

        _part.Clear();
        _part.PutByte(TypeTag);
        _part.PutByte(facts.Type);
        _part.PutByte(HelpTag);
        _part.PutUvarint(NumberOf(facts.Help));
        _part.PutByte(UnitTag);
        _part.PutUvarint(NumberOf(facts.Unit));
        PutPart(MetadataTag);
        _series.PutByte(TimeSeriesTag);
        _series.PutText(_one.Span);
    }

    /// <inheritdoc />
    protected override byte[] Finish(SnappyBlock snappy)
    {
        _message.Put(_series.Span);
        var body = snappy.Compress(_message.Span);
        Begin();
        return body;
    }

    private void Begin()
    {
        _numbers.Clear();
        _series.Clear();
        _message.Clear();
        _message.PutByte(SymbolTag);
        _message.PutText([]);
    }

    private uint NumberOf(Symbol symbol)
    {
        if (symbol.Utf8.Length == 0)
        {
            return 0;
        }

        if (!_numbers.TryGetValue(symbol.Text, out var number))
        {
            _numbers.Add(symbol.Text, number = (uint)_numbers.Count + 1);
            _message.PutByte(SymbolTag);
            _message.PutText(symbol.Utf8);
        }

        return number;
    }

    private void PutReferences(ByteBuffer message, ReadOnlySpan<Symbol> labels)
    {
        _references.Clear();
        foreach (var symbol in labels)
        {
            _references.PutUvarint(NumberOf(symbol));
        }

        message.PutByte(LabelsTag);
        message.PutText(_references.Span);
    }

    private void PutPart(byte tag)
    {
        _one.PutByte(tag);
        _one.PutText(_part.Span);
    }
}
