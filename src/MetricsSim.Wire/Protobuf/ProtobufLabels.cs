using System.Buffers;
using System.Text;
using MetricsSim.Core.Series;
using MetricsSim.Wire.Naming;

namespace MetricsSim.Wire.Protobuf;

/// <summary>Labels as the fields <c>label</c> of a <c>Metric</c>, which stand one after the other and so can be copied in pieces.</summary>
internal static class ProtobufLabels
{
    /// <summary>Appends one <c>LabelPair</c> a label.</summary>
    public static void Append(ArrayBufferWriter<byte> output, IReadOnlyList<Label> labels, NameEscaping escaping)
    {
        foreach (var (rawName, value) in labels)
        {
            var name = Names.Escape(rawName, escaping);
            var (nameLength, valueLength) = (Encoding.UTF8.GetByteCount(name), Encoding.UTF8.GetByteCount(value));
            output.AppendNumber(Tags.MetricLabel, (ulong)(2 + Varint.Length(nameLength) + nameLength + Varint.Length(valueLength) + valueLength));
            output.AppendText(Tags.LabelName, name);
            output.AppendText(Tags.LabelValue, value);
        }
    }
}
