using MetricsSim.Core.Scenarios;

namespace MetricsSim.Core.Engine;

/// <summary>Something that happened in the world, for whoever follows it.</summary>
/// <param name="Kind">What happened; it decides which of the other members are set.</param>
/// <param name="At">Simulated time of the tick boundary at which it happened.</param>
public sealed record WorldEvent(WorldEventKind Kind, DateTimeOffset At)
{
    /// <summary>The simulation: of starts, ends and timeline events.</summary>
    public SimulationStatus? Simulation { get; init; }

    /// <summary>The entry of a timeline event.</summary>
    public TimelineEntry? Entry { get; init; }

    /// <summary>The fault: of starts and ends of faults.</summary>
    public FaultStatus? Fault { get; init; }

    /// <summary>Factor on arrivals: of changes of the load.</summary>
    public double? Load { get; init; }
}

/// <summary>What can happen in the world. The names on the wire are these in snake_case.</summary>
public enum WorldEventKind
{
    /// <summary>A simulation began.</summary>
    SimulationStarted,

    /// <summary>A simulation was stopped before its end.</summary>
    SimulationStopped,

    /// <summary>A simulation reached its end.</summary>
    SimulationCompleted,

    /// <summary>An entry of a timeline fired.</summary>
    TimelineEvent,

    /// <summary>A fault began.</summary>
    FaultStarted,

    /// <summary>A fault ended.</summary>
    FaultEnded,

    /// <summary>The factor on arrivals changed.</summary>
    LoadChanged,
}
