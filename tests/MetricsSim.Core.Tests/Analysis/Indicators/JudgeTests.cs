using MetricsSim.Analysis.Indicators;
using MetricsSim.Core.Scenarios;
using Xunit;

namespace MetricsSim.Core.Tests.Analysis.Indicators;

public sealed class JudgeTests
{
    [Theory]
    [InlineData(1, Comparison.Less, 2, true)]
    [InlineData(2, Comparison.Less, 2, false)]
    [InlineData(2, Comparison.LessOrEqual, 2, true)]
    [InlineData(3, Comparison.LessOrEqual, 2, false)]
    [InlineData(3, Comparison.Greater, 2, true)]
    [InlineData(2, Comparison.Greater, 2, false)]
    [InlineData(2, Comparison.GreaterOrEqual, 2, true)]
    [InlineData(1, Comparison.GreaterOrEqual, 2, false)]
    [InlineData(2, Comparison.Equal, 2, true)]
    [InlineData(2.1, Comparison.Equal, 2, false)]
    [InlineData(double.PositiveInfinity, Comparison.Less, 300, false)]
    [InlineData(double.PositiveInfinity, Comparison.Greater, 300, true)]
    [InlineData(double.NaN, Comparison.Less, 300, false)]
    [InlineData(double.NaN, Comparison.GreaterOrEqual, 0, false)]
    [InlineData(double.NaN, Comparison.Equal, 0, false)]
    public void Conditions_compare(double value, Comparison comparison, double limit, bool holds) =>
        Assert.Equal(holds, Judge.Holds(value, comparison, limit));

    [Fact]
    public void A_window_is_the_last_part_of_the_run()
    {
        var run = HandMade.Run(300, t => t < 200 ? new Second(5, 5) : new Second());
        var whole = Judge.One(run, new Assertion("error_rate", "< 0.1", Comparison.Less, 0.1, null));
        var last = Judge.One(run, new Assertion("error_rate", "< 0.1", Comparison.Less, 0.1, TimeSpan.FromSeconds(100)));
        var longer = Judge.One(run, new Assertion("error_rate", "< 0.1", Comparison.Less, 0.1, TimeSpan.FromHours(1)));
        Assert.Equal(VerdictOutcome.Failed, whole.Outcome);
        Assert.Equal(1.0 / 3, whole.Value, 12);
        Assert.Equal((VerdictOutcome.Passed, 0.0), (last.Outcome, last.Value));
        Assert.Equal(whole.Value, longer.Value);
    }

    [Fact]
    public void What_is_no_indicator_is_not_passed()
    {
        var verdict = Judge.One(HandMade.Run(10, _ => new Second()), new Assertion("sum(up)", "> 0", Comparison.Greater, 0, null));
        Assert.Equal(VerdictOutcome.NotEvaluated, verdict.Outcome);
        Assert.False(verdict.Passed);
        Assert.Contains("Prometheus", verdict.Reason, StringComparison.Ordinal);
    }
}
