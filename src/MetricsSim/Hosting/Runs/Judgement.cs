using MetricsSim.Analysis.Indicators;
using MetricsSim.Analysis.Truth;

namespace MetricsSim.Hosting.Runs;

/// <summary>What a simulation of a daemon comes to.</summary>
/// <param name="Over">How much of it was judged.</param>
/// <param name="Verdicts">One for each assertion, in their order.</param>
/// <param name="Truth">Its incidents, in order of start.</param>
internal sealed record Judgement(JudgedOver Over, IReadOnlyList<Verdict> Verdicts, IReadOnlyList<Incident> Truth)
{
    /// <summary>Whether every assertion was shown to hold.</summary>
    public bool Passed => Verdicts.All(verdict => verdict.Passed);
}

/// <summary>How much of a simulation was judged.</summary>
internal enum JudgedOver
{
    /// <summary>All of it.</summary>
    Whole,

    /// <summary>What there was when it was stopped.</summary>
    Part,

    /// <summary>What there is so far: it still runs.</summary>
    SoFar,
}
