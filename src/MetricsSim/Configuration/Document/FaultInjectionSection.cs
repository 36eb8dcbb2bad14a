using MetricsSim.Configuration.Declarations;

namespace MetricsSim.Configuration.Document;

/// <summary><c>fault_injection</c>: each fault begins with its probability per minute, lasts 60 s and touches 5 % of sessions.</summary>
internal sealed record FaultInjectionSection
{
    [Key("Whether ambient faults happen.")]
    public bool Enabled { get; init; }

    [Key("Kinds of ambient faults.")]
    public AmbientFaultsSection Types { get; init; } = new();
}

/// <summary><c>fault_injection.types</c>.</summary>
internal sealed record AmbientFaultsSection
{
    [Key("Requests take longer on the way.")]
    public AmbientLatencySection NetworkLatency { get; init; } = new();

    [Key("Requests fail.")]
    public AmbientErrorsSection ModelErrors { get; init; } = new();

    [Key("Sessions fail to start.")]
    public AmbientAuthenticationSection AuthenticationFailures { get; init; } = new();

    [Key("Capacity shrinks.")]
    public AmbientExhaustionSection ResourceExhaustion { get; init; } = new();
}

/// <summary><c>fault_injection.types.network_latency</c>.</summary>
internal sealed record AmbientLatencySection
{
    [Key("Chance per minute that one begins, 0 to 1.", Min = 0, Max = 1)]
    public double Probability { get; init; } = 0.01;

    [Key("Least added delay in ms.", Min = 0, Max = 3_600_000)]
    public double MinDelay { get; init; } = 100;

    [Key("Largest added delay in ms; not below min_delay.", Min = 0, Max = 3_600_000)]
    public double MaxDelay { get; init; } = 2000;
}

/// <summary><c>fault_injection.types.model_errors</c>.</summary>
internal sealed record AmbientErrorsSection
{
    [Key("Chance per minute that one begins, 0 to 1.", Min = 0, Max = 1)]
    public double Probability { get; init; } = 0.005;

    [Key("Values of error_type that are drawn from.", Min = 1)]
    public IReadOnlyList<string> ErrorTypes { get; init; } = ["timeout", "rate_limit", "service_unavailable"];
}

/// <summary><c>fault_injection.types.authentication_failures</c>.</summary>
internal sealed record AmbientAuthenticationSection
{
    [Key("Chance per minute that one begins, 0 to 1.", Min = 0, Max = 1)]
    public double Probability { get; init; } = 0.001;

    [Key("When users try again.", Min = 0, AboveMin = true)]
    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromSeconds(60);
}

/// <summary><c>fault_injection.types.resource_exhaustion</c>.</summary>
internal sealed record AmbientExhaustionSection
{
    [Key("Chance per minute that one begins, 0 to 1.", Min = 0, Max = 1)]
    public double Probability { get; init; } = 0.001;

    [Key("Resources that run out.", Min = 1)]
    public IReadOnlyList<string> AffectedResources { get; init; } = ["cpu", "memory", "connections"];
}
