using System.Buffers.Binary;
using MetricsSim.Core.Series;
using MetricsSim.Wire.TextFormat;

namespace MetricsSim.Wire.Protobuf;

/// <summary>
/// Histograms. The bucket of +Inf, which is the count, is left out unless it has an exemplar, as client libraries do. Without classic
/// buckets their exemplars stand together behind the native ones.
/// </summary>
internal readonly struct HistogramValue : IMetricBody
{
    private const int TagAndDouble = 1 + sizeof(double);
    private readonly ProtobufFamily _family;
    private readonly byte[] _timestamp;
    private readonly byte[] _created;
    private readonly NativeValue? _native;
    private readonly bool _hasClassic;

    public HistogramValue(ProtobufFamily family, PageTimes times)
    {
        _family = family;
        _timestamp = times.Timestamp;
        _created = family.HasCreated ? times.HistogramCreated : [];
        _native = family.Family.Native is { } buckets ? new NativeValue(buckets) : null;
        _hasClassic = _native is null || !family.Family.NativeOnly;
    }

    public int Longest => _timestamp.Length + 1 + Varint.MaxLength + LongestMessage;

    private int LongestMessage =>
        1 + Varint.MaxLength + TagAndDouble + ((_family.Bounds.Length + 1) * (2 + 1 + Varint.MaxLength + TagAndDouble))
        + (_family.Family.ExemplarsPerSeries * ExemplarMessage.MaxLength) + (_native?.Longest ?? 0) + _created.Length;

    public bool Touched(ReadOnlySpan<long> cells) => PartCursor.Touched(cells);

    public int Size(ReadOnlySpan<long> cells, ReadOnlySpan<Exemplar> exemplars)
    {
        var message = MessageSize(cells, exemplars);
        return _timestamp.Length + 1 + Varint.Length(message) + message;
    }

    public int Write(ReadOnlySpan<long> cells, ReadOnlySpan<Exemplar> exemplars, Span<byte> destination)
    {
        _timestamp.CopyTo(destination);
        var at = _timestamp.Length;
        destination[at++] = Tags.MetricHistogram;
        at += Varint.Write((ulong)MessageSize(cells, exemplars), destination[at..]);
        destination[at++] = Tags.HistogramCount;
        at += Varint.Write((ulong)Count(cells), destination[at..]);
        at += WriteDouble(Tags.HistogramSum, _family.Value.Bits(cells[^1]), destination[at..]);
        at += _hasClassic ? WriteBuckets(cells, exemplars, destination[at..]) : 0;
        at += _native?.Write(_family.Family.NativeCells(cells), destination[at..]) ?? 0;
        _created.CopyTo(destination[at..]);
        at += _created.Length;
        return _hasClassic ? at : at + WriteExemplars(exemplars, destination[at..]);
    }

    private int MessageSize(ReadOnlySpan<long> cells, ReadOnlySpan<Exemplar> exemplars)
    {
        var size = 1 + Varint.Length((ulong)Count(cells)) + TagAndDouble + (_native?.Size(_family.Family.NativeCells(cells)) ?? 0) + _created.Length;
        if (!_hasClassic)
        {
            foreach (ref readonly var exemplar in exemplars)
            {
                size += exemplar.IsPresent ? 2 + ExemplarMessage.Size(exemplar) : 0;
            }

            return size;
        }

        var cumulated = 0L;
        for (var i = 0; i <= _family.Bounds.Length; i++)
        {
            cumulated += cells[i];
            size += IsShown(i, exemplars) ? 2 + BucketSize(cumulated, ExemplarOf(i, exemplars)) : 0;
        }

        return size;
    }

    private int WriteBuckets(ReadOnlySpan<long> cells, ReadOnlySpan<Exemplar> exemplars, Span<byte> destination)
    {
        var at = 0;
        var cumulated = 0L;
        for (var i = 0; i <= _family.Bounds.Length; i++)
        {
            cumulated += cells[i];
            if (!IsShown(i, exemplars))
            {
                continue;
            }

            var exemplar = ExemplarOf(i, exemplars);
            var bound = i < _family.Bounds.Length ? _family.Bounds[i] : double.PositiveInfinity;
            destination[at++] = Tags.HistogramBucket;
            destination[at++] = (byte)BucketSize(cumulated, exemplar);
            destination[at++] = Tags.BucketCount;
            at += Varint.Write((ulong)cumulated, destination[at..]);
            at += WriteDouble(Tags.BucketBound, BitConverter.DoubleToUInt64Bits(bound), destination[at..]);
            if (exemplar.IsPresent)
            {
                destination[at++] = Tags.BucketExemplar;
                at += ExemplarMessage.Write(exemplar, _family.Value, destination[at..]);
            }
        }

        return at;
    }

    private int WriteExemplars(ReadOnlySpan<Exemplar> exemplars, Span<byte> destination)
    {
        var at = 0;
        foreach (ref readonly var exemplar in exemplars)
        {
            if (exemplar.IsPresent)
            {
                at += Varint.Write(Tags.HistogramExemplars, destination[at..]);
                at += ExemplarMessage.Write(exemplar, _family.Value, destination[at..]);
            }
        }

        return at;
    }

    private bool IsShown(int bucket, ReadOnlySpan<Exemplar> exemplars) =>
        bucket < _family.Bounds.Length || ExemplarOf(bucket, exemplars).IsPresent;

    private static Exemplar ExemplarOf(int bucket, ReadOnlySpan<Exemplar> exemplars) => exemplars.IsEmpty ? default : exemplars[bucket];

    private static int BucketSize(long cumulated, in Exemplar exemplar) =>
        1 + Varint.Length((ulong)cumulated) + TagAndDouble + (exemplar.IsPresent ? 1 + ExemplarMessage.Size(exemplar) : 0);

    private static int WriteDouble(byte tag, ulong bits, Span<byte> destination)
    {
        destination[0] = tag;
        BinaryPrimitives.WriteUInt64LittleEndian(destination[1..], bits);
        return TagAndDouble;
    }

    private long Count(ReadOnlySpan<long> cells)
    {
        var count = 0L;
        foreach (var bucket in cells[..(_family.Bounds.Length + 1)])
        {
            count += bucket;
        }

        return count;
    }
}
