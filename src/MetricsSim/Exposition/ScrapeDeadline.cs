using System.Globalization;
using Microsoft.Extensions.Primitives;

namespace MetricsSim.Exposition;

/// <summary>How long a scrape may take.</summary>
internal static class ScrapeDeadline
{
    /// <summary>The header in which Prometheus says how long it is going to wait, in seconds.</summary>
    public const string Header = "X-Prometheus-Scrape-Timeout-Seconds";

    /// <summary>What holds without the header, and at most.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    /// <summary>Reads the header; what makes no sense counts as absent, as every client but Prometheus leaves it out.</summary>
    /// <param name="header">Its value.</param>
    /// <returns>More than zero, at most <see cref="Longest"/>.</returns>
    public static TimeSpan From(StringValues header) =>
        double.TryParse(header.ToString(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double seconds)
        && seconds > 0 && seconds < Longest.TotalSeconds
            ? TimeSpan.FromSeconds(seconds)
            : Longest;
}
