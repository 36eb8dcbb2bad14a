namespace MetricsSim.Exposition;

/// <summary>Why a scrape got no whole page.</summary>
internal enum ScrapeFailure
{
    /// <summary>It was cut at its deadline.</summary>
    Timeout,

    /// <summary>The client closed the connection.</summary>
    Disconnected,

    /// <summary>It was answered 503: no snapshot yet, or no more, or the exporter is down by a fault.</summary>
    Unavailable,
}
