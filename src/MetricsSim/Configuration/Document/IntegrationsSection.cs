using MetricsSim.Configuration.Declarations;

namespace MetricsSim.Configuration.Document;

/// <summary><c>integrations</c>.</summary>
internal sealed record IntegrationsSection
{
    [Key("A Pushgateway of Prometheus; see docs/push.md.")]
    public PrometheusSection Prometheus { get; init; } = new();

    [Key("A Grafana that metricssim dashboards bench loads dashboards from and through; see docs/dashboard-bench.md.")]
    public GrafanaSection Grafana { get; init; } = new();

    [Key("An OpenTelemetry collector: push.otlp in short, whose other keys count for it too; see docs/otlp.md.")]
    public OtelSection Otel { get; init; } = new();
}

/// <summary><c>integrations.prometheus</c>.</summary>
internal sealed record PrometheusSection
{
    [Key("Whether to use it.")]
    public bool Enabled { get; init; } = true;

    [Key("Address of a Pushgateway to put the page to: host:port, or a URL.", Max = 2048, WhenAbsent = "none")]
    public string? PushGateway { get; init; }

    [Key("Wall time between pushes to it.", Min = 0.1, Max = 86_400)]
    public TimeSpan PushInterval { get; init; } = TimeSpan.FromSeconds(15);

    [Key("Label job.", Max = 256)]
    public string JobName { get; init; } = "claude-code-simulator";

    [Key("Label instance.", Max = 256)]
    public string Instance { get; init; } = "simulator-1";
}

/// <summary><c>integrations.grafana</c>.</summary>
internal sealed record GrafanaSection
{
    [Key("Whether to use it.")]
    public bool Enabled { get; init; }

    [Key("Its address.", Max = 2048)]
    public string Url { get; init; } = "http://localhost:3001";

    [Key("Its API key, or the token of a service account.", Secret = true, Max = 1024, WhenAbsent = "no key")]
    public string? ApiKey { get; init; }
}

/// <summary><c>integrations.otel</c>.</summary>
internal sealed record OtelSection
{
    [Key("Whether to use it.")]
    public bool Enabled { get; init; }

    [Key("Its address; port 4317 is taken to speak grpc, any other http/protobuf.", Max = 2048, Pattern = "https?://.+", PatternText = "an http or https URL")]
    public string Endpoint { get; init; } = "http://localhost:4317";

    [Key("Further request headers.", Secret = true)]
    public OrderedDictionary<string, string> Headers { get; init; } = [];
}
