using MetricsSim.Analysis.Indicators;
using MetricsSim.Analysis.Runs;
using MetricsSim.Core.Engine;
using MetricsSim.Core.Faults;
using MetricsSim.Core.Scenarios;
using MetricsSim.Tests.Configuration;
using Xunit;

namespace MetricsSim.Tests.Scenarios;

/// <summary>The shipped scenarios pass their own assertions, and don't when what is done to them is bad enough.</summary>
public sealed class ShippedVerdictTests
{
    private const int Seeds = 20;
    private static readonly WorldOptions Default = ConfigTestData.Good("").World;

    public static TheoryData<string> Ids => [.. Default.Scenarios.Keys];

    /// <summary>A shipped scenario, what is done to it, and the indicators of which an assertion fails then.</summary>
    public static TheoryData<string, string, string[]> Worse => new()
    {
        { "baseline", "load 100", ["error_rate", "p99_latency", "response_time", "resource_utilization"] },
        { "baseline", "outage", ["error_rate", "avg_session_duration"] },
        { "baseline", "delay", ["p99_latency", "response_time"] },
        { "baseline", "reset", ["data_loss"] },
        { "black_friday", "reset", ["data_loss"] },
        { "gradual_rollout", "reset", ["data_loss"] },
        { "disaster_recovery", "reset", ["data_loss"] },
        { "stress_test", "reset", ["data_loss"] },
        { "black_friday", "load 6", ["error_rate", "p99_latency", "response_time"] },
        { "black_friday", "load 40", ["error_rate", "p99_latency", "response_time", "resource_utilization"] },
        { "black_friday", "no recovery", ["recovery_time"] },
        { "gradual_rollout", "load 100", ["error_rate", "p99_latency", "resource_utilization"] },
        { "disaster_recovery", "no recovery", ["recovery_time", "error_rate"] },
        { "capacity_planning", "load 20", ["resource_utilization", "p99_latency", "error_rate"] },
        { "stress_test", "load 20", ["graceful_degradation"] },
        { "stress_test", "exhaustion", ["breaking_point"] },
        { "stress_test", "load 0.5", ["graceful_degradation"] },
    };

    [Theory]
    [MemberData(nameof(Ids))]
    public void Each_passes_its_own_assertions(string id)
    {
        for (var seed = 1UL; seed <= Seeds; seed++)
        {
            var failed = Judge.All(ScenarioPlayer.Play(Default with { Seed = seed }, new StartSimulation(id))).Where(verdict => !verdict.Passed);
            Assert.Empty(failed.Select(verdict => $"seed {seed}: {verdict}"));
        }
    }

    [Theory]
    [MemberData(nameof(Worse))]
    public void Each_fails_when_it_is_made_bad_enough(string id, string what, string[] metrics)
    {
        var worse = Change(Default.Scenarios[id], what);
        var scenarios = new Dictionary<string, Scenario>(StringComparer.Ordinal) { [id] = worse };
        var verdicts = Judge.All(ScenarioPlayer.Play(Default with { Scenarios = scenarios }, new StartSimulation(id)));
        var failed = verdicts.Where(verdict => verdict.Outcome == VerdictOutcome.Failed).Select(verdict => verdict.Metric).ToHashSet(StringComparer.Ordinal);
        Assert.True(failed.IsSupersetOf(metrics), $"failed: {string.Join(", ", failed)}; verdicts: {string.Join("; ", verdicts)}");
    }

    /// <summary>What was not scraped, or not all of it, is not lost: the counters go on.</summary>
    [Theory]
    [InlineData(FaultType.ExporterDown)]
    [InlineData(FaultType.SeriesGap)]
    public void Missing_pages_are_no_loss(FaultType type)
    {
        var scenarios = new Dictionary<string, Scenario>(StringComparer.Ordinal)
        {
            ["baseline"] = With(Default.Scenarios["baseline"], new FaultSpec { Type = type, AffectedPercentage = 50 }),
        };
        var verdicts = Judge.All(ScenarioPlayer.Play(Default with { Scenarios = scenarios }, new StartSimulation("baseline")));
        Assert.Equal(0, Assert.Single(verdicts, verdict => verdict.Metric == "data_loss").Value);
        Assert.All(verdicts, verdict => Assert.True(verdict.Passed, $"{verdict}"));
    }

    private static Scenario Change(Scenario scenario, string what) => what.Split(' ') switch
    {
        ["load", var factor] => scenario with { Timeline = [.. scenario.Timeline.Select(entry => entry with { Event = Times(entry.Event, double.Parse(factor)) })] },
        ["no", "recovery"] => scenario with
        {
            Timeline =
            [
                .. scenario.Timeline.Where(entry => entry.Event is not RecoveryEvent)
                    .Select(entry => entry.Event is InjectFailureEvent failure ? entry with { Event = failure with { Duration = null } } : entry),
            ],
        },
        ["reset"] => With(scenario, new FaultSpec { Type = FaultType.CounterReset }),
        ["outage"] => With(scenario, new FaultSpec { Type = FaultType.TotalOutage }),
        ["delay"] => With(scenario, new FaultSpec { Type = FaultType.NetworkLatency, MinDelayMilliseconds = 5000, MaxDelayMilliseconds = 6000 }),
        ["exhaustion"] => With(scenario, new FaultSpec { Type = FaultType.ResourceExhaustion, AffectedPercentage = 90 }),
        _ => throw new ArgumentOutOfRangeException(nameof(what), what, "Not a change."),
    };

    private static Scenario With(Scenario scenario, FaultSpec fault) => scenario with
    {
        Timeline = [scenario.Timeline[0], new TimelineEntry(TimeSpan.FromSeconds(60), new InjectFailureEvent(fault, null), "Worse."), .. scenario.Timeline.Skip(1)],
    };

    private static ScenarioEvent Times(ScenarioEvent of, double factor) => of switch
    {
        StartEvent start => start with { Baseline = (start.Baseline ?? 1) * factor },
        IncreaseLoadEvent load => load with { Multiplier = load.Multiplier * factor },
        GrowthSimulationEvent growth => growth with { GrowthRate = growth.GrowthRate * factor },
        var other => other,
    };
}
