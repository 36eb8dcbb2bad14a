using MetricsSim.Core.Faults;

namespace MetricsSim.Core.Engine;

/// <summary>A fault in force as seen at a tick boundary.</summary>
/// <param name="FaultId"><c>fault_</c> and 8 hex digits.</param>
/// <param name="Fault">What it does.</param>
/// <param name="SimulationId">The simulation it belongs to; null for one that was added by hand or is of the background.</param>
/// <param name="StartedAt">Simulated time of its start.</param>
/// <param name="EndsAt">Simulated time at which it ends by itself, or null if it doesn't.</param>
public sealed record FaultStatus(string FaultId, FaultSpec Fault, string? SimulationId, DateTimeOffset StartedAt, DateTimeOffset? EndsAt)
{
    /// <summary>Whether it is one of the background, which begin by chance and end by themselves.</summary>
    public bool Ambient { get; init; }
}
