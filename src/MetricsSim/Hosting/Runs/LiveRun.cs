using MetricsSim.Analysis.Indicators;
using MetricsSim.Analysis.Runs;
using MetricsSim.Analysis.Truth;
using MetricsSim.Core.Engine;
using MetricsSim.Core.Scenarios;

namespace MetricsSim.Hosting.Runs;

/// <summary>A simulation of the daemon's world, with what is recorded of it. Guarded by the lock of <see cref="LiveRuns"/>.</summary>
/// <param name="id">Its id.</param>
/// <param name="scenario">What it plays.</param>
/// <param name="startTick">The world's tick at which it began.</param>
internal sealed class LiveRun(string id, Scenario scenario, long startTick)
{
    /// <summary>Its id.</summary>
    public string Id => id;

    /// <summary>What it plays.</summary>
    public Scenario Scenario => scenario;

    /// <summary>The world's tick at which it began.</summary>
    public long StartTick => startTick;

    /// <summary>How it was started.</summary>
    public required StartSimulation Start { get; init; }

    /// <summary>When what happens.</summary>
    public required TimelinePlan Plan { get; init; }

    /// <summary>What is recorded; null when it is not, or when it has been judged.</summary>
    public RunTape? Tape { get; set; }

    /// <summary>Why it is not recorded, or null.</summary>
    public string? NotRecorded { get; init; }

    /// <summary>Looks for overloads in what is recorded.</summary>
    public OverloadWatch? Overloads { get; init; }

    /// <summary>Boundaries between two looks at the published counters; 0 if no assertion asks for them.</summary>
    public int AuditEvery { get; init; }

    /// <summary>Its faults, in order of start.</summary>
    public List<FaultSpan> Faults { get; } = [];

    /// <summary>Whether it runs.</summary>
    public SimulationState State { get; set; }

    /// <summary>Simulated time of its end, once it has ended.</summary>
    public DateTimeOffset EndedAt { get; set; }

    /// <summary>What it came to, once it has been judged.</summary>
    public Judgement? Judgement { get; set; }

    /// <summary>Whether the next boundary is one at which the published counters are looked at.</summary>
    public bool AuditIsDue => AuditEvery > 0 && (Tape!.Boundary + 1 is var next && (next % AuditEvery == 0 || next == Tape.Series.Count));

    /// <summary>The verdicts of a simulation that isn't recorded.</summary>
    /// <returns>One for each assertion.</returns>
    public IReadOnlyList<Verdict> Unjudged() =>
        [.. scenario.Assertions.Select(assertion => new Verdict(
            assertion.Metric, assertion.Condition, assertion.Window, double.NaN, VerdictOutcome.NotEvaluated, NotRecorded))];
}
