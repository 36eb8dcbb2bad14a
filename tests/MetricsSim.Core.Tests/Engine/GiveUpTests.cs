using MetricsSim.Core.Engine;
using Xunit;

namespace MetricsSim.Core.Tests.Engine;

public sealed class GiveUpTests
{
    /// <summary>
    /// A session fails after three given-up requests in a row. With N requests, Poisson of mean L/15 s over its life L, each given up with
    /// chance q, the chance of a run of three is 1 − Σ P(N = n)·a(n), where a(n) = (1 − q)(a(n−1) + q·a(n−2) + q²·a(n−3)), a(0…2) = 1
    /// (Feller, An Introduction to Probability Theory I, §XIII.7).
    /// </summary>
    [Theory]
    [InlineData(0.3, 1)]
    [InlineData(0.6, 1)]
    [InlineData(0.3, 60)]
    public void Sessions_fail_after_three_in_a_row(double q, double tickSeconds)
    {
        var options = TestWorlds.Homogeneous(1500);
        var world = new World(options with
        {
            Tick = TimeSpan.FromSeconds(tickSeconds),
            Population = options.Population with { Segments = [TestWorlds.OneSegment(300, 0.0001)] },
            Backend = new() { Retries = 0, BaseFailure = q },
            Workload = options.Workload with { BaseSessionFailure = 0, SessionsPerHour = 6 },
        });
        world.StepSeconds(600);
        var start = SnapshotView.Of(world);
        var end = SnapshotView.Of(world.StepSeconds(900));
        const string Durations = "otel_claude_code_session_duration_seconds";
        var ended = end.Count(Durations) - start.Count(Durations);
        var failed = end.Count(Durations, ("status", "failed")) - start.Count(Durations, ("status", "failed"));
        // A request in flight at the end of the session fails it no more: its life is shorter by an attempt, 0.87 s on average.
        Statistics.AssertShare(RunOfThree(q, (300 - 0.87) / 15), failed, ended, "failed sessions");
    }

    private static double RunOfThree(double q, double mean)
    {
        double[] survival = [1, 1, 1];
        var total = 0.0;
        for (var n = 0; n < 200; n++)
        {
            var none = n < 3 ? 1 : (1 - q) * (survival[0] + (q * survival[1]) + (q * q * survival[2]));
            survival = [none, survival[0], survival[1]];
            total += MathNet.Numerics.Distributions.Poisson.PMF(mean, n) * none;
        }

        return 1 - total;
    }
}
