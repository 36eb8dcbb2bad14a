using MetricsSim.Configuration.Declarations;

namespace MetricsSim.Configuration.Document;

/// <summary><c>push.remote_write</c>.</summary>
internal sealed record RemoteWriteSection
{
    [Key("Whether to push.")]
    public bool Enabled { get; init; }

    [Key("Where to.", Max = 2048, Pattern = "https?://.+", PatternText = "an http or https URL")]
    public string Url { get; init; } = "http://localhost:9090/api/v1/write";

    [Key("Version of the protocol.", Pattern = "1\\.0|2\\.0", PatternText = "1.0 or 2.0", Max = 3)]
    public string ProtocolVersion { get; init; } = "1.0";

    [Key("Wall time between pushes.", Min = 0.1, Max = 86_400)]
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(15);

    [Key("Time of samples: wall, when they are pushed, or simulated, which most receivers take only near their own time.")]
    public SampleClockName Timestamps { get; init; } = SampleClockName.Wall;

    [Key("Labels of the target, which a scrape would add to every series. Given, they replace the default as a whole.",
        Pattern = "[a-zA-Z_][a-zA-Z0-9_]*", PatternText = "a label name of letters, digits and underscores")]
    public OrderedDictionary<string, string> Labels { get; init; } =
        new() { ["job"] = "metricssim", ["instance"] = "localhost:8001" };

    [Key("How long a request may take.", Min = 0.1, Max = 3600)]
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    [Key("Further request headers.", Secret = true)]
    public OrderedDictionary<string, string> Headers { get; init; } = [];

    [Key("Tenant, sent as X-Scope-OrgID.", Max = 256, WhenAbsent = "none")]
    public string? Tenant { get; init; }

    [Key("User and password.")]
    public BasicAuthSection BasicAuth { get; init; } = new();

    [Key("Bearer token.", Secret = true, Max = 4096, WhenAbsent = "none")]
    public string? BearerToken { get; init; }

    [Key("Certificates of https.")]
    public TlsSection Tls { get; init; } = new();

    [Key("Most samples of one request.", Min = 1, Max = 100_000)]
    public int MaxSamplesPerSend { get; init; } = 2000;

    [Key("Requests on their way at once; a series is always in the same shard, so that it stays in order.", Min = 1, Max = 100)]
    public int Shards { get; init; } = 1;

    [Key("Requests that wait for each shard while the receiver is down; then the oldest are dropped.", Min = 1, Max = 100_000)]
    public int QueueCapacity { get; init; } = 1000;

    [Key("First pause before a request is tried again; it doubles, with jitter.", Min = 0.001, Max = 3600)]
    public TimeSpan MinBackoff { get; init; } = TimeSpan.FromMilliseconds(30);

    [Key("Longest pause, but where the receiver asks for a longer one.", Min = 0.001, Max = 3600)]
    public TimeSpan MaxBackoff { get; init; } = TimeSpan.FromSeconds(5);

    [Key("Time between sending type, unit and help of all families; 0 is never.", Min = 0, Max = 86_400)]
    public TimeSpan MetadataInterval { get; init; } = TimeSpan.FromSeconds(60);

    [Key("Samples that come late on purpose, after later ones of their series.")]
    public OutOfOrderSection OutOfOrder { get; init; } = new();
}

/// <summary><c>push.remote_write.out_of_order</c>.</summary>
internal sealed record OutOfOrderSection
{
    [Key("Share of the samples.", Min = 0, Max = 1)]
    public double Fraction { get; init; }

    [Key("How late, at least until after the next push.", Min = 0, Max = 86_400)]
    public TimeSpan Delay { get; init; } = TimeSpan.FromSeconds(30);
}

/// <summary><c>push.remote_write.basic_auth</c>.</summary>
internal sealed record BasicAuthSection
{
    [Key("User.", Max = 256, WhenAbsent = "no authentication")]
    public string? Username { get; init; }

    [Key("Password.", Secret = true, Max = 1024, WhenAbsent = "empty")]
    public string? Password { get; init; }
}

/// <summary><c>push.remote_write.tls</c>.</summary>
internal sealed record TlsSection
{
    [Key("PEM file of the authorities to trust.", Max = 4096, WhenAbsent = "those of the system")]
    public string? CaFile { get; init; }

    [Key("PEM file of the client's certificate.", Max = 4096, WhenAbsent = "none")]
    public string? CertFile { get; init; }

    [Key("PEM file of its key.", Max = 4096, WhenAbsent = "none")]
    public string? KeyFile { get; init; }
}

/// <summary>Clocks that times of samples come from.</summary>
internal enum SampleClockName
{
    /// <summary>The wall clock.</summary>
    Wall,

    /// <summary>The simulated clock.</summary>
    Simulated,
}
