using MetricsSim.Core.Engine;
using MetricsSim.Core.Scenarios;
using MetricsSim.Core.Series;

namespace MetricsSim.Analysis.Runs;

/// <summary>A scenario that was played, with everything that judging it needs.</summary>
public sealed record RecordedRun
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

    /// <summary>What was published.</summary>
    public required SeriesLayout Layout { get; init; }

    /// <summary>What was recorded.</summary>
    public required RunSeries Series { get; init; }

    /// <summary>The world's tick at which it began; 0 in a world of its own.</summary>
    public long StartTick { get; init; }

    /// <summary>Whether it is over; if not, it was recorded up to now.</summary>
    public bool Ended { get; init; } = true;

    /// <summary>The faults that were in force, in order of start; those of the plan unless said.</summary>
    public IReadOnlyList<RecordedFault> Faults
    {
        get => field ?? [.. Plan.Faults.Select(planned => new RecordedFault(planned.Fault, planned.Start, planned.End))];
        init;
    }

    /// <summary>When each boundary could first be scraped, UTC ticks of the wall clock; null in virtual time.</summary>
    public IReadOnlyList<long>? SeenAt { get; init; }

    /// <summary>Simulated time of its start.</summary>
    public DateTimeOffset StartedAt => Options.Start + (Options.Tick * StartTick);

    /// <summary>From the start to the first event; empty when a fault was there from the beginning.</summary>
    public RunWindow Baseline => new(Series, 0, Series.BoundaryAt(Seconds(Plan.BaselineTicks)));

    /// <summary>A tick of the plan in seconds since the start.</summary>
    /// <param name="tick">Ticks since the start.</param>
    /// <returns>Seconds.</returns>
    public double Seconds(long tick) => tick * Options.Tick.TotalSeconds;
}
