using MetricsSim.Analysis.Indicators;
using MetricsSim.Analysis.Runs;
using MetricsSim.Analysis.Truth;

namespace MetricsSim.Reports;

/// <summary>A run with its verdicts and its ground truth.</summary>
/// <param name="Run">What happened.</param>
/// <param name="Verdicts">One for each assertion.</param>
/// <param name="Truth">One for each incident.</param>
internal sealed record JudgedRun(RecordedRun Run, IReadOnlyList<Verdict> Verdicts, IReadOnlyList<Incident> Truth)
{
    /// <summary>Whether every assertion was shown to hold.</summary>
    public bool Passed => Verdicts.All(verdict => verdict.Passed);

    /// <summary>Judges a run.</summary>
    /// <param name="run">A recorded run.</param>
    /// <returns>The run with all that is said of it.</returns>
    public static JudgedRun Of(RecordedRun run) => new(run, Judge.All(run), GroundTruth.Of(run));
}
