using MetricsSim.Core.Faults;
using MetricsSim.Core.Workload;

namespace MetricsSim.Analysis.Truth;

/// <summary>
/// What each kind of incident can move, and which way, by how the world works; whether it did is looked up in the run. The first one shows
/// the cause itself.
/// </summary>
internal static class SymptomTable
{
    public const string Overload = "overload";

    public static IReadOnlyList<(Signal Signal, int Direction)> Of(FaultType fault, Signals signals) => fault switch
    {
        FaultType.ModelOutage or FaultType.TotalOutage =>
        [
            (signals.Errors(ErrorKind.ServiceUnavailable), 1), (signals.SessionsFailed, 1), (signals.Tokens, -1), (signals.Cost, -1),
            (signals.ActiveSessions, -1), (signals.Utilization, -1),
        ],
        FaultType.CascadeFailure =>
        [
            (signals.Capacity, -1), (signals.Errors(ErrorKind.ServiceUnavailable), 1), (signals.SessionsFailed, 1), (signals.Utilization, 1),
            (signals.Wait, 1), (signals.Latency, 1), (signals.Tokens, -1), (signals.Cost, -1),
        ],
        FaultType.NetworkLatency =>
        [
            (signals.Latency, 1), (signals.Errors(ErrorKind.Timeout), 1), (signals.SessionsFailed, 1), (signals.Tokens, -1), (signals.Cost, -1),
        ],
        FaultType.AuthenticationFailures =>
        [
            (signals.Errors(ErrorKind.Auth), 1), (signals.SessionsStarted, -1), (signals.ActiveSessions, -1), (signals.Tokens, -1),
            (signals.Cost, -1), (signals.Utilization, -1),
        ],
        FaultType.RateLimiting =>
        [
            (signals.Errors(ErrorKind.RateLimit), 1), (signals.SessionsFailed, 1), (signals.Tokens, -1), (signals.Cost, -1),
            (signals.ActiveSessions, -1), (signals.Utilization, -1),
        ],
        FaultType.ResourceExhaustion => [(signals.Capacity, -1), .. Saturation(signals)],
        FaultType.ExporterDown => [(signals.Up, -1), .. All(signals.SamplesScraped, -1)],
        FaultType.ScrapeDelay => [(signals.ScrapeDuration, 1)],
        FaultType.CounterReset => [.. All(signals.PublishedCounters, -1)],
        FaultType.SeriesGap => [.. All(signals.SamplesScraped, -1)],
        FaultType.CardinalityExplosion => [.. All(signals.SamplesScraped, 1)],
        // A wrong clock shows in the timestamps that are sent, and in no series.
        _ => [],
    };

    public static IReadOnlyList<(Signal Signal, int Direction)> OfOverload(Signals signals) => [(signals.Load, 1), .. Saturation(signals)];

    private static IEnumerable<(Signal Signal, int Direction)> All(IEnumerable<Signal> signals, int direction) =>
        signals.Select(signal => (signal, direction));

    private static IEnumerable<(Signal Signal, int Direction)> Saturation(Signals signals) =>
    [
        (signals.Utilization, 1), (signals.Backlog, 1), (signals.Wait, 1), (signals.Latency, 1), (signals.Errors(ErrorKind.RateLimit), 1),
        (signals.Errors(ErrorKind.Timeout), 1), (signals.SessionsFailed, 1),
    ];
}
