using MetricsSim.Core.Series;
using MetricsSim.Wire.RemoteWrite;

namespace MetricsSim.Configuration;

/// <summary>Where and how to push by remote write (config: <c>push.remote_write</c>).</summary>
internal sealed record RemoteWriteOptions
{
    /// <summary>Where to: http or https, without user and password.</summary>
    public required Uri Url { get; init; }

    /// <summary>The version of the protocol.</summary>
    public RemoteWriteVersion Version { get; init; }

    /// <summary>Wall time between pushes.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Whether samples have simulated times, not those of the wall clock.</summary>
    public bool SimulatedTimestamps { get; init; }

    /// <summary>Labels of the target.</summary>
    public IReadOnlyList<Label> Labels { get; init; } = [new("job", "metricssim"), new("instance", "localhost:8001")];

    /// <summary>How long a request may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Further headers, the one of the tenant and of authentication included.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>PEM file of authorities to trust; null for the system's.</summary>
    public string? CaFile { get; init; }

    /// <summary>PEM file of the client's certificate; null for none.</summary>
    public string? CertFile { get; init; }

    /// <summary>PEM file of its key.</summary>
    public string? KeyFile { get; init; }

    /// <summary>Most samples of one request.</summary>
    public int MaxSamplesPerSend { get; init; } = 2000;

    /// <summary>Requests on their way at once.</summary>
    public int Shards { get; init; } = 1;

    /// <summary>Requests that wait for each shard.</summary>
    public int QueueCapacity { get; init; } = 1000;

    /// <summary>First pause before a request is tried again.</summary>
    public TimeSpan MinBackoff { get; init; } = TimeSpan.FromMilliseconds(30);

    /// <summary>Longest pause that isn't asked for.</summary>
    public TimeSpan MaxBackoff { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Time between sending metadata; zero is never.</summary>
    public TimeSpan MetadataInterval { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Share of the samples that are sent late and so out of order, 0 to 1.</summary>
    public double LateFraction { get; init; }

    /// <summary>How late, at least until the next push.</summary>
    public TimeSpan LateDelay { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether two are the same in all they say.</summary>
    public static bool Same(RemoteWriteOptions? one, RemoteWriteOptions? other) =>
        one is null || other is null
            ? one == other
            : one.Labels.SequenceEqual(other.Labels) && one.Headers.SequenceEqual(other.Headers)
                && one == other with { Labels = one.Labels, Headers = one.Headers };
}
