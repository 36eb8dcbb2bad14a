using System.Buffers;
using MetricsSim.Core.Series;

namespace MetricsSim.Wire.TextFormat;

/// <summary>
/// Prometheus text format 0.0.4 (prometheus.io/docs/instrumenting/exposition_formats): metadata carries the sample's full name, HELP comes
/// first and escapes backslash and line feed only, and there is no info type, unit, <c>_created</c> or last line.
/// </summary>
internal sealed class Text004Dialect : TextDialect
{
    public override byte[] Trailer { get; } = [];

    public override bool HasCreated => false;

    public override bool HasExemplars => false;

    public override void WriteMetadata(MetricFamily family, ArrayBufferWriter<byte> output)
    {
        var name = ValueName(family);
        if (family.Help.Length > 0)
        {
            output.AppendComment("HELP", name);
            output.AppendEscaped(family.Help, quotes: false);
            output.Append("\n");
        }

        var type = family.Type switch
        {
            MetricType.Counter => "counter",
            MetricType.Histogram => "histogram",
            MetricType.Summary => "summary",
            _ => "gauge",
        };
        output.AppendComment("TYPE", name);
        output.Append($"{type}\n");
    }

    public override int WriteTimestamp(long unixMilliseconds, Span<byte> destination) =>
        NumberFormat.WriteInteger(unixMilliseconds, destination);
}
