using MetricsSim.Analysis.Indicators;
using MetricsSim.Analysis.Runs;
using MetricsSim.Core.Scenarios;
using Xunit;

namespace MetricsSim.Core.Tests.Analysis.Indicators;

/// <summary>Indicators of runs whose every second is known.</summary>
public sealed class IndicatorTests
{
    private static Measured Measure(string name, RecordedRun run, RunWindow? window = null) =>
        IndicatorTable.All[name].Measure(run, window ?? run.Series.Whole);

    [Fact]
    public void There_are_those_of_the_design() => Assert.Equal(
        [
            "avg_session_duration", "breaking_point", "cost_efficiency", "data_loss", "error_rate", "graceful_degradation", "p99_latency",
            "recovery_time", "resource_utilization", "response_time",
        ],
        IndicatorTable.All.Keys.Order(StringComparer.Ordinal));

    [Fact]
    public void Error_rate_weighs_requests_and_not_seconds()
    {
        var run = HandMade.Run(10, t => t < 5 ? new Second(90, 10) : new Second(0, 0));
        Assert.Equal(0.1, Measure("error_rate", run).Value, 12);
        Assert.Equal(double.NaN, Measure("error_rate", run, new RunWindow(run.Series, 5, 10)).Value);
    }

    [Fact]
    public void Session_length_is_that_of_ended_sessions()
    {
        var run = HandMade.Run(4, t => new Second { Ended = t == 1 ? 3 : t == 3 ? 1 : 0, Length = t == 1 ? 100 : 500 });
        Assert.Equal(200, Measure("avg_session_duration", run).Value, 9);
        Assert.Equal(double.NaN, Measure("avg_session_duration", run, new RunWindow(run.Series, 2, 3)).Value);
    }

    [Fact]
    public void Percentiles_are_linear_within_their_bucket()
    {
        // 94 % lie at most at 1.0699321 (the bucket from 0.8916101), the rest in the bucket from 3.8337600 to 4.6005120.
        var run = HandMade.Run(100, t => new Second(1, 0, t < 94 ? 1 : 4));
        Assert.Equal(3833.760 + (766.752 / 6), Measure("response_time", run).Value, 2);
        Assert.Equal(3833.760 + (766.752 * 5 / 6), Measure("p99_latency", run).Value, 2);
        Assert.Equal(0.891610 + (0.178322 * 50 / 94), run.Series.Whole.Duration(0.5), 5);
    }

    [Fact]
    public void What_lies_above_all_bounds_is_the_highest_bound()
    {
        var run = HandMade.Run(10, _ => new Second(1, 0, 1000));
        Assert.InRange(Measure("p99_latency", run).Value, 80_000, 100_000);
        Assert.Equal(double.NaN, Measure("p99_latency", HandMade.Run(10, _ => new Second(0, 5))).Value);
    }

    [Fact]
    public void Utilization_and_losses_are_those_of_the_window()
    {
        var run = HandMade.Run(100, t => new Second { Utilization = t < 50 ? 0.2 : 0.6, Lost = t == 10 ? 3 : 0 });
        Assert.Equal(0.4, Measure("resource_utilization", run).Value, 12);
        Assert.Equal(0.6, Measure("resource_utilization", run, new RunWindow(run.Series, 50, 100)).Value, 12);
        Assert.Equal(3, Measure("data_loss", run).Value);
        Assert.Equal(0, Measure("data_loss", run, new RunWindow(run.Series, 50, 100)).Value);
    }

    [Fact]
    public void Cost_efficiency_compares_with_the_baseline()
    {
        var run = HandMade.Run(200, t => new Second { NanoUsd = t < 100 ? 1_000_000 : 3_000_000 }, (0, new StartEvent(null, null)), (100, new IncreaseLoadEvent(2, null)));
        Assert.Equal(0.5, Measure("cost_efficiency", run).Value, 12);
        Assert.Equal(1, Measure("cost_efficiency", HandMade.Run(200, _ => new Second())).Value, 12);
    }

    [Fact]
    public void Breaking_point_is_the_highest_mean_before_errors()
    {
        // Sessions rise by one a second; from 100 s on a tenth fails, so the last window with under 5 % has 14 bad seconds of 30.
        var run = HandMade.Run(200, t => t < 100 ? new Second(10, 0) { Active = t } : new Second(9, 1) { Active = t });
        Assert.Equal((84 + 113) / 2.0, Measure("breaking_point", run).Value, 9);
        Assert.Equal(double.NaN, Measure("breaking_point", HandMade.Run(100, _ => new Second(1, 1))).Value);
        Assert.Equal(double.NaN, Measure("breaking_point", HandMade.Run(20, _ => new Second())).Value);
    }

    [Theory]
    [InlineData(90, 1)]
    [InlineData(70, 0)]
    public void Degradation_is_graceful_when_goodput_stays(int goodput, double graceful)
    {
        var run = HandMade.Run(600, t => t < 300 ? new Second(100) { Attempts = 100 } : new Second(goodput, 50) { Attempts = 200 });
        Assert.Equal(graceful, Measure("graceful_degradation", run).Value);
    }

    [Fact]
    public void Degradation_that_was_not_reached_says_so_and_satisfies_nothing()
    {
        var run = HandMade.Run(600, _ => new Second(100) { Attempts = 100 });
        foreach (var value in new[] { 0.0, 1.0 })
        {
            var verdict = Judge.One(run, new Assertion("graceful_degradation", "= x", Comparison.Equal, value, null));
            Assert.Equal(VerdictOutcome.Failed, verdict.Outcome);
            Assert.StartsWith("not reached", verdict.Reason, StringComparison.Ordinal);
        }
    }
}
