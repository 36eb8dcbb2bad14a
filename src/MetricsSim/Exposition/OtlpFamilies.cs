using MetricsSim.Core.Series;

namespace MetricsSim.Exposition;

/// <summary>What is pushed by OTLP.</summary>
internal enum OtlpSignal
{
    /// <summary>Metrics.</summary>
    Metrics,

    /// <summary>Events, as logs.</summary>
    Logs,
}

/// <summary>What pushing by OTLP tells about itself; part of <see cref="RuntimeFamilies.All"/>.</summary>
internal static class OtlpFamilies
{
    /// <summary>Requests by signal and by what became of them.</summary>
    public static readonly MetricFamily Requests = new()
    {
        Name = "metricssim_runtime_otlp_requests",
        Type = MetricType.Counter,
        Help = "Requests of OTLP that wait no more: sent, failed (refused by the receiver), dropped (the queue was full, or the daemon ended).",
        Leaves = [.. Signals().SelectMany(signal => Outcomes().Select(outcome => (IReadOnlyList<Label>)[.. signal, .. outcome]))],
    };

    /// <summary>Attempts that failed and are repeated.</summary>
    public static readonly MetricFamily Retries = new()
    {
        Name = "metricssim_runtime_otlp_retries",
        Type = MetricType.Counter,
        Help = "Attempts to send a request of OTLP that failed and are repeated.",
        Leaves = [.. Signals()],
    };

    /// <summary>Bytes that wait.</summary>
    public static readonly MetricFamily Queue = new()
    {
        Name = "metricssim_runtime_otlp_queue_bytes",
        Type = MetricType.Gauge,
        Unit = "bytes",
        Help = "Bytes of requests that wait to be sent by OTLP, those on their way included.",
    };

    /// <summary>Events by what became of them.</summary>
    public static readonly MetricFamily Events = new()
    {
        Name = "metricssim_runtime_otlp_events",
        Type = MetricType.Counter,
        Help = "Events for OTLP: sent, failed (refused by the receiver), dropped (a queue was full, or the daemon ended).",
        Leaves = [.. Outcomes()],
    };

    /// <summary>The name of a signal, in labels and in paths.</summary>
    /// <param name="signal">The signal.</param>
    public static string NameOf(OtlpSignal signal) => signal == OtlpSignal.Metrics ? "metrics" : "logs";

    private static IEnumerable<IReadOnlyList<Label>> Signals() =>
        Enum.GetValues<OtlpSignal>().Select(signal => (IReadOnlyList<Label>)[new Label("signal", NameOf(signal))]);

    private static IEnumerable<IReadOnlyList<Label>> Outcomes() =>
        Enum.GetValues<PushOutcome>().Select(outcome => (IReadOnlyList<Label>)[new Label("outcome", outcome.ToString().ToLowerInvariant())]);
}
