using System.Buffers;
using MetricsSim.Core.Series;
using MetricsSim.Wire.Naming;

namespace MetricsSim.Wire.TextFormat;

/// <summary>
/// OpenMetrics 1.0.0 (github.com/OpenObservability/OpenMetrics, specification/OpenMetrics.md): metadata carries the family's name, in the
/// order TYPE, UNIT, HELP; HELP escapes quotes too; timestamps are seconds; the page ends with <c># EOF</c>.
/// </summary>
internal sealed class OpenMetricsDialect : TextDialect
{
    public override byte[] Trailer { get; } = "# EOF\n"u8.ToArray();

    public override bool HasCreated => true;

    public override bool HasExemplars => true;

    public override void WriteMetadata(MetricFamily family, ArrayBufferWriter<byte> output)
    {
        var type = family.Type switch
        {
            MetricType.Counter => "counter",
            MetricType.Histogram => "histogram",
            MetricType.Summary => "summary",
            MetricType.Info => "info",
            _ => "gauge",
        };
        output.AppendComment("TYPE", family.Name);
        output.Append($"{type}\n");
        // The specification forbids the line elsewhere.
        if (Names.EndInUnit(family))
        {
            output.AppendComment("UNIT", family.Name);
            output.Append($"{family.Unit}\n");
        }

        if (family.Help.Length > 0)
        {
            output.AppendComment("HELP", family.Name);
            output.AppendEscaped(family.Help, quotes: true);
            output.Append("\n");
        }
    }

    public override int WriteTimestamp(long unixMilliseconds, Span<byte> destination) =>
        NumberFormat.WriteSeconds(unixMilliseconds, destination);
}
