using System.Buffers.Binary;
using System.Runtime.InteropServices;
using MetricsSim.Core.Series;

namespace MetricsSim.Wire.Protobuf;

/// <summary>The native buckets of a histogram. A threshold above 0 tells it from a classic one even before its first observation.</summary>
internal sealed class NativeValue
{
    private const int LongestSpan = 1 + 1 + (2 * (1 + Varint.MaxLength));
    private readonly NativeBuckets _buckets;
    private readonly List<BucketSpan> _spans = [];
    private readonly List<long> _deltas = [];
    private readonly byte[] _head = new byte[1 + 1 + 1 + sizeof(double) + 1];

    public NativeValue(NativeBuckets buckets)
    {
        _buckets = buckets;
        _spans.EnsureCapacity(buckets.Cells);
        _deltas.EnsureCapacity(buckets.Cells);
        _head[0] = Tags.HistogramSchema;
        _head[1] = (byte)Varint.ZigZag(NativeBuckets.Schema);
        _head[2] = Tags.HistogramZeroThreshold;
        BinaryPrimitives.WriteDoubleLittleEndian(_head.AsSpan(3), buckets.ZeroThreshold);
        _head[^1] = Tags.HistogramZeroCount;
    }

    /// <summary>No series has more bytes.</summary>
    public int Longest => _head.Length + Varint.MaxLength + (_buckets.Cells * (LongestSpan + 1 + Varint.MaxLength));

    /// <summary>Bytes of a series.</summary>
    public int Size(ReadOnlySpan<long> cells)
    {
        _buckets.Split(cells, _spans, _deltas);
        var size = _head.Length + Varint.Length((ulong)cells[0]) + _deltas.Count;
        foreach (var span in CollectionsMarshal.AsSpan(_spans))
        {
            size += 2 + SpanSize(span);
        }

        foreach (var delta in CollectionsMarshal.AsSpan(_deltas))
        {
            size += Varint.Length(Varint.ZigZag(delta));
        }

        return size;
    }

    /// <summary>Writes a series.</summary>
    /// <returns>What <see cref="Size"/> says.</returns>
    public int Write(ReadOnlySpan<long> cells, Span<byte> destination)
    {
        _buckets.Split(cells, _spans, _deltas);
        _head.CopyTo(destination);
        var at = _head.Length;
        at += Varint.Write((ulong)cells[0], destination[at..]);
        foreach (var span in CollectionsMarshal.AsSpan(_spans))
        {
            destination[at++] = Tags.HistogramPositiveSpan;
            destination[at++] = (byte)SpanSize(span);
            destination[at++] = Tags.SpanOffset;
            at += Varint.Write(Varint.ZigZag(span.Offset), destination[at..]);
            destination[at++] = Tags.SpanLength;
            at += Varint.Write((ulong)span.Length, destination[at..]);
        }

        foreach (var delta in CollectionsMarshal.AsSpan(_deltas))
        {
            destination[at++] = Tags.HistogramPositiveDelta;
            at += Varint.Write(Varint.ZigZag(delta), destination[at..]);
        }

        return at;
    }

    private static int SpanSize(BucketSpan span) => 2 + Varint.Length(Varint.ZigZag(span.Offset)) + Varint.Length((ulong)span.Length);
}
