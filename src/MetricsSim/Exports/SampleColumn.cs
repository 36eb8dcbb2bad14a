using MetricsSim.Core.Series;
using MetricsSim.Core.Workload;

namespace MetricsSim.Exports;

/// <summary>A column of the json and csv exports, after <c>time</c>.</summary>
/// <param name="Name">Name; counters end in <c>_total</c> and count from the run's start.</param>
/// <param name="Unit">Unit of the values, 1 for plain numbers.</param>
/// <param name="Meaning">What it is.</param>
/// <param name="Value">Reads it.</param>
internal sealed record SampleColumn(string Name, string Unit, string Meaning, Func<RunSample, double> Value)
{
    /// <summary>Name of the first column, which holds the simulated time.</summary>
    public const string Time = "time";

    /// <summary>All of them, in order.</summary>
    public static IReadOnlyList<SampleColumn> All { get; } =
    [
        new("elapsed_seconds", "s", "Since the run's start", sample => sample.Elapsed.TotalSeconds),
        new("load", "1", "Factor on arrivals from scenarios", sample => sample.Now.Load),
        new("active_faults", "faults", "Faults in force", sample => sample.Now.ActiveFaults),
        new("active_sessions", "sessions", "Sessions in progress", sample => sample.Now.ActiveSessions),
        new("sessions_total", "sessions", "Sessions started", sample => sample.Now.Sessions),
        new("ended_sessions_total", "sessions", "Sessions ended", sample => sample.Now.EndedSessions),
        new("failed_sessions_total", "sessions", "Of these, ended as failed", sample => sample.Now.FailedSessions),
        new("ended_session_seconds_total", "s", "Sum of the ended sessions' lengths", sample => sample.Now.EndedSessionMicros / 1e6),
        new("requests_total", "requests", "API requests ended", sample => sample.Now.Requests),
        new("given_up_requests_total", "requests", "Of these, given up", sample => sample.Now.GivenUp),
        .. PopulationFamilies.RequestOutcomes.Select((outcome, i) => new SampleColumn(
            outcome == ErrorKind.None ? "successful_requests_total" : $"{outcome.Label()}_requests_total",
            "requests",
            outcome == ErrorKind.None ? "API requests that succeeded" : $"API requests that ended with error_type {outcome.Label()}",
            sample => sample.Now.Outcomes[i])),
        new("attempts_total", "attempts", "Attempts that reached the backend, shed ones included: the offered load", sample => sample.Now.Attempts),
        new("tokens_total", "tokens", "Tokens of all types", sample => sample.Now.Tokens),
        new("cost_usd_total", "USD", "Cost", sample => sample.Now.NanoUsd / 1e9),
        new("losses_total", "events", "Counters that fell, and events that the counters don't show", sample => sample.Losses),
        new("error_rate", "1", "Share of requests given up since the sample before", sample => sample.ErrorRate),
        new("p50_ms", "ms", "Median duration of requests that succeeded since the sample before", sample => sample.Milliseconds(0.5)),
        new("p95_ms", "ms", "95th percentile of the same", sample => sample.Milliseconds(0.95)),
        new("p99_ms", "ms", "99th percentile of the same", sample => sample.Milliseconds(0.99)),
        new("capacity", "requests/s", "What the backend can serve", sample => sample.Now.Capacity),
        new("utilization", "1", "Share of the backend's servers that work", sample => sample.Now.Utilization),
        new("wait_seconds", "s", "Wait for a server", sample => sample.Now.Wait),
        new("backlog", "requests", "Work that waits", sample => sample.Now.Backlog),
        new("up", "1", "1 when a scrape gets a page, else 0", sample => sample.Now.Up ? 1 : 0),
        new("page_delay_seconds", "s", "How long after a scrape the page begins", sample => sample.Now.PageDelay),
        new("page_samples", "samples", "Samples on a page", sample => sample.Now.PageSamples),
    ];
}
