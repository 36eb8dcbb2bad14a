using MetricsSim.Configuration.Declarations;

namespace MetricsSim.Configuration.Document;

/// <summary><c>push.otlp</c>: its keys say what the variables OTEL_EXPORTER_OTLP_* and OTEL_METRIC_EXPORT_* do.</summary>
internal sealed record OtlpSection
{
    [Key("Whether to push.")]
    public bool Enabled { get; init; }

    [Key("Where to. http/protobuf adds /v1/metrics and /v1/logs to it.", Max = 2048, Pattern = "https?://.+", PatternText = "an http or https URL",
        WhenAbsent = "http://localhost:4318, with grpc http://localhost:4317")]
    public string? Endpoint { get; init; }

    [Key("How: http/protobuf or grpc.", Pattern = "http/protobuf|grpc", PatternText = "http/protobuf or grpc", Max = 13)]
    public string Protocol { get; init; } = "http/protobuf";

    [Key("Further request headers.", Secret = true)]
    public OrderedDictionary<string, string> Headers { get; init; } = [];

    [Key("How long a request may take.", Min = 0.1, Max = 3600)]
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    [Key("Compression of requests.")]
    public CompressionName Compression { get; init; }

    [Key("Certificates of https.")]
    public TlsSection Tls { get; init; } = new();

    [Key("Whether to push metrics.")]
    public bool Metrics { get; init; } = true;

    [Key("Wall time between pushes of metrics.", Min = 0.1, Max = 86_400)]
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(60);

    [Key("What sums and histograms count: since the last push, as the real client has it, or since the start.")]
    public TemporalityName Temporality { get; init; }

    [Key("Buckets of histograms: with explicit bounds, or exponential.")]
    public BucketsName Histograms { get; init; }

    [Key("What clients tell of requests, prompts and tools, as logs.")]
    public OtlpEventsSection Events { get; init; } = new();

    [Key("Bytes of requests that wait while the receiver is down; then the oldest are dropped.", Min = 1_000_000, Max = 4_000_000_000)]
    public long QueueBytes { get; init; } = 64_000_000;
}

/// <summary><c>push.otlp.events</c>.</summary>
internal sealed record OtlpEventsSection
{
    [Key("Whether to push them.")]
    public bool Enabled { get; init; } = true;

    [Key("Wall time between pushes of events.", Min = 0.1, Max = 3600)]
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(5);
}

/// <summary>Temporality of sums and histograms.</summary>
internal enum TemporalityName
{
    /// <summary>Since the last push.</summary>
    Delta,

    /// <summary>Since the start.</summary>
    Cumulative,
}

/// <summary>Kinds of buckets.</summary>
internal enum BucketsName
{
    /// <summary>With explicit bounds.</summary>
    Explicit,

    /// <summary>Exponential, of base 2.</summary>
    Exponential,
}
