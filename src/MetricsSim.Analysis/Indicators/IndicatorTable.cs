using MetricsSim.Analysis.Runs;

namespace MetricsSim.Analysis.Indicators;

/// <summary>The indicators of design §6.</summary>
public static class IndicatorTable
{
    /// <summary>All of them by name.</summary>
    public static IReadOnlyDictionary<string, Indicator> All { get; } = new Indicator[]
    {
        new("error_rate", "", (_, window) => Of(window.ErrorRate, "no request ended")),
        new("avg_session_duration", "s", (_, window) => Of(SessionSeconds(window), "no session ended")),
        new("p99_latency", "ms", (_, window) => Of(window.Duration(0.99) * 1000, "no request succeeded")),
        new("response_time", "ms", (_, window) => Of(window.Duration(0.95) * 1000, "no request succeeded")),
        new("resource_utilization", "", (_, window) => Of(window.Mean(window.Series.Utilization), "the window is empty")),
        new("recovery_time", "s", Recovery.Measure),
        new("data_loss", "", (_, window) => new(window.Delta(window.Series.Losses))),
        new("cost_efficiency", "", (run, window) => Of(CostPerToken(run.Baseline) / CostPerToken(window), "no tokens in the baseline or in the window")),
        new("breaking_point", "sessions", (_, window) => BreakingPoint.Measure(window)),
        new("graceful_degradation", "", (_, window) => Degradation.Measure(window)),
    }.ToDictionary(indicator => indicator.Name, StringComparer.Ordinal);

    private static double SessionSeconds(RunWindow window) =>
        (double)window.Delta(window.Series.EndedSessionMicros) / window.Delta(window.Series.EndedSessions) / 1e6;

    private static double CostPerToken(RunWindow window) => (double)window.Delta(window.Series.NanoUsd) / window.Delta(window.Series.Tokens);

    private static Measured Of(double value, string otherwise) => new(value, double.IsNaN(value) ? otherwise : null);
}
