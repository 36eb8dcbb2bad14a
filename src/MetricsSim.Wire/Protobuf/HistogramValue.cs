using System.Buffers.Binary;
using MetricsSim.Wire.TextFormat;

namespace MetricsSim.Wire.Protobuf;

/// <summary>Histograms. The bucket of +Inf is left out, as client libraries do: it is the count.</summary>
internal readonly struct HistogramValue : IMetricBody
{
    private const int TagAndDouble = 1 + sizeof(double);
    private readonly ProtobufFamily _family;
    private readonly byte[] _timestamp;
    private readonly byte[] _created;
    private readonly NativeValue? _native;
    private readonly double[] _bounds;

    public HistogramValue(ProtobufFamily family, PageTimes times)
    {
        _family = family;
        _timestamp = times.Timestamp;
        _created = family.HasCreated ? times.HistogramCreated : [];
        _bounds = family.Family.NativeOnly && family.Family.Native is not null ? [] : family.Bounds;
        _native = family.Family.Native is { } buckets ? new NativeValue(buckets) : null;
    }

    public int Longest => _timestamp.Length + LengthPrefix + LongestMessage;

    private static int LengthPrefix => 1 + Varint.MaxLength;

    private int LongestMessage =>
        1 + Varint.MaxLength + TagAndDouble + (_bounds.Length * (2 + 1 + Varint.MaxLength + TagAndDouble))
        + (_native?.Longest ?? 0) + _created.Length;

    public bool Touched(ReadOnlySpan<long> cells) => PartCursor.Touched(cells);

    public int Size(ReadOnlySpan<long> cells)
    {
        var message = MessageSize(cells);
        return _timestamp.Length + 1 + Varint.Length(message) + message;
    }

    public int Write(ReadOnlySpan<long> cells, Span<byte> destination)
    {
        _timestamp.CopyTo(destination);
        var at = _timestamp.Length;
        destination[at++] = Tags.MetricHistogram;
        at += Varint.Write((ulong)MessageSize(cells), destination[at..]);
        destination[at++] = Tags.HistogramCount;
        at += Varint.Write((ulong)Sum(Counts(cells)), destination[at..]);
        at += WriteDouble(Tags.HistogramSum, _family.Value.Bits(cells[^1]), destination[at..]);
        at += WriteBuckets(cells, destination[at..]);
        at += _native?.Write(_family.Family.NativeCells(cells), destination[at..]) ?? 0;
        _created.CopyTo(destination[at..]);
        return at + _created.Length;
    }

    private int MessageSize(ReadOnlySpan<long> cells)
    {
        var size = TagAndDouble + _created.Length;
        var cumulated = 0L;
        for (var i = 0; i < _bounds.Length; i++)
        {
            cumulated += cells[i];
            size += 2 + BucketSize(cumulated);
        }

        return size + 1 + Varint.Length((ulong)Sum(Counts(cells))) + (_native?.Size(_family.Family.NativeCells(cells)) ?? 0);
    }

    private int WriteBuckets(ReadOnlySpan<long> cells, Span<byte> destination)
    {
        var at = 0;
        var cumulated = 0L;
        for (var i = 0; i < _bounds.Length; i++)
        {
            cumulated += cells[i];
            destination[at++] = Tags.HistogramBucket;
            destination[at++] = (byte)BucketSize(cumulated);
            destination[at++] = Tags.BucketCount;
            at += Varint.Write((ulong)cumulated, destination[at..]);
            at += WriteDouble(Tags.BucketBound, BitConverter.DoubleToUInt64Bits(_bounds[i]), destination[at..]);
        }

        return at;
    }

    private static int BucketSize(long cumulated) => 1 + Varint.Length((ulong)cumulated) + TagAndDouble;

    private static int WriteDouble(byte tag, ulong bits, Span<byte> destination)
    {
        destination[0] = tag;
        BinaryPrimitives.WriteUInt64LittleEndian(destination[1..], bits);
        return TagAndDouble;
    }

    private ReadOnlySpan<long> Counts(ReadOnlySpan<long> cells) => cells[..(_family.Bounds.Length + 1)];

    private static long Sum(ReadOnlySpan<long> counts)
    {
        var sum = 0L;
        foreach (var count in counts)
        {
            sum += count;
        }

        return sum;
    }
}
