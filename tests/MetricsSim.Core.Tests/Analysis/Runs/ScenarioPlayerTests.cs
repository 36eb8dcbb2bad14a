using MetricsSim.Analysis.Runs;
using MetricsSim.Core.Engine;
using MetricsSim.Core.Faults;
using MetricsSim.Core.Scenarios;
using MetricsSim.Core.Series;
using Xunit;

namespace MetricsSim.Core.Tests.Analysis.Runs;

/// <summary>What is recorded is what the world did.</summary>
public sealed class ScenarioPlayerTests
{
    private static readonly Scenario Play = TestWorlds.Scenario(
        "s", 900, (0, new StartEvent(100, 1)), (200, new IncreaseLoadEvent(4, null)), HandMade.Fault(300, 100), (350, new RecoveryEvent()), HandMade.Fault(600, 200));

    [Fact]
    public void A_record_ends_where_the_world_does()
    {
        var options = TestWorlds.Options(50).With(Play);
        var run = ScenarioPlayer.Play(options, new StartSimulation("s"));
        var world = new World(options);
        world.Apply(new StartSimulation("s"));
        var status = world.StepSeconds(900).Status();
        var series = run.Series;
        Assert.Equal((900, 900.0), (series.Count, series.SecondsAt(series.Count)));
        Assert.Equal(
            (status.TotalSessions, status.TotalRequests, status.TotalErrors, status.TotalTokens, status.ActiveSessions),
            (series.Sessions[^1], series.Requests[^1], series.GivenUp[^1], series.Tokens[^1], (long)series.ActiveSessions[^1]));
        Assert.Equal(status.TotalCost, series.NanoUsd[^1] / 1e9, 9);
        Assert.Equal(0, series.Losses[^1]);
        Assert.Equal(series.Requests[^1], series.Outcomes.Sum(outcome => outcome[^1]));
        Assert.True(series.GivenUp[^1] > 0);
    }

    [Fact]
    public void The_plan_is_what_the_world_does()
    {
        foreach (var compress in new[] { 1.0, 3.7 })
        {
            var run = ScenarioPlayer.Play(TestWorlds.Options(20).With(Play), new StartSimulation("s") { Compress = compress });
            Assert.Equal(2, run.Plan.Faults.Count);
            for (var boundary = 1; boundary < run.Series.Count; boundary++)
                Assert.Equal(run.Plan.Faults.Count(fault => fault.Start < boundary && boundary <= fault.End), run.Series.ActiveFaults[boundary]);
            var load = Array.FindIndex(run.Series.Load, value => value == 4);
            Assert.Equal(run.Plan.BaselineTicks + 1, load);
        }
    }

    [Fact]
    public void A_shorter_run_plays_the_beginning_only()
    {
        var run = ScenarioPlayer.Play(TestWorlds.Options(20).With(Play), new StartSimulation("s") { Duration = TimeSpan.FromSeconds(320) });
        Assert.Equal(320, run.Series.Count);
        Assert.Equal((300L, 320L), (run.Plan.Faults.Single().Start, run.Plan.Faults.Single().End));
    }

    [Fact]
    public void A_long_run_is_recorded_in_longer_samples_and_ends_on_time()
    {
        var options = TestWorlds.Options(1).WithoutRequests().With(TestWorlds.Scenario("s", 250_001));
        var series = ScenarioPlayer.Play(options, new StartSimulation("s")).Series;
        Assert.Equal((TimeSpan.FromSeconds(3), 83_334), (series.Step, series.Count));
        Assert.Equal(250_001, series.SecondsAt(series.Count));
    }

    [Theory]
    [InlineData(900, 7, 130)]
    [InlineData(900, 15, 61)]
    [InlineData(900, 0.1, 901)]
    [InlineData(900, 5000, 2)]
    [InlineData(250_001, 1000, 252)] // In samples of 3 s, which 1000 is no multiple of.
    public void Who_looks_on_sees_every_interval_and_changes_nothing(int seconds, double interval, int looks)
    {
        var options = seconds == 900 ? TestWorlds.Options(20).With(Play) : TestWorlds.Options(1).WithoutRequests().With(TestWorlds.Scenario("s", seconds));
        var seen = new List<(long Tick, long Sessions)>();
        var watch = new RunWatch(TimeSpan.FromSeconds(interval), (world, _) => seen.Add((world.Tick, world.Status().TotalSessions)));
        var watched = ScenarioPlayer.Play(options, new StartSimulation("s"), watch: watch).Series;
        var alone = ScenarioPlayer.Play(options, new StartSimulation("s")).Series;
        Assert.Equal(alone.Sessions, watched.Sessions);
        Assert.Equal(alone.NanoUsd, watched.NanoUsd);
        Assert.Equal(alone.Durations, watched.Durations);
        Assert.Equal(looks, seen.Count);
        Assert.Equal((0, seconds), (seen[0].Tick, seen[^1].Tick));
        Assert.All(seen.SkipLast(1).Index(), look => Assert.Equal((long)(look.Index * Math.Max(1, interval)), look.Item.Tick));
        Assert.Equal(watched.Sessions[^1], seen[^1].Sessions);
    }

    [Fact]
    public void It_can_be_given_up()
    {
        using var stop = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() => ScenarioPlayer.Play(
            TestWorlds.Options(20).With(Play), new StartSimulation("s"), null, share => { if (share > 0.3) stop.Cancel(); }, stop: stop.Token));
    }

    [Fact]
    public void What_cannot_be_started_is_refused() =>
        Assert.Throws<InvalidOperationException>(() => ScenarioPlayer.Play(TestWorlds.Options(1), new StartSimulation("other")));

    /// <summary>Counters that begin at zero again have lost what they showed; a page that was not there, late or short has lost nothing.</summary>
    [Theory]
    [InlineData(FaultType.CounterReset, true)]
    [InlineData(FaultType.ExporterDown, false)]
    [InlineData(FaultType.SeriesGap, false)]
    [InlineData(FaultType.CardinalityExplosion, false)]
    [InlineData(FaultType.ScrapeDelay, false)]
    [InlineData(FaultType.ClockSkew, false)]
    public void An_audit_tells_a_reset_from_pages_that_are_missing(FaultType type, bool lost)
    {
        var options = TestWorlds.Flat(50).With(TestWorlds.Scenario("s", 900, HandMade.Fault(330, 200, type)));
        var losses = ScenarioPlayer.Play(options, new StartSimulation("s")).Series.Losses;
        Assert.Equal(0, losses[359]);
        Assert.Equal(lost, losses[360] > 1000);
        Assert.Equal(losses[360], losses[^1]);
    }

    [Fact]
    public void An_audit_sees_steps_down_and_what_is_missing()
    {
        var world = new World(TestWorlds.Options(20)).StepSeconds(300);
        var reading = new WorldReading();
        var page = new Snapshot(world.Layout);
        var audit = new CounterAudit(world.Layout, whole: true);
        world.Read(reading);
        world.CopyTo(page);
        Assert.Equal(0, audit.Look(page, reading));
        world.StepSeconds(60);
        world.Read(reading);
        world.CopyTo(page);
        var tokens = world.Layout.Families.ToList().FindIndex(family => family.Name.Contains("token_usage", StringComparison.Ordinal));
        var cell = Array.FindIndex(page.Columns[tokens], value => value > 100);
        var kept = page.Columns[tokens][cell];
        page.Columns[tokens][cell] = 0;
        Assert.Equal(1 + kept, audit.Look(page, reading));
        page.Columns[tokens][cell] = kept;
        Assert.Equal(1 + kept, audit.Look(page, reading));
    }
}
