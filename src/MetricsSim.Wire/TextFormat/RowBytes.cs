using System.Buffers;
using System.Runtime.CompilerServices;
using MetricsSim.Core.Series;

namespace MetricsSim.Wire.TextFormat;

/// <summary>
/// The labels of every row of an axis as <c>a="x",b="y"</c>, in segments of a few thousand rows: no array per row, no array that must be
/// doubled while it grows, and no limit of 2 GB for all rows together. Escaping of labels is the same in all text formats, so one
/// instance serves every family, format and layout with the same axis and dies with it.
/// </summary>
internal sealed class RowBytes
{
    private const int SegmentShift = 12;
    private const int SegmentRows = 1 << SegmentShift;
    private static readonly ConditionalWeakTable<LabelRows, RowBytes> Cache = [];
    private readonly Segment[] _segments;

    private RowBytes(LabelRows rows)
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
                scratch.AppendLabels(rows.Labels(first + i));
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

    /// <summary>The bytes of an axis, encoded at its first use.</summary>
    public static RowBytes Of(LabelRows rows) => Cache.GetValue(rows, static axis => new RowBytes(axis));

    private readonly record struct Segment(byte[] Bytes, int[] Starts);
}
