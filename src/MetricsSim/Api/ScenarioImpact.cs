using MetricsSim.Core.Faults;
using MetricsSim.Core.Scenarios;

namespace MetricsSim.Api;

/// <summary>What a scenario does to the world, told from its timeline.</summary>
internal static class ScenarioImpact
{
    // Names without the namespace: one entry per family of the population and of its requests.
    private static readonly string[] Requests =
    [
        "gen_ai_client_operation_duration", "gen_ai_client_token_usage", "metricssim_request_duration",
        "claude_code_token_usage", "claude_code_cost_usage", "claude_code_error", "claude_code_session_duration",
    ];

    private static readonly string[] Work =
    [
        "claude_code_session_count", "claude_code_active_sessions", "claude_code_active_time", "claude_code_tool_usage",
        "claude_code_commit_count", "claude_code_pull_request_count", "claude_code_lines_of_code_count", "claude_code_code_edit_tool_decision",
    ];

    private static readonly string[] Exploding = ["claude_code_api_request_count"];

    private static readonly string[] Sessions = ["claude_code_session_count", "claude_code_active_sessions", "claude_code_error"];

    /// <summary>
    /// Counts the metric families of the population that the scenario's events move: a change of load or of users moves all of them,
    /// a fault of requests those that requests and session ends feed, a fault of session starts the counts of sessions and errors,
    /// a cardinality explosion its own, and a deployment, a recovery or another fault of the telemetry none by itself.
    /// </summary>
    /// <param name="scenario">The scenario.</param>
    /// <returns>Families, each counted once.</returns>
    public static int MetricCount(Scenario scenario) =>
        scenario.Timeline.SelectMany(entry => Moves(entry.Event)).Distinct(StringComparer.Ordinal).Count();

    /// <summary>Whether any of the events changes what is published.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <returns>False for a timeline of nothing but marks.</returns>
    public static bool ActsOnWorld(Scenario scenario) => scenario.Timeline.Any(entry => entry.Event is not (DeployEvent or RecoveryEvent));

    private static IEnumerable<string> Moves(ScenarioEvent of) => of switch
    {
        StartEvent or IncreaseLoadEvent or BurstLoadEvent or GrowthSimulationEvent => Requests.Concat(Work),
        InjectFailureEvent failure => failure.Fault.Type switch
        {
            FaultType.ModelOutage or FaultType.TotalOutage or FaultType.CascadeFailure or FaultType.NetworkLatency
                or FaultType.RateLimiting or FaultType.ResourceExhaustion => Requests,
            FaultType.AuthenticationFailures => Sessions,
            FaultType.CardinalityExplosion => Exploding,
            _ => [],
        },
        _ => [],
    };
}
