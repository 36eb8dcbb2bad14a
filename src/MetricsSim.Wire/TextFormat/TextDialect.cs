using System.Buffers;
using MetricsSim.Core.Series;
using MetricsSim.Wire.Naming;

namespace MetricsSim.Wire.TextFormat;

/// <summary>What differs between the formats that are lines of text: metadata, sample names, timestamps and the last line.</summary>
internal abstract class TextDialect
{
    /// <summary>Lines after the last family; may be empty.</summary>
    public abstract byte[] Trailer { get; }

    /// <summary>True when the format has <c>_created</c> samples.</summary>
    public abstract bool HasCreated { get; }

    /// <summary>True when the format has exemplars.</summary>
    public abstract bool HasExemplars { get; }

    /// <summary>The dialect of a format.</summary>
    public static TextDialect For(ExpositionFormat format) => format switch
    {
        ExpositionFormat.Text004 => new Text004Dialect(),
        ExpositionFormat.OpenMetrics100 => new OpenMetricsDialect(),
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, "Not a text format."),
    };

    /// <summary>Writes the lines before a family's samples.</summary>
    public abstract void WriteMetadata(MetricFamily family, ArrayBufferWriter<byte> output);

    /// <summary>Writes a time in ms since the Unix epoch as a sample's timestamp.</summary>
    /// <returns>Bytes written, at most <see cref="NumberFormat.MaxLength"/>.</returns>
    public abstract int WriteTimestamp(long unixMilliseconds, Span<byte> destination);

    /// <summary>The name of the samples of a counter, gauge or info family.</summary>
    public static string ValueName(MetricFamily family) => family.Name + Names.SuffixOf(family.Type);
}
