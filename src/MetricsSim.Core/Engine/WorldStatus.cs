namespace MetricsSim.Core.Engine;

/// <summary>A few numbers about the whole world at a tick boundary, for people and for <c>/health</c>. Totals count from tick 0.</summary>
public sealed record WorldStatus
{
    /// <summary>The tick.</summary>
    public required long Tick { get; init; }

    /// <summary>Simulated time.</summary>
    public required DateTimeOffset SimulatedTime { get; init; }

    /// <summary>Users, enabled or not.</summary>
    public required int Users { get; init; }

    /// <summary>Users that may start sessions.</summary>
    public required int EnabledUsers { get; init; }

    /// <summary>Sessions in progress.</summary>
    public required long ActiveSessions { get; init; }

    /// <summary>Sessions started.</summary>
    public required long TotalSessions { get; init; }

    /// <summary>API requests ended, given-up ones included.</summary>
    public required long TotalRequests { get; init; }

    /// <summary>API requests given up.</summary>
    public required long TotalErrors { get; init; }

    /// <summary>Tokens of all types.</summary>
    public required long TotalTokens { get; init; }

    /// <summary>Cost in USD.</summary>
    public required double TotalCost { get; init; }

    /// <summary>Mean activity X over all users.</summary>
    public required double AverageActivity { get; init; }

    /// <summary>Factor on arrivals from scenarios (load × growth) and <see cref="ManualLoad"/>, at most <see cref="SetLoad.Most"/>, without season and bursts of the config.</summary>
    public required double Load { get; init; }

    /// <summary>The operator's own factor in <see cref="Load"/>.</summary>
    public double ManualLoad { get; init; } = 1;

    /// <summary>Faults in force.</summary>
    public required int ActiveFaults { get; init; }

    /// <summary>The faults in force: those added by hand, those of the simulations, those of the background, each in order of start.</summary>
    public IReadOnlyList<FaultStatus> Faults { get; init; } = [];

    /// <summary>The latest started scenario that still runs, or null.</summary>
    public required string? CurrentScenario { get; init; }

    /// <summary>Running simulations, then the ended ones, latest first in each.</summary>
    public required IReadOnlyList<SimulationStatus> Simulations { get; init; }
}
