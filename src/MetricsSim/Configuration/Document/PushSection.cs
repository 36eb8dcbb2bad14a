using MetricsSim.Configuration.Declarations;

namespace MetricsSim.Configuration.Document;

/// <summary><c>push</c>.</summary>
internal sealed record PushSection
{
    [Key("Prometheus remote write; see docs/push.md.")]
    public RemoteWriteSection RemoteWrite { get; init; } = new();

    [Key("OpenTelemetry protocol.", NotYet = "push by OTLP comes later")]
    public OtlpSection Otlp { get; init; } = new();
}

/// <summary><c>push.otlp</c>.</summary>
internal sealed record OtlpSection
{
    [Key("Whether to push.")]
    public bool Enabled { get; init; }

    [Key("Where to.", Max = 2048, Pattern = "https?://.+", PatternText = "an http or https URL")]
    public string Endpoint { get; init; } = "http://localhost:4318";

    [Key("Time between pushes.", Min = 0, AboveMin = true)]
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(60);

    [Key("Cumulative or delta sums.")]
    public TemporalityName Temporality { get; init; } = TemporalityName.Cumulative;

    [Key("Further request headers.", Secret = true)]
    public OrderedDictionary<string, string> Headers { get; init; } = [];
}

/// <summary>Temporality of sums.</summary>
internal enum TemporalityName
{
    /// <summary>Since the start.</summary>
    Cumulative,

    /// <summary>Since the last push.</summary>
    Delta,
}
