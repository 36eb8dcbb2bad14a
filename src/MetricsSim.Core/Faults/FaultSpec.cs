namespace MetricsSim.Core.Faults;

/// <summary>What a fault does and to whom, without its time. Parameters that a type does not know are null.</summary>
public sealed record FaultSpec
{
    /// <summary>The effect.</summary>
    public required FaultType Type { get; init; }

    /// <summary>Share of what the type hits, in percent, 0–100: sessions, users, requests, capacity, rows of user series, ticks.</summary>
    public double AffectedPercentage { get; init; } = 100;

    /// <summary>Model id the fault is limited to, or null for all (<see cref="FaultType.ModelOutage"/>).</summary>
    public string? Model { get; init; }

    /// <summary>Least added delay in ms (<see cref="FaultType.NetworkLatency"/>, <see cref="FaultType.ScrapeDelay"/>).</summary>
    public double? MinDelayMilliseconds { get; init; }

    /// <summary>Largest added delay in ms (<see cref="FaultType.NetworkLatency"/>, <see cref="FaultType.ScrapeDelay"/>).</summary>
    public double? MaxDelayMilliseconds { get; init; }

    /// <summary>When users try again unless the fault says.</summary>
    public static TimeSpan DefaultRetryAfter { get; } = TimeSpan.FromSeconds(60);

    /// <summary>When users try again (<see cref="FaultType.AuthenticationFailures"/>).</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Resources that run out (<see cref="FaultType.ResourceExhaustion"/>): cpu, memory, connections …</summary>
    public IReadOnlyList<string> AffectedResources { get; init; } = [];

    /// <summary>Series that an explosion adds at most, unless it says.</summary>
    public const int DefaultMaxSeries = 10_000;

    /// <summary>Series that an explosion may be allowed to add.</summary>
    public const int MostSeries = 1_000_000;

    /// <summary>Series added at most, 1 to <see cref="MostSeries"/> (<see cref="FaultType.CardinalityExplosion"/>).</summary>
    public int? MaxSeries { get; init; }

    /// <summary>How far the clock is off unless the fault says.</summary>
    public const double DefaultOffsetSeconds = 300;

    /// <summary>How far the clock may be off, either way.</summary>
    public const double MostOffsetSeconds = 86_400;

    /// <summary>How far the clock is ahead, negative where it is behind (<see cref="FaultType.ClockSkew"/>).</summary>
    public double? OffsetSeconds { get; init; }
}
