using MetricsSim.Analysis.Truth;
using MetricsSim.Core.Engine;
using MetricsSim.Core.Faults;

namespace MetricsSim.Hosting.Runs;

/// <summary>What <see cref="LiveRuns"/> saves beside the columns of its tapes; tapes are told by their place in <see cref="Tapes"/>.</summary>
/// <param name="Tapes">All tapes, the ones of the history last.</param>
/// <param name="Histories">How many of them are of the history.</param>
/// <param name="Losses">Losses of the published counters so far.</param>
/// <param name="Dropped">How many incidents and verdicts have been dropped.</param>
/// <param name="Runs">The simulations.</param>
/// <param name="Loose">The faults outside of them.</param>
internal sealed record RunsState(
    IReadOnlyList<TapeState> Tapes, int Histories, long Losses, long Dropped, IReadOnlyList<RunState> Runs, IReadOnlyList<SpanState> Loose);

/// <summary>A tape without its columns.</summary>
/// <param name="StartTick">The world's tick of its first boundary.</param>
/// <param name="Ticks">Its length.</param>
/// <param name="Sample">Ticks of a sample.</param>
/// <param name="SeenAt">When its boundaries were taken down.</param>
internal sealed record TapeState(long StartTick, long Ticks, long Sample, IReadOnlyList<long> SeenAt);

/// <summary>A simulation.</summary>
internal sealed record RunState
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>What it plays.</summary>
    public required string ScenarioId { get; init; }

    /// <summary>See <see cref="StartSimulation.Duration"/>.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>See <see cref="StartSimulation.Compress"/>.</summary>
    public double Compress { get; init; }

    /// <summary>See <see cref="StartSimulation.Seed"/>.</summary>
    public ulong? Seed { get; init; }

    /// <summary>The world's tick at which it began.</summary>
    public long StartTick { get; init; }

    /// <summary>Whether it runs.</summary>
    public SimulationState State { get; init; }

    /// <summary>Simulated time of its end.</summary>
    public DateTimeOffset EndedAt { get; init; }

    /// <summary>Why it is not recorded.</summary>
    public string? NotRecorded { get; init; }

    /// <summary>Its tape, or −1.</summary>
    public int Tape { get; init; }

    /// <summary>Boundaries between two looks at the counters.</summary>
    public int AuditEvery { get; init; }

    /// <summary>Its faults.</summary>
    public required IReadOnlyList<SpanState> Faults { get; init; }

    /// <summary>What it came to.</summary>
    public Judgement? Judgement { get; init; }
}

/// <summary>A fault.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Fault">What breaks.</param>
/// <param name="StartTick">The world's first tick with it.</param>
/// <param name="EndTick">The world's first tick after it.</param>
/// <param name="WallStart">When a scraper could see it.</param>
/// <param name="WallEnd">When a scraper could no longer see it.</param>
/// <param name="Tape">Its tape, or −1.</param>
/// <param name="Symptoms">What it did, if that is settled.</param>
internal sealed record SpanState(
    string Id, FaultSpec Fault, long StartTick, long? EndTick, DateTimeOffset? WallStart, DateTimeOffset? WallEnd, int Tape, IReadOnlyList<Symptom>? Symptoms);
