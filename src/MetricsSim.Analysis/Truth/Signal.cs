using MetricsSim.Analysis.Runs;
using MetricsSim.Core.Series;
using MetricsSim.Core.Workload;

namespace MetricsSim.Analysis.Truth;

/// <summary>Something that is published and can be told from a recorded run.</summary>
/// <param name="Metric">Published name.</param>
/// <param name="Selector">Label matchers.</param>
/// <param name="Least">Least change that counts, in the signal's unit, whatever its noise.</param>
/// <param name="Value">Its value over a part of the run.</param>
internal sealed record Signal(string Metric, string Selector, double Least, Func<RunWindow, double> Value)
{
    /// <summary>Whether it moves in an instant and then goes on as before, however long the incident is.</summary>
    public bool IsInstant { get; init; }
}

/// <summary>The signals of a run under the names its telemetry gives them.</summary>
/// <param name="layout">What is published.</param>
internal sealed class Signals(SeriesLayout layout)
{
    /// <summary>Three events in a minute.</summary>
    private const double FewEvents = 0.05;

    public Signal Tokens => new(Name("claude_code_token_usage", "_total"), "", 0, window => window.Rate(window.Series.Tokens));

    public Signal Cost => new(Name("claude_code_cost_usage", "_total"), "", 0, window => window.Rate(window.Series.NanoUsd) / 1e9);

    public Signal SessionsStarted => new(Name("claude_code_session_count", "_total"), "", FewEvents, window => window.Rate(window.Series.Sessions));

    public Signal SessionsFailed => new(
        Name("claude_code_session_duration", "_count"), """{status="failed"}""", FewEvents, window => window.Rate(window.Series.FailedSessions));

    public Signal ActiveSessions => new(Name("claude_code_active_sessions", ""), "", 1, window => window.Mean(window.Series.ActiveSessions));

    public Signal Latency => new("metricssim_request_duration_seconds_bucket", """{error_type=""}""", 0.1, window => window.Duration(0.95));

    public Signal Utilization => new("metricssim_backend_utilization_ratio", "", 0.01, window => window.Mean(window.Series.Utilization));

    public Signal Capacity => new("metricssim_backend_capacity", "", 0, window => window.Mean(window.Series.Capacity));

    public Signal Wait => new("metricssim_backend_wait_seconds", "", 0.1, window => window.Mean(window.Series.Wait));

    public Signal Backlog => new("metricssim_backend_backlog", "", 1, window => window.Mean(window.Series.Backlog));

    public Signal Load => new("metricssim_load_multiplier", "", 0, window => window.Mean(window.Series.Load));

    /// <summary>What Prometheus itself says of its scrapes.</summary>
    public Signal Up => new("up", "", 0, window => window.Mean(window.Series.Up));

    public Signal ScrapeDuration => new("scrape_duration_seconds", "", 0.1, window => window.Mean(window.Series.PageDelay));

    /// <summary>None where series begin with their first event: how many there are then is not recorded.</summary>
    public IEnumerable<Signal> SamplesScraped => layout.Families.Any(family => family.HideUntouched)
        ? []
        : [new("scrape_samples_scraped", "", 0, window => window.Mean(window.Series.PageSamples))];

    /// <summary>The counters as they are published, which fall when they are reset.</summary>
    public IEnumerable<Signal> PublishedCounters =>
    [
        SessionsStarted with { IsInstant = true, Value = window => window.Rate(window.Series.Sessions) - window.Rate(window.Series.SessionsBeforeReset) },
        Tokens with { IsInstant = true, Value = window => window.Rate(window.Series.Tokens) - window.Rate(window.Series.TokensBeforeReset) },
    ];

    public Signal Errors(ErrorKind kind)
    {
        var outcome = PopulationFamilies.RequestOutcomes.ToList().IndexOf(kind);
        return new(
            Name("claude_code_error", "_total"),
            $$"""{error_type="{{kind.Label()}}",tool_name=""}""",
            FewEvents,
            window => window.Rate(window.Series.Outcomes[outcome]));
    }

    private string Name(string part, string suffix) =>
        layout.Families.First(family => family.Name.Contains(part, StringComparison.Ordinal)).Name + suffix;
}
