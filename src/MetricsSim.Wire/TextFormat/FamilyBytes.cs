using System.Buffers;
using MetricsSim.Core.Series;
using MetricsSim.Wire.Naming;

namespace MetricsSim.Wire.TextFormat;

/// <summary>
/// A family's bytes: metadata, and for each line of a series a head <c>name_total{</c> and, per leaf, a tail <c>,model="x"} </c>.
/// A line is head, row, tail, value, end. The tail begins with the comma (or closes the brace) as if a row with labels came before it.
/// </summary>
internal sealed class FamilyBytes
{
    private readonly byte[] _tails;
    private readonly int[] _tailStarts;

    public FamilyBytes(MetricFamily rawFamily, TextDialect dialect, bool created, NameEscaping escaping)
    {
        var family = Family = Names.Escape(rawFamily, escaping);
        var encoding = LabelEncoding.Of(ExpositionFormat.Text004, escaping);
        Rows = RowBytes.Of(family.Rows, encoding);
        Lines = [.. SampleLine.Of(family, created && dialect.HasCreated)];
        Number = NumberFormat.Of(family);

        var scratch = new ArrayBufferWriter<byte>();
        dialect.WriteMetadata(family, scratch);
        Metadata = scratch.WrittenSpan.ToArray();

        scratch.ResetWrittenCount();
        _tailStarts = new int[(family.Leaves.Count * Lines.Length) + 1];
        var longest = 0;
        for (var i = 0; i < _tailStarts.Length - 1; i++)
        {
            var leaf = family.Leaves[i / Lines.Length];
            scratch.Append(leaf.Count > 0 ? "," : "");
            encoding.Append(scratch, leaf);
            scratch.Append(Lines[i % Lines.Length] is { Bound: { } bound } line ? $",{line.BoundName}=\"{bound}\"}} " : "} ");
            _tailStarts[i + 1] = scratch.WrittenCount;
            longest = Math.Max(longest, _tailStarts[i + 1] - _tailStarts[i]);
        }

        _tails = scratch.WrittenSpan.ToArray();
        LongestBlock = Math.Max(
            Metadata.Length,
            Lines.Max(line => line.Head.Length) + Rows.Longest + longest + NumberFormat.MaxLength);
    }

    public MetricFamily Family { get; }

    public RowBytes Rows { get; }

    public byte[] Metadata { get; }

    /// <summary>The lines of one series, in the order they are written.</summary>
    public SampleLine[] Lines { get; }

    /// <summary>How a value cell is written.</summary>
    public NumberFormat Number { get; }

    /// <summary>Upper bound of the bytes of the metadata or of any line without its end.</summary>
    public int LongestBlock { get; }

    /// <summary>What follows the row's labels, up to the space before the value.</summary>
    public ReadOnlySpan<byte> Tail(int leaf, int line)
    {
        var i = (leaf * Lines.Length) + line;
        var start = _tailStarts[i];
        return _tails.AsSpan(start, _tailStarts[i + 1] - start);
    }
}
