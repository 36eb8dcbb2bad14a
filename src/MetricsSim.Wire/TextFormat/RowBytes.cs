using System.Buffers;
using System.Runtime.CompilerServices;
using MetricsSim.Core.Series;
using MetricsSim.Wire.Naming;

namespace MetricsSim.Wire.TextFormat;

/// <summary>
/// The labels of every row of an axis in one <see cref="LabelEncoding"/>, in segments of a few thousand rows: no array per row, no array
/// that must be doubled while it grows, and no limit of 2 GB for all rows together. One instance serves every family and layout with the
/// same axis, and both text formats; it dies with the axis. Names that need no escaping look alike in all schemes, and are kept once.
/// </summary>
internal sealed class RowBytes
{
    private const int SegmentShift = 12;
    private const int SegmentRows = 1 << SegmentShift;
    private static readonly ConditionalWeakTable<LabelRows, RowBytes?[]> Cache = [];
    private readonly Segment[] _segments;

    private RowBytes(LabelRows rows, LabelEncoding encoding)
    {
        Count = rows.Count;
        _segments = new Segment[(Count + SegmentRows - 1) >> SegmentShift];
        var scratch = new ArrayBufferWriter<byte>();
        for (var s = 0; s < _segments.Length; s++)
        {
            var first = s << SegmentShift;
            var starts = new int[Math.Min(SegmentRows, Count - first) + 1];
            scratch.ResetWrittenCount();
            for (var i = 0; i < starts.Length - 1; i++)
            {
                var labels = rows.Labels(first + i);
                HasPlainNames = HasPlainNames && labels.All(label => Names.IsPlain(label.Name));
                encoding.Append(scratch, labels);
                starts[i + 1] = scratch.WrittenCount;
                Longest = Math.Max(Longest, starts[i + 1] - starts[i]);
            }

            _segments[s] = new Segment(scratch.WrittenSpan.ToArray(), starts);
        }
    }

    /// <summary>Number of rows.</summary>
    public int Count { get; }

    /// <summary>Bytes of the longest row.</summary>
    public int Longest { get; }

    private bool HasPlainNames { get; } = true;

    /// <summary>The bytes of a row, without braces; empty for a row without labels.</summary>
    public ReadOnlySpan<byte> this[int row]
    {
        get
        {
            ref readonly var segment = ref _segments[row >> SegmentShift];
            var i = row & (SegmentRows - 1);
            var start = segment.Starts[i];
            return segment.Bytes.AsSpan(start, segment.Starts[i + 1] - start);
        }
    }

    /// <summary>The bytes of an axis, encoded at their first use.</summary>
    public static RowBytes Of(LabelRows rows, LabelEncoding encoding)
    {
        var kept = Cache.GetValue(rows, static _ => new RowBytes?[LabelEncoding.Count]);
        lock (kept)
        {
            var plain = kept[encoding.OfPlainNames.Index] ??= new RowBytes(rows, encoding.OfPlainNames);
            return plain.HasPlainNames ? plain : kept[encoding.Index] ??= new RowBytes(rows, encoding);
        }
    }

    private readonly record struct Segment(byte[] Bytes, int[] Starts);
}
