using MetricsSim.Core.Engine;
using MetricsSim.Core.Scenarios;

namespace MetricsSim.Analysis.Runs;

/// <summary>A scenario that was played: in virtual time, or by a daemon.</summary>
public record PlayedRun
{
    /// <summary>What was played.</summary>
    public required Scenario Scenario { get; init; }

    /// <summary>The world it was played in.</summary>
    public required WorldOptions Options { get; init; }

    /// <summary>How it was started.</summary>
    public required StartSimulation Start { get; init; }

    /// <summary>Id of the simulation in its world: <c>sim_</c> and 8 hex digits.</summary>
    public required string SimulationId { get; init; }

    /// <summary>When what happened.</summary>
    public required TimelinePlan Plan { get; init; }

    /// <summary>The world's tick at which it began; 0 in a world of its own.</summary>
    public long StartTick { get; init; }

    /// <summary>Simulated time of its start.</summary>
    public DateTimeOffset StartedAt => Options.Start + (Options.Tick * StartTick);

    /// <summary>Length of the run.</summary>
    public TimeSpan Duration => Plan.Ticks * Options.Tick;

    /// <summary>A tick of the plan in seconds since the start.</summary>
    /// <param name="tick">Ticks since the start.</param>
    /// <returns>Seconds.</returns>
    public double Seconds(long tick) => tick * Options.Tick.TotalSeconds;
}
