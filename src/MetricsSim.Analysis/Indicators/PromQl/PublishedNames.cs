using MetricsSim.Core.Engine;
using MetricsSim.Core.Series;

namespace MetricsSim.Analysis.Indicators.PromQl;

/// <summary>Selectors of the series that indicators are computed from.</summary>
/// <param name="telemetry">How the population's metrics are named.</param>
/// <param name="match">Label matchers that choose the daemon among others, such as <c>job="a"</c>; empty for none.</param>
public sealed class PublishedNames(TelemetryOptions telemetry, string match)
{
    /// <summary>Requests that ended.</summary>
    public string Requests => Select("metricssim_request_duration_seconds_count");

    /// <summary>Requests that were given up.</summary>
    public string GivenUp => Select("metricssim_request_duration_seconds_count", "error_type!=\"\"");

    /// <summary>Requests that succeeded.</summary>
    public string Succeeded => Select("metricssim_request_duration_seconds_count", "error_type=\"\"");

    /// <summary>Durations of requests that succeeded.</summary>
    public string Durations => Select("metricssim_request_duration_seconds_bucket", "error_type=\"\"");

    /// <summary>Lengths of ended sessions, added up.</summary>
    public string SessionSeconds => Select(Population("claude_code_session_duration", "seconds") + "_sum");

    /// <summary>Lengths of ended sessions, by bucket.</summary>
    public string SessionBuckets => Select(Population("claude_code_session_duration", "seconds") + "_bucket");

    /// <summary>Ended sessions.</summary>
    public string EndedSessions => Select(Population("claude_code_session_duration", "seconds") + "_count");

    /// <summary>Sessions started.</summary>
    public string Sessions => Select(Population("claude_code_session_count", null) + "_total");

    /// <summary>Sessions in progress.</summary>
    public string ActiveSessions => Select(Population("claude_code_active_sessions", null));

    /// <summary>Tokens of all types.</summary>
    public string Tokens => Select(Population("claude_code_token_usage", "tokens") + "_total");

    /// <summary>Cost in USD.</summary>
    public string Cost => Select(Population("claude_code_cost_usage", "USD") + "_total");

    /// <summary>Share of the backend's servers that work.</summary>
    public string Utilization => Select("metricssim_backend_utilization_ratio");

    /// <summary>Work that waits for the backend.</summary>
    public string Backlog => Select("metricssim_backend_backlog");

    /// <summary>Requests per second the backend can serve.</summary>
    public string Capacity => Select("metricssim_backend_capacity");

    /// <summary>Factor on arrivals.</summary>
    public string Load => Select("metricssim_load_multiplier");

    /// <summary>The simulated clock.</summary>
    public string SimulatedTime => Select("metricssim_simulated_time_seconds");

    /// <summary>Counters, one of each family: those that nothing but a reset makes fall.</summary>
    public IReadOnlyList<string> Counters =>
    [
        Sessions, Tokens, Cost, EndedSessions, Requests,
        .. new[] { ("tool_usage", null), ("error", null), ("commit_count", null), ("pull_request_count", null), ("lines_of_code_count", null), ("code_edit_tool_decision", null), ("active_time", "seconds") }
            .Select(((string Name, string? Unit) family) => Select(Population("claude_code_" + family.Name, family.Unit) + "_total")),
        Select("gen_ai_client_operation_duration_seconds_count"), Select("gen_ai_client_token_usage_count"),
    ];

    /// <summary>Whether a scenario plays.</summary>
    /// <param name="scenario">Its id.</param>
    /// <returns>A selector.</returns>
    public string Playing(string scenario) => Select("metricssim_scenario_info", $"scenario=\"{scenario}\"");

    private string Population(string name, string? unit) => PopulationFamilies.NameOf(telemetry, name, unit);

    private string Select(string metric, string matcher = "")
    {
        var matchers = string.Join(',', new[] { matcher, match }.Where(part => part.Length > 0));
        return matchers.Length == 0 ? metric : $"{metric}{{{matchers}}}";
    }
}
