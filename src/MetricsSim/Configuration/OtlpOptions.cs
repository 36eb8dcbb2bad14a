namespace MetricsSim.Configuration;

/// <summary>Where and how to push by OTLP (config: <c>push.otlp</c>, or <c>integrations.otel</c>).</summary>
internal sealed record OtlpOptions
{
    /// <summary>Where to: http or https, without user and password, without a path for the signal.</summary>
    public required Uri Endpoint { get; init; }

    /// <summary>Whether by gRPC; else in the bodies of HTTP requests.</summary>
    public bool Grpc { get; init; }

    /// <summary>Further headers.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>How long a request may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Whether requests are compressed.</summary>
    public bool Gzip { get; init; }

    /// <summary>PEM file of authorities to trust; null for the system's.</summary>
    public string? CaFile { get; init; }

    /// <summary>PEM file of the client's certificate; null for none.</summary>
    public string? CertFile { get; init; }

    /// <summary>PEM file of its key.</summary>
    public string? KeyFile { get; init; }

    /// <summary>Whether metrics are pushed.</summary>
    public bool Metrics { get; init; } = true;

    /// <summary>Wall time between pushes of metrics.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Whether sums and histograms count since the start; else since the last push.</summary>
    public bool Cumulative { get; init; }

    /// <summary>Whether histograms have exponential buckets; else explicit bounds.</summary>
    public bool Exponential { get; init; }

    /// <summary>Whether events are pushed.</summary>
    public bool Events { get; init; } = true;

    /// <summary>Wall time between pushes of events.</summary>
    public TimeSpan EventsInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Bytes of requests that may wait.</summary>
    public long QueueBytes { get; init; } = 64_000_000;

    /// <summary>Whether two are the same in all they say.</summary>
    public static bool Same(OtlpOptions? one, OtlpOptions? other) =>
        one is null || other is null ? one == other : one.Headers.SequenceEqual(other.Headers) && one == other with { Headers = one.Headers };
}
