using MetricsSim.Configuration.Declarations;

namespace MetricsSim.Configuration.Document;

/// <summary><c>server</c>.</summary>
internal sealed record ServerSection
{
    [Key("Address to bind: localhost, an IP address, or * for all. Any but the loopback ones needs api_key.", Min = 1, Max = 64)]
    public string Host { get; init; } = Defaults.Server.Host;

    [Key("Control port; 0 takes a free one.", Min = 0, Max = 65_535)]
    public int Port { get; init; } = Defaults.Server.Port;

    [Key("Metrics port; 0 takes a free one.", Min = 0, Max = 65_535)]
    public int MetricsPort { get; init; } = Defaults.Server.MetricsPort;

    [Key("The tick: simulated time between updates, a whole number of µs.", Min = 0.001, Max = 3600)]
    public TimeSpan UpdateInterval { get; init; } = Defaults.World.Tick;

    [Key("Most connections at once over both ports.", Min = 1, Max = 1_000_000)]
    public int MaxConnections { get; init; } = Defaults.Server.MaxConnections;

    [Key("Key that changing calls need on other addresses than the loopback ones; better from METRICSSIM_API_KEY than from a file.",
        Secret = true, Pattern = "[!-~]*", PatternText = "printable ASCII without spaces", Max = 256, WhenAbsent = "no key")]
    public string? ApiKey { get; init; } = Defaults.Server.ApiKey;
}
