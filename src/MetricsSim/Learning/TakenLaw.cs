using MetricsSim.Analysis.Learning;
using MetricsSim.Core.Groups;

namespace MetricsSim.Learning;

/// <summary>Keeps laws within what a configuration takes.</summary>
internal static class TakenLaw
{
    private const double MostRate = 1e9, MostSigma = 5;

    /// <summary>The law, or the nearest one that a configuration takes.</summary>
    /// <param name="law">The law.</param>
    public static LearnedLaw Of(LearnedLaw law) => law.Process switch
    {
        // So many events don't vary by chance.
        PoissonProcess { Rate: > MostRate and < double.PositiveInfinity } fast => law with { Process = new ConstantProcess(fast.Rate) },
        LogNormalProcess { Median: > 0 and < double.PositiveInfinity, Sigma: > MostSigma } wide => law with { Process = wide with { Sigma = MostSigma } },
        var process when !IsFinite(process) => law with { Process = new ConstantProcess(0), Basis = "values are too large to tell a law: 0 is assumed" },
        _ => law,
    };

    private static bool IsFinite(ValueProcess process) => process switch
    {
        ConstantProcess constant => double.IsFinite(constant.Value),
        UniformProcess uniform => double.IsFinite(uniform.Min) && double.IsFinite(uniform.Max),
        WalkProcess walk => double.IsFinite(walk.Start) && double.IsFinite(walk.Step) && double.IsFinite(walk.Min) && double.IsFinite(walk.Max),
        OuProcess ou => double.IsFinite(ou.Mean) && double.IsFinite(ou.Deviation) && double.IsFinite(ou.Theta),
        PoissonProcess poisson => double.IsFinite(poisson.Rate),
        LogNormalProcess logNormal => logNormal.Median > 0 && double.IsFinite(logNormal.Median) && double.IsFinite(logNormal.Sigma),
        _ => true,
    };
}
