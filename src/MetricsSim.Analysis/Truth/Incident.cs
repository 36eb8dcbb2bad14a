namespace MetricsSim.Analysis.Truth;

/// <summary>What was wrong, when, and how it could be seen: one entry of the ground truth.</summary>
public sealed record Incident
{
    /// <summary>Id of the simulation with the prefix <c>inc_</c>; a number follows for the second and later ones of a run.</summary>
    public required string Id { get; init; }

    /// <summary>The scenario it happened in; null for a fault outside of any.</summary>
    public required string? ScenarioId { get; init; }

    /// <summary>A fault type in snake_case, or <c>overload</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>The service that the scenario happens to.</summary>
    public required string Service { get; init; }

    /// <summary>Simulated time of its begin.</summary>
    public required DateTimeOffset Start { get; init; }

    /// <summary>Simulated time of its end, exclusive; null while it goes on.</summary>
    public required DateTimeOffset? End { get; init; }

    /// <summary>Wall-clock time of its begin as a scraper sees it; null in virtual time.</summary>
    public DateTimeOffset? WallStart { get; init; }

    /// <summary>Wall-clock time of its end; null in virtual time and while it goes on.</summary>
    public DateTimeOffset? WallEnd { get; init; }

    /// <summary>low, medium, high or critical.</summary>
    public required string Severity { get; init; }

    /// <summary>Where it began.</summary>
    public required RootCause RootCause { get; init; }

    /// <summary>Signals that left their usual range because of it, in order of lag.</summary>
    public required IReadOnlyList<Symptom> Affected { get; init; }

    /// <summary>Alerts that should fire.</summary>
    public required IReadOnlyList<string> ExpectedAlerts { get; init; }
}

/// <summary>Where an incident began.</summary>
/// <param name="Service">The service.</param>
/// <param name="Metric">The metric that shows it first-hand.</param>
public sealed record RootCause(string Service, string Metric);

/// <summary>
/// A signal that an incident moved: a published one, or one of Prometheus' own of each scrape (<c>up</c>,
/// <c>scrape_duration_seconds</c>, <c>scrape_samples_scraped</c>). Of a metric that ends in <c>_total</c> or <c>_count</c> the signal is its rate per second over 60 s,
/// summed over all series, as the plain difference of its values, so that a reset counter shows as a fall; of <c>_bucket</c> the 95th percentile over 60 s; of a gauge its mean over 60 s.
/// </summary>
/// <param name="Metric">Published name.</param>
/// <param name="Selector">Label matchers, e.g. <c>{error_type="timeout",tool_name=""}</c>; empty for all series.</param>
/// <param name="LagSeconds">From the incident's start until the signal first leaves its usual range, seconds.</param>
/// <param name="Direction">up or down.</param>
/// <param name="Magnitude">Mean from then to the incident's end less its usual mean, in the signal's unit; of a <c>counter_reset</c>, which is over at once, of the 60 s in which it is first seen.</param>
public sealed record Symptom(string Metric, string Selector, double LagSeconds, string Direction, double Magnitude);
