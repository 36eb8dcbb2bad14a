using MetricsSim.Core.Faults;

namespace MetricsSim.Core.Scenarios;

/// <summary>What happens at one time of a timeline.</summary>
public abstract record ScenarioEvent
{
    /// <summary>The event's name in files and on the wire.</summary>
    public abstract string Name { get; }
}

/// <summary><c>start</c>: enables a share of the users and sets a baseline load.</summary>
/// <param name="UserPercentage">Share of users enabled, 0–100; null leaves all enabled.</param>
/// <param name="Baseline">Load to begin with, against 1; null is 1.</param>
public sealed record StartEvent(double? UserPercentage, double? Baseline) : ScenarioEvent
{
    /// <inheritdoc />
    public override string Name => "start";
}

/// <summary><c>increase_load</c>: sets the load, absolute against baseline 1, or the enabled share of users, or both.</summary>
/// <param name="Multiplier">New load, ≥ 0; null keeps the present one.</param>
/// <param name="UserPercentage">New enabled share, 0–100; a larger share contains the smaller; null keeps the present one.</param>
public sealed record IncreaseLoadEvent(double? Multiplier, double? UserPercentage) : ScenarioEvent
{
    /// <inheritdoc />
    public override string Name => "increase_load";
}

/// <summary><c>burst_load</c>: multiplies the present load for a while.</summary>
/// <param name="Multiplier">Factor on the present load, ≥ 0.</param>
/// <param name="Duration">How long, on the timeline's clock.</param>
public sealed record BurstLoadEvent(double Multiplier, TimeSpan Duration) : ScenarioEvent
{
    /// <inheritdoc />
    public override string Name => "burst_load";
}

/// <summary><c>growth_simulation</c>: scales the population's activity, absolute against 1.</summary>
/// <param name="GrowthRate">Factor on everybody's activity, ≥ 0.</param>
public sealed record GrowthSimulationEvent(double GrowthRate) : ScenarioEvent
{
    /// <inheritdoc />
    public override string Name => "growth_simulation";
}

/// <summary><c>inject_failure</c>: a fault begins.</summary>
/// <param name="Fault">What breaks.</param>
/// <param name="Duration">How long, on the timeline's clock; null lasts until a recovery or the scenario's end.</param>
public sealed record InjectFailureEvent(FaultSpec Fault, TimeSpan? Duration) : ScenarioEvent
{
    /// <inheritdoc />
    public override string Name => "inject_failure";
}

/// <summary><c>recovery</c>: ends this simulation's faults and bursts and sets its load to 1.</summary>
public sealed record RecoveryEvent : ScenarioEvent
{
    /// <inheritdoc />
    public override string Name => "recovery";
}

/// <summary><c>deploy</c>: marks a deployment; changes nothing by itself.</summary>
/// <param name="Version">Version that is deployed.</param>
/// <param name="Service">Service that is deployed, or null for the backend.</param>
public sealed record DeployEvent(string? Version, string? Service) : ScenarioEvent
{
    /// <inheritdoc />
    public override string Name => "deploy";
}
