using System.Buffers;
using System.Text;
using MetricsSim.Core.Series;
using MetricsSim.Wire.Naming;

namespace MetricsSim.Wire.Protobuf;

/// <summary>Labels as the fields <c>label</c> of a <c>Metric</c>, which stand one after the other and so can be copied in pieces.</summary>
internal static class ProtobufLabels
{
    /// <summary>Appends a <c>LabelPair</c>.</summary>
    public static void Append(ArrayBufferWriter<byte> output, Label label, NameEscaping escaping)
    {
        var name = Names.Escape(label.Name, escaping);
        var (nameLength, valueLength) = (Encoding.UTF8.GetByteCount(name), Encoding.UTF8.GetByteCount(label.Value));
        output.AppendNumber(Tags.MetricLabel, (ulong)(2 + Varint.Length(nameLength) + nameLength + Varint.Length(valueLength) + valueLength));
        output.AppendText(Tags.LabelName, name);
        output.AppendText(Tags.LabelValue, label.Value);
    }
}
