using System.Text;
using MetricsSim.Core.Series;
using MetricsSim.Wire.Naming;
using MetricsSim.Wire.TextFormat;
using MetricsSim.Wire.Tsdb;

namespace MetricsSim.Wire.RemoteWrite;

/// <summary>A <c>prometheus.WriteRequest</c> with nothing but the metadata of families, as Prometheus sends it from time to time.</summary>
internal static class MetadataMessage
{
    private const byte MetadataTag = (3 << 3) | 2, TypeTag = 1 << 3, NameTag = (2 << 3) | 2, HelpTag = (4 << 3) | 2, UnitTag = (5 << 3) | 2;

    /// <summary>Forms it.</summary>
    public static ReadOnlySpan<byte> Of(SeriesLayout layout)
    {
        var message = new ByteBuffer();
        var one = new ByteBuffer();
        foreach (var family in layout.Families)
        {
            one.Clear();
            one.PutByte(TypeTag);
            one.PutByte(TypeOf(family.Type));
            // The name that the text page gives the family, which is the one that queries use.
            PutText(one, NameTag, Names.Escape(TextDialect.ValueName(family), NameEscaping.Underscores));
            PutText(one, HelpTag, family.Help);
            PutText(one, UnitTag, family.Unit ?? "");
            message.PutByte(MetadataTag);
            message.PutText(one.Span);
        }

        return message.Span;
    }

    /// <summary>A type as <c>MetricMetadata.MetricType</c> numbers it.</summary>
    public static byte TypeOf(MetricType type) => type switch
    {
        MetricType.Counter => 1,
        MetricType.Gauge => 2,
        MetricType.Histogram => 3,
        MetricType.Summary => 5,
        MetricType.Info => 6,
        _ => 0,
    };

    private static void PutText(ByteBuffer message, byte tag, string text)
    {
        if (text.Length == 0)
        {
            return;
        }

        message.PutByte(tag);
        message.PutText(Encoding.UTF8.GetBytes(text));
    }
}
