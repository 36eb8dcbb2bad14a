using System.Buffers;
using MetricsSim.Core.Series;

namespace MetricsSim.Wire.TextFormat;

/// <summary>
/// OpenMetrics 1.0.0 (github.com/OpenObservability/OpenMetrics, specification/OpenMetrics.md): metadata carries the family's name, in the
/// order TYPE, UNIT, HELP; HELP escapes quotes too; timestamps are seconds; the page ends with <c># EOF</c>.
/// </summary>
internal sealed class OpenMetricsDialect : TextDialect
{
    public override byte[] Trailer { get; } = "# EOF\n"u8.ToArray();

    public override bool HasCreated => true;

    public override void WriteMetadata(MetricFamily family, ArrayBufferWriter<byte> output)
    {
        var type = family.Type switch
        {
            MetricType.Counter => "counter",
            MetricType.Histogram => "histogram",
            MetricType.Info => "info",
            _ => "gauge",
        };
        output.Append($"# TYPE {family.Name} {type}\n");
        if (HasUnit(family))
        {
            output.Append($"# UNIT {family.Name} {family.Unit}\n");
        }

        if (family.Help.Length > 0)
        {
            output.Append($"# HELP {family.Name} ");
            output.AppendEscaped(family.Help, quotes: true);
            output.Append("\n");
        }
    }

    public override int WriteTimestamp(long unixMilliseconds, Span<byte> destination) =>
        NumberFormat.WriteSeconds(unixMilliseconds, destination);

    /// <summary>The specification forbids UNIT where the name doesn't end in it, and for info families.</summary>
    private static bool HasUnit(MetricFamily family) =>
        !string.IsNullOrEmpty(family.Unit)
        && family.Type != MetricType.Info
        && family.Name.EndsWith("_" + family.Unit, StringComparison.Ordinal);
}
