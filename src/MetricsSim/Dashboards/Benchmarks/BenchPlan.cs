using MetricsSim.Configuration.Document;
using MetricsSim.Dashboards.Model;

namespace MetricsSim.Dashboards.Benchmarks;

/// <summary>What is measured.</summary>
internal sealed record BenchPlan
{
    /// <summary>Connections of a browser to one server by HTTP/1.1.</summary>
    public const int Connections = 6;

    /// <summary>Dashboards, at least one.</summary>
    public required IReadOnlyList<Dashboard> Dashboards { get; init; }

    /// <summary>Lengths of the time shown.</summary>
    public required IReadOnlyList<TimeSpan> Ranges { get; init; }

    /// <summary>End of the time shown.</summary>
    public required DateTimeOffset To { get; init; }

    /// <summary>Loads after the first one, at least 1.</summary>
    public required int Repeat { get; init; }

    /// <summary>Scrape interval of the data source.</summary>
    public required TimeSpan ScrapeInterval { get; init; }

    /// <summary>Values of variables that somebody chose.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<string>> Given { get; init; }

    /// <summary>What the times are held against.</summary>
    public required BenchmarksSection Targets { get; init; }
}
