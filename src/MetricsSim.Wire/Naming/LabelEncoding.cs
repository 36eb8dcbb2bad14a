using System.Buffers;
using MetricsSim.Core.Series;
using MetricsSim.Wire.Protobuf;
using MetricsSim.Wire.TextFormat;

namespace MetricsSim.Wire.Naming;

/// <summary>How a label set becomes bytes: by kind of format and by how names are escaped. There are eight, so encoded rows are told apart by a number.</summary>
internal sealed class LabelEncoding
{
    private static readonly LabelEncoding[] All =
    [
        .. Enum.GetValues<NameEscaping>().Select(escaping => new LabelEncoding((int)escaping, escaping, isText: true)),
        .. Enum.GetValues<NameEscaping>().Select(escaping => new LabelEncoding(Schemes + (int)escaping, escaping, isText: false)),
    ];

    private const int Schemes = 4;
    private readonly NameEscaping _escaping;
    private readonly bool _isText;

    private LabelEncoding(int index, NameEscaping escaping, bool isText)
    {
        Index = index;
        _escaping = escaping;
        _isText = isText;
    }

    /// <summary>How many there are.</summary>
    public static int Count => All.Length;

    /// <summary>Its number, from 0.</summary>
    public int Index { get; }

    /// <summary>The one with the same kind of format for labels whose names need no escaping.</summary>
    public LabelEncoding OfPlainNames => All[Index - (int)_escaping];

    /// <summary>The one of a format.</summary>
    public static LabelEncoding Of(ExpositionFormat format, NameEscaping escaping) =>
        All[(int)escaping + (format == ExpositionFormat.Protobuf ? Schemes : 0)];

    /// <summary>Appends a label set: <c>a="x",b="y"</c> in text, else fields <c>label</c> of a metric.</summary>
    public void Append(ArrayBufferWriter<byte> output, IReadOnlyList<Label> labels)
    {
        for (var i = 0; i < labels.Count; i++)
        {
            Append(output, labels[i], i);
        }
    }

    /// <summary>Appends one label of a set, with what stands between it and the one before.</summary>
    /// <param name="output">Takes it.</param>
    /// <param name="label">The label.</param>
    /// <param name="position">Its place in the set, from 0.</param>
    public void Append(ArrayBufferWriter<byte> output, Label label, int position)
    {
        if (_isText)
        {
            output.Append(position == 0 ? "" : ",");
            output.AppendLabel(label, _escaping);
        }
        else
        {
            ProtobufLabels.Append(output, label, _escaping);
        }
    }
}
