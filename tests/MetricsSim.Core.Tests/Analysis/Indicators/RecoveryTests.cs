using MetricsSim.Analysis.Indicators;
using MetricsSim.Analysis.Runs;
using MetricsSim.Core.Scenarios;
using Xunit;

namespace MetricsSim.Core.Tests.Analysis.Indicators;

/// <summary><c>recovery_time</c> of runs in which it is known.</summary>
public sealed class RecoveryTests
{
    private static Measured Recover(RecordedRun run) => IndicatorTable.All["recovery_time"].Measure(run, run.Series.Whole);

    [Fact]
    public void Without_faults_it_is_0() => Assert.Equal(0, Recover(HandMade.Run(600, _ => new Second(0, 9))).Value);

    [Fact]
    public void A_fault_that_nobody_feels_is_over_when_it_ends() =>
        Assert.Equal(0, Recover(HandMade.Run(1200, _ => new Second(), HandMade.Fault(600, 60))).Value);

    [Fact]
    public void Errors_are_back_when_their_share_of_the_last_minute_is_at_most_a_point()
    {
        // Half of the requests fail for 60 s. Of a window with n bad seconds the error rate is n/120, at most 1 % for n = 1.
        var run = HandMade.Run(1200, t => t is >= 600 and < 660 ? new Second(5, 5) : new Second(), HandMade.Fault(600, 60));
        Assert.Equal(59, Recover(run).Value);
    }

    [Fact]
    public void Latency_counts_too()
    {
        // Requests take 4 s until 100 s after the fault; p95 is back once at most 5 % of the last 60 s, 3 s, are slow.
        var run = HandMade.Run(1200, t => t is >= 600 and < 760 ? new Second(10, 0, 4) : new Second(), HandMade.Fault(600, 60));
        Assert.Equal(100 + 57, Recover(run).Value);
    }

    [Fact]
    public void The_largest_counts()
    {
        var run = HandMade.Run(
            2000,
            t => t is >= 600 and < 660 or >= 1200 and < 1300 ? new Second(5, 5) : new Second(),
            HandMade.Fault(600, 60),
            HandMade.Fault(1200, 60));
        Assert.Equal(40 + 59, Recover(run).Value);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Whoever_never_recovers_takes_for_ever(bool silent)
    {
        // No request at all is no recovery either.
        var run = HandMade.Run(1200, t => t < 600 ? new Second() : silent ? new Second(0) : new Second(5, 5), HandMade.Fault(600, 60));
        Assert.Equal(double.PositiveInfinity, Recover(run).Value);
        Assert.Equal("never recovered from total_outage", Recover(run).Note);
    }

    [Fact]
    public void A_recovery_event_ends_a_fault()
    {
        var run = HandMade.Run(
            1200, t => t is >= 600 and < 660 ? new Second(5, 5) : new Second(), HandMade.Fault(600, 500), (660, new RecoveryEvent()));
        Assert.Equal(59, Recover(run).Value);
    }

    [Fact]
    public void Without_a_baseline_there_is_nothing_to_come_back_to()
    {
        var run = HandMade.Run(600, _ => new Second(), HandMade.Fault(0, 60));
        Assert.Equal(double.NaN, Recover(run).Value);
    }

    [Fact]
    public void A_noisy_baseline_widens_the_band()
    {
        // Minutes with 0 and 4 % in turn: mean 2 %, SD about 2.1 %; 7 % afterwards is within 3 SD.
        var run = HandMade.Run(
            1200, t => t < 600 ? new Second(100 - (t / 60 % 2 * 4), t / 60 % 2 * 4) : new Second(93, 7), HandMade.Fault(600, 60));
        Assert.Equal(0, Recover(run).Value);
    }
}
