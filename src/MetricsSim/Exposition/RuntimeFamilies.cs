using MetricsSim.Core.Series;
using MetricsSim.Wire;

namespace MetricsSim.Exposition;

/// <summary>The families <c>metricssim_runtime_*</c>, in page order. Their names are a public surface, approved as text in the tests.</summary>
internal static class RuntimeFamilies
{
    /// <summary>Bounds of tick durations, in seconds.</summary>
    public static readonly double[] TickBounds = [0.0001, 0.0005, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5];

    /// <summary>Bounds of scrape durations, in seconds.</summary>
    public static readonly double[] ScrapeBounds = [0.001, 0.005, 0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

    /// <summary>Formats in the order of the leaves of <see cref="Scrapes"/>.</summary>
    public static readonly ExpositionFormat[] Formats = Enum.GetValues<ExpositionFormat>();

    /// <summary>Failures in the order of the leaves of <see cref="ScrapesFailed"/>.</summary>
    public static readonly ScrapeFailure[] Failures = Enum.GetValues<ScrapeFailure>();

    /// <summary>Generations of the garbage collector, the leaves of <see cref="Collections"/>.</summary>
    public static readonly int[] Generations = [0, 1, 2];

    /// <summary>Ticks run.</summary>
    public static readonly MetricFamily Ticks = new()
    {
        Name = "metricssim_runtime_ticks",
        Type = MetricType.Counter,
        Help = "Ticks this process has run.",
    };

    /// <summary>Lag of the latest tick.</summary>
    public static readonly MetricFamily Lag = new()
    {
        Name = "metricssim_runtime_tick_lag_seconds",
        Type = MetricType.Gauge,
        Unit = "seconds",
        Divisor = Micro,
        Help = "How long after it was due the latest tick ran.",
    };

    /// <summary>Tick durations.</summary>
    public static readonly MetricFamily TickDuration = new()
    {
        Name = "metricssim_runtime_tick_duration_seconds",
        Type = MetricType.Histogram,
        Unit = "seconds",
        Divisor = Micro,
        Bounds = TickBounds,
        Help = "Wall time that ticks took.",
    };

    /// <summary>Scrapes answered.</summary>
    public static readonly MetricFamily Scrapes = new()
    {
        Name = "metricssim_runtime_scrapes",
        Type = MetricType.Counter,
        Help = "Pages served whole, by format.",
        Leaves = [.. Formats.Select(format => (IReadOnlyList<Label>)[new Label("format", Name(format))])],
    };

    /// <summary>Scrape durations.</summary>
    public static readonly MetricFamily ScrapeDuration = new()
    {
        Name = "metricssim_runtime_scrape_duration_seconds",
        Type = MetricType.Histogram,
        Unit = "seconds",
        Divisor = Micro,
        Bounds = ScrapeBounds,
        Help = "From a scrape's request to the last byte handed to the network.",
    };

    /// <summary>Scrapes not answered, or not whole.</summary>
    public static readonly MetricFamily ScrapesFailed = new()
    {
        Name = "metricssim_runtime_scrapes_failed",
        Type = MetricType.Counter,
        Help = "Scrapes without a whole page: timeout (cut at the scrape's deadline), disconnected (the client left), unavailable (503).",
        Leaves = [.. Failures.Select(failure => (IReadOnlyList<Label>)[new Label("reason", failure.ToString().ToLowerInvariant())])],
    };

    /// <summary>Resident memory.</summary>
    public static readonly MetricFamily Resident = new()
    {
        Name = "metricssim_runtime_resident_memory_bytes",
        Type = MetricType.Gauge,
        Unit = "bytes",
        Help = "Resident memory of the process.",
    };

    /// <summary>Managed heap.</summary>
    public static readonly MetricFamily Heap = new()
    {
        Name = "metricssim_runtime_gc_heap_bytes",
        Type = MetricType.Gauge,
        Unit = "bytes",
        Help = "Managed memory in use, as of now.",
    };

    /// <summary>Collections by generation.</summary>
    public static readonly MetricFamily Collections = new()
    {
        Name = "metricssim_runtime_gc_collections",
        Type = MetricType.Counter,
        Help = "Garbage collections, by generation.",
        Leaves = [.. Generations.Select(generation => (IReadOnlyList<Label>)[new Label("generation", $"{generation}")])],
    };

    /// <summary>Start of the process.</summary>
    public static readonly MetricFamily StartTime = new()
    {
        Name = "metricssim_runtime_start_time_seconds",
        Type = MetricType.Gauge,
        Unit = "seconds",
        Divisor = 1000,
        Help = "When the daemon started, in wall time since the Unix epoch.",
    };

    /// <summary>What runs.</summary>
    public static readonly MetricFamily Build = new()
    {
        Name = "metricssim_runtime_build",
        Type = MetricType.Info,
        Help = "Version of the running program.",
        Leaves = [[new Label("version", BuildVersion.Text)]],
    };

    private const long Micro = 1_000_000;

    /// <summary>All of them, in page order.</summary>
    public static readonly IReadOnlyList<MetricFamily> All =
    [
        Ticks, Lag, TickDuration, Scrapes, ScrapeDuration, ScrapesFailed, PushFamilies.Samples, PushFamilies.Histograms, PushFamilies.Exemplars,
        PushFamilies.Retried, PushFamilies.Queue, PushFamilies.Puts, OtlpFamilies.Requests, OtlpFamilies.Retries, OtlpFamilies.Queue, OtlpFamilies.Events,
        Resident, Heap, Collections, StartTime, Build,
    ];

    private static string Name(ExpositionFormat format) => format switch
    {
        ExpositionFormat.Text004 => "text",
        ExpositionFormat.OpenMetrics100 => "openmetrics",
        ExpositionFormat.Protobuf => "protobuf",
        _ => format.ToString().ToLowerInvariant(),
    };
}
