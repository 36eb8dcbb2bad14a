using MetricsSim.Analysis.Indicators;
using MetricsSim.Analysis.Indicators.PromQl;
using MetricsSim.Analysis.Runs;
using MetricsSim.Core.Engine;
using MetricsSim.Core.Faults;
using MetricsSim.Core.Scenarios;
using Xunit;

namespace MetricsSim.Core.Tests.Analysis.Indicators.PromQl;

/// <summary>The expressions, when they can't be had, and what answers come to. What a Prometheus makes of them is tested with one.</summary>
public sealed class PromQlTableTests
{
    private static readonly (double, ScenarioEvent)[] Outage = [(300, new InjectFailureEvent(new FaultSpec { Type = FaultType.TotalOutage }, TimeSpan.FromSeconds(60)))];

    [Fact]
    public void Expressions_use_the_published_names_and_exact_windows()
    {
        var scope = Scope(speed: 1, interval: 15);
        Assert.Equal(
            "(sum(increase(metricssim_request_duration_seconds_count{error_type!=\"\"}[20m1ms])) or vector(0)) / sum(increase(metricssim_request_duration_seconds_count[20m1ms]))",
            Expression("error_rate", scope));
        Assert.Equal(
            "sum(increase(claude_code_session_duration_sum{job=\"a\"}[20m1ms])) / sum(increase(claude_code_session_duration_count{job=\"a\"}[20m1ms]))",
            Expression("avg_session_duration", Scope(1, 15, new() { Namespace = "", Style = NameStyle.Direct }, "job=\"a\"")));
        Assert.Equal(
            "max_over_time((sum(avg_over_time(otel_claude_code_active_sessions[3s1ms])) and ((sum(increase(metricssim_request_duration_seconds_count{error_type!=\"\"}[3s1ms])) or vector(0)) / sum(increase(metricssim_request_duration_seconds_count[3s1ms])) < 0.05))[1m57s1ms:1s])",
            Expression("breaking_point", Scope(10, 10)));
        Assert.StartsWith("(sum(increase(otel_claude_code_cost_usage_USD_total[5m1ms] @ 1300)) / ", Expression("cost_efficiency", scope), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, 15, null)]
    [InlineData(1, 30, "scrape interval too long: windows of 30 s need two scrapes each, and they are 30 s of simulated time apart")]
    [InlineData(60, 1200, "scrape interval too long: windows of 30 s need two scrapes each, and they are 1200 s of simulated time apart")]
    public void Windows_need_two_scrapes(double speed, double interval, string? obstacle)
    {
        Assert.Equal(obstacle, PromQlTable.All["breaking_point"].Obstacle(Scope(speed, interval)));
        Assert.Null(PromQlTable.All["error_rate"].Obstacle(Scope(speed, interval)));
    }

    [Fact]
    public void A_part_without_scrapes_is_not_told()
    {
        var run = HandMade.Run(1200, _ => new Second(), Outage);
        var clock = ScrapeClock.Of([(0, 0), (15, 15), (900, 900), (1200, 1200)], 0, 1200);
        Assert.Equal("Prometheus has no scrapes of 885 s of the 1200 s", new PromQlScope(run, clock, new(new(), ""), null).Obstacle);
        clock = ScrapeClock.Of([(1000, 1000)], 0, 1200);
        Assert.NotNull(new PromQlScope(run, clock, new(new(), ""), null).Obstacle);
    }

    [Theory]
    [InlineData(0.0, 360, 0, null)]
    [InlineData(1.0, 420, 60, null)]
    [InlineData(1.0, 2000, double.PositiveInfinity, "never recovered from total_outage")]
    public void Recovery_is_the_first_calm_scrape_after_the_fault(double after, double calmFrom, double seconds, string? note)
    {
        var scope = Scope(1, 15);
        var walls = Enumerable.Range(0, 81).Select(i => 1000 + (15.0 * i)).ToList();
        PromQlPoint[] errors = [.. walls.Select(wall => new PromQlPoint(wall, wall - 1000 < calmFrom && wall - 1000 > 300 ? after : 0.001))];
        PromQlPoint[] p95 = [.. walls.Select(wall => new PromQlPoint(wall, 1.5))];
        var measured = PromQlTable.All["recovery_time"].Read(scope, [errors, p95, [], []]);
        Assert.Equal((seconds, note), (measured.Value, measured.Note));
    }

    [Theory]
    [InlineData("error_rate", 0.1, 0.1019, true)]
    [InlineData("error_rate", 0.1, 0.1021, false)]
    [InlineData("error_rate", 0, 0.003, false)]
    [InlineData("p99_latency", 1000, 1199, true)]
    [InlineData("p99_latency", 1000, 1201, false)]
    [InlineData("recovery_time", 60, 90, true)]
    [InlineData("recovery_time", 60, 91, false)]
    [InlineData("recovery_time", double.PositiveInfinity, double.PositiveInfinity, true)]
    [InlineData("recovery_time", double.PositiveInfinity, 60, false)]
    [InlineData("error_rate", double.NaN, double.NaN, true)]
    [InlineData("error_rate", double.NaN, 0, false)]
    [InlineData("data_loss", 7, 3, true)]
    [InlineData("data_loss", 7, 0, false)]
    [InlineData("graceful_degradation", 1, 0, false)]
    public void Tolerances_hold(string metric, double engine, double promql, bool agree) =>
        Assert.Equal(agree, PromQlTable.All[metric].Agree(engine, promql, 15));

    [Theory]
    [InlineData("< 3", "1 2", VerdictOutcome.Passed, 2)]
    [InlineData("> 1.5", "1 2", VerdictOutcome.Failed, 1)]
    [InlineData("= 2", "2 2", VerdictOutcome.Passed, 2)]
    [InlineData("= 2", "2 2.5 1", VerdictOutcome.Failed, 1)]
    [InlineData("< 3", "1 NaN", VerdictOutcome.Failed, double.NaN)]
    [InlineData("> 3", "", VerdictOutcome.Failed, double.NaN)]
    public void Every_element_must_hold_and_there_must_be_one(string condition, string values, VerdictOutcome outcome, double shown)
    {
        var comparison = condition[0] switch { '<' => Comparison.Less, '>' => Comparison.Greater, _ => Comparison.Equal };
        var assertion = new Assertion("x", condition, comparison, double.Parse(condition[2..]), null);
        var verdict = PromQlAssertion.Judge(assertion, [.. values.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(double.Parse)]);
        Assert.Equal((outcome, shown), (verdict.Outcome, verdict.Value));
    }

    private static string Expression(string metric, PromQlScope scope) => Assert.Single(PromQlTable.All[metric].Queries(scope)).Expression;

    /// <summary>Twenty minutes of simulated time from wall time 1000 on.</summary>
    private static PromQlScope Scope(double speed, double interval, TelemetryOptions? telemetry = null, string match = "")
    {
        var run = HandMade.Run(1200, _ => new Second(), Outage);
        var samples = Enumerable.Range(0, 1 + (int)(1200 / interval)).Select(i => (1000 + (i * interval / speed), i * interval));
        return new(run, ScrapeClock.Of(samples, 0, 1200), new(telemetry ?? new(), match), null);
    }
}
