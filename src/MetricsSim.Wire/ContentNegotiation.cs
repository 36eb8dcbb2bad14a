using MetricsSim.Wire.Naming;
using MetricsSim.Wire.Negotiation;

namespace MetricsSim.Wire;

/// <summary>
/// Which format a scraper gets, by its <c>Accept</c> header: RFC 9110 quality values over the media types that Prometheus's own
/// exposition library (prometheus/common, expfmt) answers to. Whatever is not understood leads to text 0.0.4, never to an error.
/// </summary>
public static class ContentNegotiation
{
    private const string TextType = "text/plain";
    private const string OpenMetricsType = "application/openmetrics-text";
    private const string ProtobufType = "application/vnd.google.protobuf";
    private const string Message = "io.prometheus.client.MetricFamily";
    private const string Text100 = "text/plain; version=1.0.0; charset=utf-8";

    /// <summary>
    /// OpenMetrics (without a version, or 1.0.0, or its draft 0.0.1, all answered with 1.0.0), delimited protobuf or text 1.0.0 when it is
    /// asked for with a quality above 0 that is higher than the one of text 0.0.4, or equal and named first, or equal and text only covered
    /// by a wildcard; of several the one wanted most, then the one named first. Otherwise text 0.0.4. Names are escaped as the element that
    /// won asks for it, and the answer says so if it was asked for.
    /// </summary>
    /// <param name="accept">The header, several lines joined by commas; null when there is none. Only its first 8192 characters count.</param>
    public static NegotiatedFormat Choose(string? accept)
    {
        var (openMetrics, protobuf, text, text100) = (Preference.None, Preference.None, Preference.None, Preference.None);
        var order = 0;
        foreach (var range in new QualityList(accept))
        {
            order++;
            var version = range.Parameter("version");
            if (range.Is(OpenMetricsType))
            {
                openMetrics = openMetrics.Or(range, order, specificity: version switch
                {
                    "1.0.0" => 3,
                    "0.0.1" => 2,
                    "" => 2,
                    _ => 0,
                });
            }
            else if (range.Is(ProtobufType))
            {
                protobuf = protobuf.Or(range, order, specificity: range.Parameter("proto") is Message && range.Parameter("encoding") is "delimited" ? 3 : 0);
            }
            else if (range.Is(TextType) && version is "1.0.0")
            {
                text100 = text100.Or(range, order, specificity: 3);
            }
            else if (range.Is(TextType))
            {
                text = text.Or(range, order, specificity: version switch
                {
                    "0.0.4" => 4,
                    "" => 3,
                    _ => 0,
                });
            }
            else
            {
                text = text.Or(range, order, specificity: range.Is("text/*") ? 2 : range.Is("*/*") || range.Is("*") ? 1 : 0);
            }
        }

        var (format, type, best) = (ExpositionFormat.OpenMetrics100, ContentType(ExpositionFormat.OpenMetrics100), openMetrics);
        if (protobuf.Precedes(best))
        {
            (format, type, best) = (ExpositionFormat.Protobuf, ContentType(ExpositionFormat.Protobuf), protobuf);
        }

        if (text100.Precedes(best))
        {
            (format, type, best) = (ExpositionFormat.Text004, Text100, text100);
        }

        return best.Quality > 0 && best.Beats(text)
            ? Answer(format, type, best.Escaping)
            : Answer(ExpositionFormat.Text004, ContentType(ExpositionFormat.Text004), text.Escaping);
    }

    /// <summary>The exact <c>Content-Type</c> of a page in a format.</summary>
    /// <param name="format">The format.</param>
    /// <exception cref="ArgumentOutOfRangeException">The format is not known.</exception>
    public static string ContentType(ExpositionFormat format) => format switch
    {
        ExpositionFormat.Text004 => "text/plain; version=0.0.4; charset=utf-8",
        ExpositionFormat.OpenMetrics100 => "application/openmetrics-text; version=1.0.0; charset=utf-8",
        ExpositionFormat.Protobuf => "application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited",
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, "Unknown exposition format."),
    };

    private static NegotiatedFormat Answer(ExpositionFormat format, string type, NameEscaping? escaping) => new(
        format,
        escaping ?? NameEscaping.Underscores,
        escaping switch
        {
            null => type,
            NameEscaping.Underscores => type + "; escaping=underscores",
            NameEscaping.Dots => type + "; escaping=dots",
            NameEscaping.Values => type + "; escaping=values",
            _ => type + "; escaping=allow-utf-8",
        });

    /// <summary>
    /// Whether to compress with gzip: named (or covered by <c>*</c>) with a quality above 0 and not below the one named for
    /// <c>identity</c>. Without the header nothing is compressed.
    /// </summary>
    /// <param name="acceptEncoding">The header, several lines joined by commas; null when there is none. Only its first 8192 characters count.</param>
    public static bool AcceptsGzip(string? acceptEncoding)
    {
        var (gzip, identity) = (Preference.None, Preference.None);
        foreach (var coding in new QualityList(acceptEncoding))
        {
            if (coding.Is("gzip") || coding.Is("x-gzip"))
            {
                gzip = gzip.Or(coding, 0, specificity: 2);
            }
            else if (coding.Is("*"))
            {
                gzip = gzip.Or(coding, 0, specificity: 1);
            }
            else if (coding.Is("identity"))
            {
                identity = identity.Or(coding, 0, specificity: 2);
            }
        }

        return gzip.Quality > 0 && gzip.Quality >= identity.Quality;
    }
}
