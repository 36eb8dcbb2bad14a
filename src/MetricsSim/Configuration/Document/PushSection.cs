using MetricsSim.Configuration.Declarations;

namespace MetricsSim.Configuration.Document;

/// <summary><c>push</c>.</summary>
internal sealed record PushSection
{
    [Key("Prometheus remote write; see docs/push.md.")]
    public RemoteWriteSection RemoteWrite { get; init; } = new();

    [Key("The OpenTelemetry protocol; see docs/otlp.md.")]
    public OtlpSection Otlp { get; init; } = new();
}
