using MetricsSim.Analysis.Indicators;
using MetricsSim.Analysis.Runs;

namespace MetricsSim.Reports;

/// <summary>A run with its verdicts.</summary>
/// <param name="Run">What happened.</param>
/// <param name="Verdicts">One for each assertion.</param>
internal sealed record JudgedRun(RecordedRun Run, IReadOnlyList<Verdict> Verdicts)
{
    /// <summary>Whether every assertion was shown to hold.</summary>
    public bool Passed => Verdicts.All(verdict => verdict.Passed);
}
