using MetricsSim.Analysis.Indicators;
using MetricsSim.Analysis.Indicators.PromQl;
using MetricsSim.Analysis.Runs;
using MetricsSim.Core.Scenarios;
using MetricsSim.Judging;
using MetricsSim.Reports;
using Xunit;

namespace MetricsSim.Tests.Judging;

/// <summary>
/// Engine and a real Prometheus agree on every indicator within its tolerance, when the Prometheus has the same run as history, a sample
/// every 15 s of simulated time; and they disagree when it has another.
/// </summary>
public sealed class AgreementTests(History history) : IClassFixture<History>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<string, string?> Cases()
    {
        var cases = new TheoryData<string, string?>();
        foreach (var run in History.Runs.Keys)
        {
            cases.Add(run, null);
            cases.Add(run, "10m");
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task They_agree_on_every_indicator(string run, string? window)
    {
        TimeSpan? last = window is null ? null : TimeSpan.FromMinutes(10);
        var judged = await CheckAsync(run, [.. IndicatorTable.All.Keys.Select(metric => new Assertion(metric, "> 0", Comparison.Greater, 0, last))]);
        Assert.All(judged.Verdicts, verdict =>
        {
            TestContext.Current.TestOutputHelper?.WriteLine($"{verdict.Metric}: engine {verdict.Value}, {VerdictText.Check(verdict)} {verdict.Reason}");
            Assert.True(verdict.CrossCheck is { Agrees: true }, $"{verdict.Metric}: engine {verdict.Value}, {VerdictText.Check(verdict)}");
        });
    }

    [Fact]
    public async Task They_disagree_on_another_run()
    {
        var judged = await CheckAsync("outage", [.. IndicatorTable.All.Keys.Select(metric => new Assertion(metric, "> 0", Comparison.Greater, 0, null))], seed: 7);
        Assert.Contains(judged.Verdicts, verdict => verdict.CrossCheck is { Agrees: false });
        Assert.True(judged.Verdicts.Single(verdict => verdict.Metric == "data_loss").CrossCheck!.Agrees);
    }

    [Fact]
    public async Task Each_case_says_something()
    {
        // What is compared is not all zero, nothing or never.
        async Task<Verdict> Of(string run, string metric) =>
            (await CheckAsync(run, [new Assertion(metric, "> 0", Comparison.Greater, 0, null)])).Verdicts[0];
        Assert.InRange((await Of("black_friday", "recovery_time")).Value, 1, 600);
        Assert.True(double.IsPositiveInfinity((await Of("lasting", "recovery_time")).CrossCheck!.Value));
        Assert.InRange((await Of("outage", "error_rate")).CrossCheck!.Value, 0.01, 0.5);
        Assert.Contains("of the peak", (await Of("stress_test", "graceful_degradation")).CrossCheck!.Reason, StringComparison.Ordinal);
        Assert.Contains("not reached", (await Of("outage", "graceful_degradation")).CrossCheck!.Reason, StringComparison.Ordinal);
        Assert.True((await Of("stress_test", "breaking_point")).CrossCheck!.Value > 10);
        Assert.Equal(IndicatorTable.All.Keys.Order(StringComparer.Ordinal), PromQlTable.All.Keys.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("metricssim_load_multiplier", "= 1", VerdictOutcome.Passed, 1.0, null)]
    [InlineData("42", "> 41", VerdictOutcome.Passed, 42.0, null)]
    [InlineData("max_over_time(sum(metricssim_active_faults)[$window:15s])", "= 1", VerdictOutcome.Passed, 1.0, null)]
    [InlineData("sum by (error_type) (increase(metricssim_request_duration_seconds_count[${window}]))", "<= 1e6", VerdictOutcome.Passed, null, "all of 6 elements, the nearest to failing shown")]
    [InlineData("metricssim_active_faults{type=~\"(model|total)_outage\"}", "< 0", VerdictOutcome.Failed, 0.0, "2 of 2 elements don't hold, the worst shown")]
    [InlineData("no_such_metric", "= 0", VerdictOutcome.Failed, double.NaN, "the result is empty")]
    [InlineData("0 / 0", "= 0", VerdictOutcome.Failed, double.NaN, null)]
    [InlineData("up[5m]", "= 0", VerdictOutcome.NotEvaluated, double.NaN, "the expression is a range vector, not a number or a vector")]
    [InlineData("\"a\"", "= 0", VerdictOutcome.NotEvaluated, double.NaN, "the expression is a text, not a number or a vector")]
    [InlineData("sum(", "= 0", VerdictOutcome.NotEvaluated, double.NaN, "bad_data: invalid parameter \"query\": 1:5: parse error: unclosed left parenthesis")]
    public async Task Expressions_are_judged_at_the_end_of_the_run(string promql, string condition, VerdictOutcome outcome, double? value, string? reason)
    {
        Assert.True(MetricsSim.Configuration.Domain.ConditionParser.TryParse(condition, out var comparison, out var limit));
        var verdict = (await CheckAsync("outage", [new(promql, condition, comparison, limit, null)])).Verdicts[0];
        Assert.Equal((outcome, reason), (verdict.Outcome, verdict.Reason));
        if (value is { } expected) Assert.Equal(expected, verdict.Value);
    }

    [Fact]
    public async Task A_history_of_something_else_is_none()
    {
        var (options, start) = History.Runs["outage"];
        var judged = JudgedRun.Of(ScenarioPlayer.Play(options with { Start = options.Start.AddDays(1) }, start));
        Assert.Empty(judged.Verdicts);
        judged = judged with { Verdicts = [Judge.NotEvaluated(new("up", "> 0", Comparison.Greater, 0, null), "?")] };
        var verdict = Assert.Single((await new HistoryCheck(history.Client, "").AddAsync(judged, Stop)).Verdicts);
        Assert.Contains("has no scrapes of this run", verdict.Reason, StringComparison.Ordinal);
        judged = JudgedRun.Of(ScenarioPlayer.Play(options, start with { ScenarioId = "baseline", Duration = TimeSpan.FromMinutes(10) }));
        Assert.All((await new HistoryCheck(history.Client, "").AddAsync(judged, Stop)).Verdicts, checkedVerdict =>
            Assert.Contains("is no run of baseline", checkedVerdict.CrossCheck!.Reason, StringComparison.Ordinal));
    }

    private async Task<JudgedRun> CheckAsync(string run, IReadOnlyList<Assertion> assertions, ulong? seed = null)
    {
        var (options, start) = History.Runs[run];
        var scenario = options.Scenarios[start.ScenarioId] with { Assertions = assertions };
        var scenarios = new Dictionary<string, Scenario>(options.Scenarios, StringComparer.Ordinal) { [scenario.Id] = scenario };
        var judged = JudgedRun.Of(ScenarioPlayer.Play(options with { Scenarios = scenarios, Seed = seed ?? options.Seed }, start));
        return await new HistoryCheck(history.Client, "").AddAsync(judged, Stop);
    }
}
