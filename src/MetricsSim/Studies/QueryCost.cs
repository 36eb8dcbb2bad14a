using MetricsSim.Dashboards.Benchmarks;
using MetricsSim.Dashboards.Model;

namespace MetricsSim.Studies;

/// <summary>How a query is asked.</summary>
internal enum QueryForm
{
    /// <summary>At the end of the history.</summary>
    Instant,

    /// <summary>Over all of the history.</summary>
    Range,
}

/// <summary>What a query cost.</summary>
internal sealed record QueryCost
{
    /// <summary>Its class.</summary>
    public required QueryClass Class { get; init; }

    /// <summary>How it was asked.</summary>
    public required QueryForm Form { get; init; }

    /// <summary>PromQL.</summary>
    public required string Expression { get; init; }

    /// <summary>Why it failed, or null.</summary>
    public string? Problem { get; init; }

    /// <summary>Times of the first answer and of those after it; null where one failed.</summary>
    public Timing? Timing { get; init; }

    /// <summary>Series of the answer.</summary>
    public int? Results { get; init; }

    /// <summary>Samples it touched, by the server's own statistics; null where it tells none.</summary>
    public long? Samples { get; init; }

    /// <summary>Series that its selectors have.</summary>
    public long? Series { get; init; }

    /// <summary>What repeated times come to, ms: their median, and the 95th percentile, which counts against the limit; +∞ where it failed.</summary>
    internal (double Median, double P95) CostMs => Problem is null && Timing is { } times ? (times.MedianMs, times.P95Ms) : (double.PositiveInfinity, double.PositiveInfinity);
}
