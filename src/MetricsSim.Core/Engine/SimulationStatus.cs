namespace MetricsSim.Core.Engine;

/// <summary>A simulation as seen at a tick boundary.</summary>
/// <param name="SimulationId"><c>sim_</c> and 8 hex digits.</param>
/// <param name="ScenarioId">What it plays.</param>
/// <param name="State">Whether it runs.</param>
/// <param name="StartedAt">Simulated time of its start.</param>
/// <param name="EndsAt">Simulated time of its end: planned while it runs, then the real one.</param>
/// <param name="Progress">Share of its duration that has passed, 0–1.</param>
/// <param name="Compress">How many times faster than written its timeline plays.</param>
/// <param name="EventsFired">Timeline entries that have happened.</param>
/// <param name="NextEvent">The next entry, or null.</param>
/// <param name="ActiveFaults">Its faults in force.</param>
public sealed record SimulationStatus(
    string SimulationId,
    string ScenarioId,
    SimulationState State,
    DateTimeOffset StartedAt,
    DateTimeOffset EndsAt,
    double Progress,
    double Compress,
    int EventsFired,
    NextEvent? NextEvent,
    int ActiveFaults);

/// <summary>The next entry of a running timeline.</summary>
/// <param name="Event">The event's name.</param>
/// <param name="Description">The entry's description.</param>
/// <param name="At">Simulated time.</param>
public sealed record NextEvent(string Event, string Description, DateTimeOffset At);

/// <summary>Life of a simulation.</summary>
public enum SimulationState
{
    /// <summary>Its timeline plays.</summary>
    Running,

    /// <summary>It reached its end.</summary>
    Completed,

    /// <summary>It was stopped before its end.</summary>
    Stopped,
}
