using System.Buffers;
using System.Runtime.CompilerServices;
using MetricsSim.Core.Series;
using MetricsSim.Wire.Naming;

namespace MetricsSim.Wire.TextFormat;

/// <summary>
/// The labels of every row of an axis in one <see cref="LabelEncoding"/>, in segments of a few thousand rows: no array per row, no array
/// that must be doubled while it grows, and no limit of 2 GB for all rows together. A row is a few numbers of pieces that it shares with
/// other rows, and what it has alone; see <see cref="CutRow"/>. One instance serves every family and layout with the same axis, and
/// both text formats; it dies with the axis. Names that need no escaping look alike in all schemes, and are kept once.
/// </summary>
internal sealed class RowBytes
{
    private const int SegmentShift = 12;
    private const int SegmentRows = 1 << SegmentShift;
    private static readonly ConditionalWeakTable<LabelRows, RowBytes?[]> Cache = [];
    private readonly RowSegment[] _segments;
    private readonly byte[] _pieces;
    private readonly int[] _pieceStarts;

    private RowBytes(LabelRows axis, LabelEncoding encoding)
    {
        Count = axis.Count;
        var pieces = new RowPieces(encoding);
        _segments = new RowSegment[(Count + SegmentRows - 1) >> SegmentShift];
        var buffer = new IReadOnlyList<Label>[Math.Min(SegmentRows, Count)];
        for (var s = 0; s < _segments.Length; s++)
        {
            var first = s << SegmentShift;
            var rows = buffer.AsSpan(0, Math.Min(SegmentRows, Count - first));
            for (var i = 0; i < rows.Length; i++)
            {
                rows[i] = axis.Labels(first + i);
            }

            _segments[s] = pieces.Cut(rows);
        }

        (_pieces, _pieceStarts) = pieces.Shared();
        (Longest, HasPlainNames) = (pieces.LongestRow, pieces.HasPlainNames);
        if (2 * Size > pieces.Text)
        {
            // Pieces that save little aren't worth the copying.
            Join();
            (_pieces, _pieceStarts) = ([], []);
        }
    }

    /// <summary>Number of rows.</summary>
    public int Count { get; }

    /// <summary>Bytes of the longest row.</summary>
    public int Longest { get; }

    /// <summary>Bytes of memory that the rows take.</summary>
    public long Size => _pieces.Length + (sizeof(int) * (long)_pieceStarts.Length) + _segments.Sum(segment => segment.Size);

    private bool HasPlainNames { get; }

    /// <summary>The bytes of a row, without braces; empty for a row without labels.</summary>
    /// <param name="row">The row.</param>
    /// <param name="scratch">Where they are put together if they don't lie together; at least <see cref="Longest"/> bytes.</param>
    public ReadOnlySpan<byte> Labels(int row, Span<byte> scratch)
    {
        ref readonly var segment = ref _segments[row >> SegmentShift];
        var cut = segment[row & (SegmentRows - 1)];
        if (segment.IsWhole)
        {
            return cut;
        }

        var written = 0;
        while (!cut.IsEmpty)
        {
            var piece = Next(ref cut);
            piece.CopyTo(scratch[written..]);
            written += piece.Length;
        }

        return scratch[..written];
    }

    /// <summary>How many bytes a row has.</summary>
    public int Length(int row)
    {
        ref readonly var segment = ref _segments[row >> SegmentShift];
        var cut = segment[row & (SegmentRows - 1)];
        if (segment.IsWhole)
        {
            return cut.Length;
        }

        var length = 0;
        while (!cut.IsEmpty)
        {
            length += Next(ref cut).Length;
        }

        return length;
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

    /// <summary>Room to put any row of some families together.</summary>
    public static byte[] Scratch<TFamily>(TFamily[] families, Func<TFamily, RowBytes> rowsOf) =>
        families.Length == 0 ? [] : new byte[families.Max(family => rowsOf(family).Longest)];

    private void Join()
    {
        var output = new ArrayBufferWriter<byte>();
        var scratch = new byte[Longest];
        for (var s = 0; s < _segments.Length; s++)
        {
            output.ResetWrittenCount();
            var starts = new int[_segments[s].Starts.Length];
            for (var i = 1; i < starts.Length; i++)
            {
                output.Write(Labels((s << SegmentShift) + i - 1, scratch));
                starts[i] = output.WrittenCount;
            }

            _segments[s] = new RowSegment(output.WrittenSpan.ToArray(), starts, IsWhole: true);
        }
    }

    private ReadOnlySpan<byte> Next(ref ReadOnlySpan<byte> cut)
    {
        if (!CutRow.Read(ref cut, out var piece, out var own))
        {
            return own;
        }

        var start = _pieceStarts[piece];
        return _pieces.AsSpan(start, _pieceStarts[piece + 1] - start);
    }
}

/// <summary>Some rows one after the other.</summary>
/// <param name="Bytes">Their bytes, or <see cref="CutRow"/>s.</param>
/// <param name="Starts">Where each row begins, and where the last one ends.</param>
/// <param name="IsWhole">Whether the bytes are the labels as they are written.</param>
internal readonly record struct RowSegment(byte[] Bytes, int[] Starts, bool IsWhole)
{
    /// <summary>Bytes of memory.</summary>
    public long Size => Bytes.Length + (sizeof(int) * (long)Starts.Length);

    /// <summary>A row.</summary>
    public ReadOnlySpan<byte> this[int index]
    {
        get
        {
            var start = Starts[index];
            return Bytes.AsSpan(start, Starts[index + 1] - start);
        }
    }
}
