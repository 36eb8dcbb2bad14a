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

/// <summary>What became of a command.</summary>
/// <param name="Problem">Null if it was applied, else what stood against it.</param>
/// <param name="Simulation">The simulation it started or stopped.</param>
/// <param name="Detail">The reason in a sentence, when there is a problem.</param>
public sealed record CommandOutcome(CommandProblem? Problem, SimulationStatus? Simulation, string? Detail)
{
    /// <summary>Whether the command was applied.</summary>
    public bool Applied => Problem is null;
}

/// <summary>Why a command was not applied.</summary>
public enum CommandProblem
{
    /// <summary>No such scenario or simulation.</summary>
    NotFound,

    /// <summary>It has already ended.</summary>
    AlreadyEnded,

    /// <summary>The scenario uses a fault that does not act on the world.</summary>
    NotSupported,
}
