using MetricsSim.Core.Faults;

namespace MetricsSim.Core.Engine;

/// <summary>A change asked of the world from outside, applied at a tick boundary. What can't be applied changes nothing.</summary>
public abstract record WorldCommand;

/// <summary>Starts a scenario beside whatever runs.</summary>
/// <param name="ScenarioId">A key of <see cref="WorldOptions.Scenarios"/>.</param>
public record StartSimulation(string ScenarioId) : WorldCommand
{
    /// <summary>Least <see cref="Compress"/>: the longest scenario, ten years, still ends in a year that the calendar has.</summary>
    public const double LeastCompress = 0.01;

    /// <summary>Largest <see cref="Compress"/>.</summary>
    public const double MostCompress = 10_000;

    /// <summary>End after this much of the timeline; null or longer than the scenario is the scenario's own duration.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>How many times faster than written the timeline plays, <see cref="LeastCompress"/> to <see cref="MostCompress"/>; rates stay as they are.</summary>
    public double Compress { get; init; } = 1;

    /// <summary>Keys this simulation's own draws; null takes the world's seed.</summary>
    public ulong? Seed { get; init; }
}

/// <summary>Stops every running simulation, then starts one.</summary>
/// <param name="ScenarioId">A key of <see cref="WorldOptions.Scenarios"/>.</param>
public sealed record SwitchScenario(string ScenarioId) : StartSimulation(ScenarioId);

/// <summary>Stops one simulation: its load, enablement and faults end.</summary>
/// <param name="SimulationId">Its id.</param>
public sealed record StopSimulation(string SimulationId) : WorldCommand;

/// <summary>Sets the operator's factor on arrivals, which multiplies with the simulations' loads and outlives them.</summary>
/// <param name="Multiplier">0 to <see cref="Most"/>; 1 takes it back.</param>
public sealed record SetLoad(double Multiplier) : WorldCommand
{
    /// <summary>Largest <see cref="Multiplier"/>.</summary>
    public const double Most = 10_000;
}

/// <summary>Begins a fault beside those of the simulations.</summary>
/// <param name="Fault">What it does.</param>
/// <param name="Duration">How long, more than zero; null until it is removed.</param>
public sealed record AddFault(FaultSpec Fault, TimeSpan? Duration) : WorldCommand;

/// <summary>Ends a fault that <see cref="AddFault"/> began.</summary>
/// <param name="FaultId">Its id.</param>
public sealed record RemoveFault(string FaultId) : WorldCommand;

/// <summary>What became of a command.</summary>
/// <param name="Problem">Null if it was applied, else what stood against it.</param>
/// <param name="Simulation">The simulation it started or stopped.</param>
/// <param name="Detail">The reason in a sentence, when there is a problem.</param>
public sealed record CommandOutcome(CommandProblem? Problem, SimulationStatus? Simulation, string? Detail)
{
    /// <summary>Whether the command was applied.</summary>
    public bool Applied => Problem is null;

    /// <summary>The fault it began or ended.</summary>
    public FaultStatus? Fault { get; init; }
}

/// <summary>Why a command was not applied.</summary>
public enum CommandProblem
{
    /// <summary>No such scenario or simulation.</summary>
    NotFound,

    /// <summary>It has already ended.</summary>
    AlreadyEnded,

    /// <summary>The fault belongs to a simulation and ends with it, or is one of the background.</summary>
    NotYours,

    /// <summary>A value is out of its range.</summary>
    OutOfRange,
}
