using System.Buffers.Binary;
using MetricsSim.Core.Series;
using MetricsSim.Wire.TextFormat;
using MetricsSim.Wire.Tsdb;

namespace MetricsSim.Wire.Protobuf;

/// <summary>Summaries: count, sum, and a message for each quantile.</summary>
internal readonly struct SummaryValue : IMetricBody
{
    private const int TagAndDouble = 1 + sizeof(double);
    private const int QuantileMessage = 2 * TagAndDouble;
    private readonly ProtobufFamily _family;
    private readonly byte[] _timestamp;
    private readonly byte[] _created;

    public SummaryValue(ProtobufFamily family, PageTimes times)
    {
        _family = family;
        _timestamp = times.Timestamp;
        _created = family.HasCreated ? times.SummaryCreated : [];
    }

    public int Longest => 1 + (2 * Varint.MaxLength) + WithoutCount + _timestamp.Length;

    /// <summary>The message but for the count's number.</summary>
    private int WithoutCount => 1 + TagAndDouble + (_family.Quantiles.Length * (2 + QuantileMessage)) + _created.Length;

    public bool Touched(ReadOnlySpan<long> cells) => PartCursor.Touched(cells);

    public int Size(ReadOnlySpan<long> cells, ReadOnlySpan<Exemplar> exemplars)
    {
        var message = MessageSize(cells);
        return 1 + Varint.Length((ulong)message) + message + _timestamp.Length;
    }

    public int Write(ReadOnlySpan<long> cells, ReadOnlySpan<Exemplar> exemplars, Span<byte> destination)
    {
        var at = 0;
        destination[at++] = Tags.MetricSummary;
        at += Varint.Write((ulong)MessageSize(cells), destination[at..]);
        destination[at++] = Tags.SummaryCount;
        at += Varint.Write((ulong)cells[^2], destination[at..]);
        at += WriteDouble(Tags.SummarySum, _family.Value.Bits(cells[^1]), destination[at..]);
        for (var i = 0; i < _family.Quantiles.Length; i++)
        {
            destination[at++] = Tags.SummaryQuantile;
            destination[at++] = QuantileMessage;
            at += WriteDouble(Tags.QuantileQuantile, SampleValue.Bits(_family.Quantiles[i]), destination[at..]);
            at += WriteDouble(Tags.QuantileValue, SampleValue.OfDouble(cells[i]), destination[at..]);
        }

        _created.CopyTo(destination[at..]);
        at += _created.Length;
        _timestamp.CopyTo(destination[at..]);
        return at + _timestamp.Length;
    }

    private int MessageSize(ReadOnlySpan<long> cells) => WithoutCount + Varint.Length((ulong)cells[^2]);

    private static int WriteDouble(byte tag, ulong bits, Span<byte> destination)
    {
        destination[0] = tag;
        BinaryPrimitives.WriteUInt64LittleEndian(destination[1..], bits);
        return TagAndDouble;
    }
}
