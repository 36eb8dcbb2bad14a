using MetricsSim.Core.Series;

namespace MetricsSim.Exposition;

/// <summary>What pushing tells about itself; part of <see cref="RuntimeFamilies.All"/>.</summary>
internal static class PushFamilies
{
    /// <summary>Samples by what became of them; the leaves are <see cref="PushOutcome"/>.</summary>
    public static readonly MetricFamily Samples = Outcomes("metricssim_runtime_remote_write_samples", "Samples");

    /// <summary>Native histograms by what became of them, likewise.</summary>
    public static readonly MetricFamily Histograms = Outcomes("metricssim_runtime_remote_write_histograms", "Native histograms");

    /// <summary>Exemplars by what became of them, likewise.</summary>
    public static readonly MetricFamily Exemplars = Outcomes("metricssim_runtime_remote_write_exemplars", "Exemplars");

    /// <summary>Samples of requests that had to be tried again.</summary>
    public static readonly MetricFamily Retried = new()
    {
        Name = "metricssim_runtime_remote_write_retried_samples",
        Type = MetricType.Counter,
        Help = "Samples and native histograms in requests of remote write that had to be tried again, counted at each attempt.",
    };

    /// <summary>Samples that wait.</summary>
    public static readonly MetricFamily Queue = new()
    {
        Name = "metricssim_runtime_remote_write_queue_samples",
        Type = MetricType.Gauge,
        Help = "Samples and native histograms that wait for remote write, those on their way included.",
    };

    /// <summary>Pages for a Pushgateway: taken, and not taken.</summary>
    public static readonly MetricFamily Puts = new()
    {
        Name = "metricssim_runtime_push_gateway_pushes",
        Type = MetricType.Counter,
        Help = "Pages put to a Pushgateway: sent, or failed (it did not take them).",
        Leaves = [[new Label("outcome", "sent")], [new Label("outcome", "failed")]],
    };

    private static MetricFamily Outcomes(string name, string what) => new()
    {
        Name = name,
        Type = MetricType.Counter,
        Help = $"{what} that were queued for remote write and are no more: sent, failed (refused by the receiver), dropped (the queue was full, or the daemon ended).",
        Leaves = [.. Enum.GetValues<PushOutcome>().Select(outcome => (IReadOnlyList<Label>)[new Label("outcome", outcome.ToString().ToLowerInvariant())])],
    };
}
