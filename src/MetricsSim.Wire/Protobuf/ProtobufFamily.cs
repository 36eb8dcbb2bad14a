using System.Buffers;
using MetricsSim.Core.Series;
using MetricsSim.Wire.Naming;
using MetricsSim.Wire.TextFormat;
using MetricsSim.Wire.Tsdb;

namespace MetricsSim.Wire.Protobuf;

/// <summary>
/// A family's prepared bytes: the fields of a <c>MetricFamily</c> but for its metrics, and each leaf's labels. As client libraries have it,
/// the family of a counter is named with <c>_total</c>, and info families are gauges named with <c>_info</c>.
/// </summary>
internal sealed class ProtobufFamily
{
    private readonly byte[] _leaves;
    private readonly int[] _leafStarts;

    public ProtobufFamily(MetricFamily family, bool created, NameEscaping escaping)
    {
        Family = Names.Escape(family, escaping);
        HasCreated = created && family.HasCreated;
        Value = new SampleValue(family);
        Bounds = [.. family.Bounds];
        Quantiles = [.. family.Quantiles];
        var encoding = LabelEncoding.Of(ExpositionFormat.Protobuf, escaping);
        Rows = RowBytes.Of(family.Rows, encoding);

        var scratch = new ArrayBufferWriter<byte>();
        scratch.AppendText(Tags.FamilyName, Family.Name + Names.SuffixOf(family.Type));
        if (family.Help.Length > 0)
        {
            scratch.AppendText(Tags.FamilyHelp, family.Help);
        }

        scratch.AppendNumber(Tags.FamilyType, TypeOf(family.Type));
        if (Names.EndInUnit(Family))
        {
            scratch.AppendText(Tags.FamilyUnit, family.Unit!);
        }

        Header = scratch.WrittenSpan.ToArray();
        scratch.ResetWrittenCount();
        _leafStarts = new int[family.Leaves.Count + 1];
        var longest = 0;
        for (var i = 0; i < family.Leaves.Count; i++)
        {
            encoding.Append(scratch, family.Leaves[i]);
            _leafStarts[i + 1] = scratch.WrittenCount;
            longest = Math.Max(longest, _leafStarts[i + 1] - _leafStarts[i]);
        }

        _leaves = scratch.WrittenSpan.ToArray();
        LongestLabels = Rows.Longest + longest;
    }

    public MetricFamily Family { get; }

    public RowBytes Rows { get; }

    public bool HasCreated { get; }

    /// <summary>Name, help, type and unit.</summary>
    public byte[] Header { get; }

    /// <summary>How a value cell, or a histogram's sum, becomes a double.</summary>
    public SampleValue Value { get; }

    /// <summary>Upper bounds of a histogram, without +Inf.</summary>
    public double[] Bounds { get; }

    /// <summary>Quantiles of a summary.</summary>
    public double[] Quantiles { get; }

    /// <summary>Bytes of the longest labels, those of live rows aside.</summary>
    public int LongestLabels { get; }

    /// <summary>The labels of a leaf.</summary>
    public ReadOnlySpan<byte> Leaf(int leaf) => _leaves.AsSpan(_leafStarts[leaf], _leafStarts[leaf + 1] - _leafStarts[leaf]);

    private static ulong TypeOf(MetricType type) => type switch
    {
        MetricType.Counter => 0,
        MetricType.Summary => 2,
        MetricType.Histogram => 4,
        _ => 1,
    };
}
