using System.Buffers.Binary;
using System.Runtime.InteropServices;
using MetricsSim.Core.Series;
using MetricsSim.Wire.Protobuf;
using MetricsSim.Wire.Tsdb;

namespace MetricsSim.Wire.RemoteWrite;

/// <summary>A native histogram as <c>Histogram</c> of prompb/types.proto, whose fields have the same numbers in version 2.0.</summary>
/// <param name="buckets">Its buckets.</param>
internal sealed class HistogramMessage(NativeBuckets buckets)
{
    private const byte CountTag = 1 << 3, SumTag = (3 << 3) | 1, SchemaTag = 4 << 3, ZeroThresholdTag = (5 << 3) | 1, ZeroCountTag = 6 << 3;
    private const byte SpanTag = (11 << 3) | 2, DeltasTag = (12 << 3) | 2, TimeTag = 15 << 3;
    private const byte OffsetTag = 1 << 3, LengthTag = 2 << 3;
    private const int StartTag = 17 << 3;
    private readonly List<BucketSpan> _spans = [];
    private readonly List<long> _deltas = [];
    private readonly ByteBuffer _part = new();

    /// <summary>Makes a point a histogram.</summary>
    /// <param name="cells">Cells of the series' native buckets; none for a marker of staleness.</param>
    /// <param name="sum">The bits of the sum, which are the marker's.</param>
    /// <param name="time">ms since the Unix epoch.</param>
    /// <param name="start">When it began at 0; 0 for none, and always in version 1.0.</param>
    /// <param name="point">Takes it.</param>
    public void Set(ReadOnlySpan<long> cells, ulong sum, long time, long start, SeriesPoint point)
    {
        point.IsHistogram = true;
        var message = point.Message;
        message.Clear();
        PutNumber(message, CountTag, (ulong)Total(cells));
        PutDouble(message, SumTag, sum);
        if (!cells.IsEmpty)
        {
            PutNumber(message, SchemaTag, Varint.ZigZag(NativeBuckets.Schema));
            PutDouble(message, ZeroThresholdTag, BitConverter.DoubleToUInt64Bits(buckets.ZeroThreshold));
            PutNumber(message, ZeroCountTag, (ulong)cells[0]);
            PutBuckets(message, cells);
        }

        PutNumber(message, TimeTag, (ulong)time);
        if (start != 0)
        {
            message.PutUvarint(StartTag);
            message.PutUvarint((ulong)start);
        }
    }

    private void PutBuckets(ByteBuffer message, ReadOnlySpan<long> cells)
    {
        buckets.Split(cells, _spans, _deltas);
        foreach (var span in CollectionsMarshal.AsSpan(_spans))
        {
            _part.Clear();
            PutNumber(_part, OffsetTag, Varint.ZigZag(span.Offset));
            PutNumber(_part, LengthTag, (ulong)span.Length);
            message.PutByte(SpanTag);
            message.PutText(_part.Span);
        }

        if (_deltas.Count == 0)
        {
            return;
        }

        _part.Clear();
        foreach (var delta in CollectionsMarshal.AsSpan(_deltas))
        {
            _part.PutVarint(delta);
        }

        message.PutByte(DeltasTag);
        message.PutText(_part.Span);
    }

    private static long Total(ReadOnlySpan<long> cells)
    {
        var total = 0L;
        foreach (var cell in cells)
        {
            total += cell;
        }

        return total;
    }

    private static void PutNumber(ByteBuffer message, byte tag, ulong value)
    {
        message.PutByte(tag);
        message.PutUvarint(value);
    }

    private static void PutDouble(ByteBuffer message, byte tag, ulong bits)
    {
        message.PutByte(tag);
        message.PutUInt64(BinaryPrimitives.ReverseEndianness(bits));
    }
}
