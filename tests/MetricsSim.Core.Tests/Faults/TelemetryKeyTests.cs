using System.Text;
using MetricsSim.Core.Engine;
using MetricsSim.Core.Faults;
using MetricsSim.Core.Scenarios;
using MetricsSim.Core.Series;
using MetricsSim.Core.Tests.Wire;
using MetricsSim.Wire;
using Xunit;

namespace MetricsSim.Core.Tests.Faults;

/// <summary>What faults of the telemetry hit depends on the fault's key and on the entity, and on nothing else.</summary>
public sealed class TelemetryKeyTests
{
    [Fact]
    public void Whose_series_are_missing_does_not_change_when_users_are_added_nor_while_the_gap_lasts()
    {
        var gap = new FaultSpec { Type = FaultType.SeriesGap, AffectedPercentage = 40 };
        var (few, many) = (World(100, gap), World(1000, gap));
        var all = Enumerable.Range(0, 100).Select(user => $"user_{user:d3}").ToHashSet(StringComparer.Ordinal);
        Assert.Equal(few.Users().Order(), many.Users().Where(all.Contains).Order());
        Statistics.AssertShare(0.6, many.Users().Count, 1000, "users on the page");
        Assert.Equal(few.Users(), few.StepSeconds(100).Users());
        var more = World(100, gap with { AffectedPercentage = 70 }).Users();
        Assert.Subset(few.Users(), more);
    }

    [Fact]
    public void Rows_that_users_share_go_missing_by_their_labels()
    {
        var labels = new LabelOptions { UserId = false };
        var gap = new FaultSpec { Type = FaultType.SeriesGap, AffectedPercentage = 50 };
        var options = TelemetryWorlds.Options(400) with { Telemetry = new() { Labels = labels } };
        var (few, many) = (Rows(options), Rows(options with { Population = options.Population with { Total = 800 } }));
        Assert.InRange((double)few.There.Count / few.All.Count, 0.25, 0.75);
        Assert.Equal(few.There.Order(), many.There.Where(few.All.Contains).Order());

        (HashSet<string> There, HashSet<string> All) Rows(WorldOptions of)
        {
            var (plain, faulty) = (TelemetryWorlds.With(of), TelemetryWorlds.With(of, gap));
            return (Names(faulty), Names(plain));
        }

        static HashSet<string> Names(World world) =>
            [.. SnapshotView.Of(world.StepSeconds(TelemetryWorlds.Start + 5)).Rows("otel_claude_code_commit_count").Keys];
    }

    [Fact]
    public void Pages_are_the_same_whatever_the_lanes_and_the_number_of_scrapes()
    {
        FaultSpec[] faults =
        [
            new() { Type = FaultType.CounterReset },
            new() { Type = FaultType.SeriesGap, AffectedPercentage = 30 },
            new() { Type = FaultType.CardinalityExplosion, AffectedPercentage = 50, MaxSeries = 200 },
            new() { Type = FaultType.ScrapeDelay, MaxDelayMilliseconds = 1000, AffectedPercentage = 50 },
        ];
        var options = TelemetryWorlds.Options(5000) with { Telemetry = new() { Labels = new() { UserId = false } } };
        var entries = faults.Select(fault => (20.0, (ScenarioEvent)new InjectFailureEvent(fault, null))).ToArray();
        var scenario = TestWorlds.Scenario("s", 1000, entries);
        var (one, four) = (new World(options.With(scenario)), new World(options.With(scenario), new ReversedLanes(3)));
        one.Apply(new StartSimulation("s"));
        four.Apply(new StartSimulation("s"));
        var reused = new Snapshot(four.Layout);
        for (var second = 0; second < 40; second++)
        {
            four.Step();
            four.CopyTo(reused);
            four.CopyTo(reused);
        }

        one.Step(40);
        Assert.Equal(200, one.RequestIds().Count);
        Assert.Equal(one.Snapshot().Delay, reused.Delay);
        Assert.Equal(Text(one.Snapshot()), Text(reused));
        Assert.Equal(Text(one.Snapshot()), Text(four.Snapshot()));
    }

    [Fact]
    public void A_counter_reset_hides_what_has_not_happened_since_where_series_begin_with_their_first_event()
    {
        var options = TelemetryWorlds.Options() with { Telemetry = new() { Preregister = false } };
        var world = TelemetryWorlds.With(options, new FaultSpec { Type = FaultType.CounterReset }).StepSeconds(TelemetryWorlds.Start);
        var before = Text(world.Snapshot());
        world.Step();
        Assert.InRange(Text(world.Snapshot()).Length, 1, before.Length / 3);
    }

    private static World World(int users, FaultSpec fault) =>
        TelemetryWorlds.With(TelemetryWorlds.Options(users).WithoutRequests(), fault).StepSeconds(TelemetryWorlds.Start + 5);

    private static string Text(Snapshot snapshot) =>
        Encoding.UTF8.GetString(Pages.Bytes([new(new PageLayout(snapshot.Layout, ExpositionFormat.OpenMetrics100), snapshot)]));
}
