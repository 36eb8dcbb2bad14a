namespace MetricsSim.Core.Faults;

/// <summary>What a fault does and to whom, without its time. Parameters that a type does not know are null.</summary>
public sealed record FaultSpec
{
    /// <summary>The effect.</summary>
    public required FaultType Type { get; init; }

    /// <summary>Share of sessions or requests that is hit, in percent, 0–100.</summary>
    public double AffectedPercentage { get; init; } = 100;

    /// <summary>Model id the fault is limited to, or null for all (<see cref="FaultType.ModelOutage"/>).</summary>
    public string? Model { get; init; }

    /// <summary>Least added delay in ms (<see cref="FaultType.NetworkLatency"/>).</summary>
    public double? MinDelayMilliseconds { get; init; }

    /// <summary>Largest added delay in ms (<see cref="FaultType.NetworkLatency"/>).</summary>
    public double? MaxDelayMilliseconds { get; init; }

    /// <summary>When users try again unless the fault says.</summary>
    public static TimeSpan DefaultRetryAfter { get; } = TimeSpan.FromSeconds(60);

    /// <summary>When users try again (<see cref="FaultType.AuthenticationFailures"/>).</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Resources that run out (<see cref="FaultType.ResourceExhaustion"/>): cpu, memory, connections …</summary>
    public IReadOnlyList<string> AffectedResources { get; init; } = [];
}
