using System.Buffers;
using MetricsSim.Core.Series;
using MetricsSim.Wire.Naming;

namespace MetricsSim.Wire.TextFormat;

/// <summary>The rows of a family on one page. Implemented by structs, so that each kind gets loops of its own and the common one stays bare.</summary>
internal interface IPageRows
{
    /// <summary>Rows, absent ones included.</summary>
    int Count { get; }

    /// <summary>Whether a row is on the page.</summary>
    bool Has(int row);

    /// <summary>The bytes of a row that is on the page, without braces.</summary>
    ReadOnlySpan<byte> Labels(int row);

    /// <summary>How many bytes these are.</summary>
    int Length(int row);
}

/// <summary>All rows of a fixed axis: nearly every page.</summary>
internal readonly struct AllRows(RowBytes rows, byte[] scratch) : IPageRows
{
    public int Count => rows.Count;

    public bool Has(int row) => true;

    public ReadOnlySpan<byte> Labels(int row) => rows.Labels(row, scratch);

    public int Length(int row) => rows.Length(row);
}

/// <summary>The rows of a fixed axis but those that are hidden.</summary>
internal readonly struct RowsBut(RowBytes rows, RowMask hidden, byte[] scratch) : IPageRows
{
    public int Count => rows.Count;

    public bool Has(int row) => !hidden[row];

    public ReadOnlySpan<byte> Labels(int row) => rows.Labels(row, scratch);

    public int Length(int row) => rows.Length(row);
}

/// <summary>The rows of a live axis, all of them encoded.</summary>
internal readonly struct RowsOfNow(LiveRowBuffer rows, LabelEncoding encoding) : IPageRows
{
    public int Count => rows.Count;

    public bool Has(int row) => rows[row] is not null;

    public ReadOnlySpan<byte> Labels(int row) => ((EncodedRow)rows[row]!.Encoded!)[encoding]!;

    public int Length(int row) => Labels(row).Length;

    /// <summary>Encodes the rows that no page has shown yet.</summary>
    /// <param name="axis">Their axis: one world's pages all have the same, or all one that renames alike.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="encoding">How.</param>
    /// <returns>Bytes of the longest row.</returns>
    public static int Encode(LabelRows axis, LiveRowBuffer rows, LabelEncoding encoding)
    {
        var longest = 0;
        ArrayBufferWriter<byte>? scratch = null;
        for (var i = 0; i < rows.Count; i++)
        {
            if (rows[i] is not { } row) continue;
            // Two pages may do this at once; they come to the same bytes.
            if (row.Encoded is not EncodedRow kept || kept[encoding] is not { } bytes)
            {
                scratch ??= new ArrayBufferWriter<byte>();
                scratch.ResetWrittenCount();
                encoding.Append(scratch, ((LiveRows)axis).LabelsOf(row));
                bytes = scratch.WrittenSpan.ToArray();
                EncodedRow.Of(row)[encoding] = bytes;
            }

            longest = Math.Max(longest, bytes.Length);
        }

        return longest;
    }
}

/// <summary>The labels of a live row, in each encoding that a page used.</summary>
internal sealed class EncodedRow
{
    private readonly byte[]?[] _bytes = new byte[LabelEncoding.Count][];

    /// <summary>The bytes in an encoding, or null before they are made.</summary>
    public byte[]? this[LabelEncoding encoding]
    {
        get => Volatile.Read(ref _bytes[encoding.Index]);
        set => Volatile.Write(ref _bytes[encoding.Index], value);
    }

    /// <summary>What is kept with a row.</summary>
    public static EncodedRow Of(LiveRow row)
    {
        lock (row)
        {
            if (row.Encoded is not EncodedRow encoded)
            {
                row.Encoded = encoded = new EncodedRow();
            }

            return encoded;
        }
    }
}
