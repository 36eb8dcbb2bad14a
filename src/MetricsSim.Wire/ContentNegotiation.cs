using MetricsSim.Wire.Negotiation;

namespace MetricsSim.Wire;

/// <summary>
/// Which format a scraper gets, by its <c>Accept</c> header: RFC 9110 quality values over the media types that Prometheus's own
/// exposition library (prometheus/common, expfmt) answers to. Whatever is not understood leads to text 0.0.4, never to an error.
/// </summary>
public static class ContentNegotiation
{
    private const string Text = "text/plain; version=0.0.4; charset=utf-8";
    private const string OpenMetrics = "application/openmetrics-text; version=1.0.0; charset=utf-8";

    /// <summary>
    /// OpenMetrics when it is asked for (without a version, or 1.0.0, or its draft 0.0.1, all answered with 1.0.0) with a quality above 0
    /// that is higher than the one of text 0.0.4, or equal and named first, or equal and text only covered by a wildcard. Otherwise text.
    /// </summary>
    /// <param name="accept">The header, several lines joined by commas; null when there is none. Only its first 8192 characters count.</param>
    public static ExpositionFormat Choose(string? accept)
    {
        var (openMetrics, text) = (Preference.None, Preference.None);
        var order = 0;
        foreach (var range in new QualityList(accept))
        {
            order++;
            if (range.Is("application/openmetrics-text"))
            {
                openMetrics = openMetrics.Or(range, order, specificity: range.Version switch
                {
                    "1.0.0" => 3,
                    "0.0.1" => 2,
                    "" => 2,
                    _ => 0,
                });
            }
            else if (range.Is("text/plain"))
            {
                text = text.Or(range, order, specificity: range.Version switch
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

        return openMetrics.Quality > 0 && openMetrics.Beats(text) ? ExpositionFormat.OpenMetrics100 : ExpositionFormat.Text004;
    }

    /// <summary>The exact <c>Content-Type</c> of a page in a format.</summary>
    /// <param name="format">The format.</param>
    /// <exception cref="ArgumentOutOfRangeException">The format is not known.</exception>
    public static string ContentType(ExpositionFormat format) => format switch
    {
        ExpositionFormat.Text004 => Text,
        ExpositionFormat.OpenMetrics100 => OpenMetrics,
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, "Unknown exposition format."),
    };

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
