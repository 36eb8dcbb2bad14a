using MetricsSim.Core.Engine;
using MetricsSim.Core.Faults;
using MetricsSim.Core.Scenarios;
using Xunit;

namespace MetricsSim.Core.Tests.Faults;

/// <summary>How faults of the telemetry compose, in pairs, with each other and with those of the world: the rules of <see cref="FaultField"/>.</summary>
public sealed class TelemetryOverlapTests
{
    private const string Tokens = "otel_claude_code_token_usage_tokens";
    private const string Sessions = "otel_claude_code_session_count";
    private static readonly FaultSpec Down = new() { Type = FaultType.ExporterDown };
    private static readonly FaultSpec Reset = new() { Type = FaultType.CounterReset };
    private static readonly FaultSpec Explosion = new() { Type = FaultType.CardinalityExplosion };

    [Fact]
    public void Delays_add_up_and_what_is_down_is_not_slow_first()
    {
        var (a, b) = (Delay(100, 200), Delay(1000, 1000));
        var (one, both) = (TelemetryWorlds.With(a), TelemetryWorlds.With(a, b, Down));
        for (var i = 0; i < TelemetryWorlds.Start + 50; i++)
        {
            one.Step();
            both.Step();
        }

        Assert.InRange(one.Snapshot().Delay.TotalMilliseconds, 100, 200);
        Assert.Equal(one.Snapshot().Delay + TimeSpan.FromSeconds(1), both.Snapshot().Delay);
        Assert.True(both.Snapshot().ExporterDown);
    }

    [Fact]
    public void Offsets_of_the_clock_add_up_and_move_created_after_a_reset_too()
    {
        var world = Stepped(TelemetryWorlds.With(Skew(100), Skew(-40), Reset), 10);
        var snapshot = world.Snapshot();
        Assert.Equal(world.Now.AddSeconds(60).ToUnixTimeMilliseconds(), snapshot.UnixMilliseconds);
        Assert.Equal(world.Options.Start.AddSeconds(TelemetryWorlds.Start + 60).ToUnixTimeMilliseconds(), snapshot.CreatedUnixMilliseconds);
    }

    [Fact]
    public void Of_two_gaps_the_union_is_missing()
    {
        var all = Stepped(TelemetryWorlds.With(), 10).Users();
        var (a, b) = (Explicit(30, 100), Explicit(40, 200));
        var (one, other, both) = (At(a), At(b), At(a, b));
        Assert.Equal(all.Except(one).Union(all.Except(other)).Order(), all.Except(both).Order());
        Assert.NotEqual(one, other);
        Assert.Empty(At(a, Explicit(100, 150)));

        HashSet<string> At(params (double, ScenarioEvent)[] gaps) => TelemetryWorlds.Play(TelemetryWorlds.Options(), [.. Fillers(gaps)]).StepSeconds(250).Users();

        // An entry's place keys its set, so each gap keeps its own.
        static IEnumerable<(double, ScenarioEvent)> Fillers((double At, ScenarioEvent Event)[] gaps) =>
            new[] { 100.0, 150, 200 }.Select(at => Array.Find(gaps, gap => gap.At == at) is { Event: { } gap } ? (at, gap) : (at, new DeployEvent(null, null)));

        static (double, ScenarioEvent) Explicit(double percentage, double at) => (at, new InjectFailureEvent(Gap(percentage), null));
    }

    [Fact]
    public void A_request_brings_one_series_by_the_first_explosion_that_has_room_and_it_vanishes_with_that()
    {
        var world = TelemetryWorlds.Play(
            TelemetryWorlds.Options(),
            (100, new InjectFailureEvent(Explosion with { MaxSeries = 30 }, TimeSpan.FromSeconds(100))),
            (100, new InjectFailureEvent(Explosion with { MaxSeries = 20 }, TimeSpan.FromSeconds(200))));
        var ids = world.StepSeconds(200).RequestIds();
        Assert.Equal((50, 50), (ids.Count, ids.Distinct().Count()));
        Assert.All(ids, id => Assert.Matches("^[0-9a-f]{16}$", id));
        Assert.Equal(ids[30..], world.StepSeconds(1).RequestIds());
        Assert.Equal(ids[30..], world.StepSeconds(99).RequestIds());
        Assert.Empty(world.StepSeconds(1).RequestIds());
    }

    [Fact]
    public void A_reset_forgets_the_series_of_explosions_and_their_bound_is_free_again()
    {
        var world = TelemetryWorlds.Play(
            TelemetryWorlds.Options(),
            (100, new InjectFailureEvent(Explosion with { MaxSeries = 30 }, null)),
            (200, new InjectFailureEvent(Reset, null)));
        var before = world.StepSeconds(200).RequestIds();
        Assert.Equal(30, before.Count);
        Assert.InRange(world.StepSeconds(1).RequestIds().Count, 0, 29);
        var after = world.StepSeconds(60).RequestIds();
        Assert.Equal(30, after.Count);
        Assert.Empty(before.Intersect(after));
    }

    [Fact]
    public void Every_reset_begins_at_zero_again_whatever_was_reset_before()
    {
        var world = TelemetryWorlds.Play(
            TelemetryWorlds.Options(),
            (100, new InjectFailureEvent(Reset, TimeSpan.FromSeconds(1))),
            (150, new InjectFailureEvent(Reset, null)),
            (200, new InjectFailureEvent(Reset, null)),
            (200, new RecoveryEvent()));
        foreach (var at in new[] { 100, 150, 200 })
        {
            var counted = world.StepSeconds(at - world.Tick).Status().TotalTokens;
            Assert.True(SnapshotView.Of(world).Sum(Tokens) > 0);
            world.StepSeconds(20);
            Assert.Equal(world.Status().TotalTokens - counted, SnapshotView.Of(world).Sum(Tokens));
            Assert.Equal(world.Options.Start.AddSeconds(at).ToUnixTimeMilliseconds(), world.Snapshot().CreatedUnixMilliseconds);
        }

        // The last one was over before its first tick, and counted all the same.
        Assert.Equal(0, world.Status().ActiveFaults);
    }

    [Fact]
    public void Series_that_were_missing_during_a_reset_come_back_with_what_they_counted_since()
    {
        var (world, reset) = (TelemetryWorlds.With(Gap(50), Reset), TelemetryWorlds.With(Reset));
        Assert.InRange(Stepped(world, TelemetryWorlds.Length).Users().Count, 10, 50);
        Stepped(reset, TelemetryWorlds.Length);
        Assert.Equal(SnapshotView.Of(reset.StepSeconds(1)).Rows(Sessions), SnapshotView.Of(world.StepSeconds(1)).Rows(Sessions));
    }

    [Fact]
    public void A_gap_takes_series_of_users_and_not_those_of_requests()
    {
        var world = Stepped(TelemetryWorlds.With(Gap(100), Explosion), 60);
        Assert.Empty(world.Users());
        Assert.Equal(Stepped(TelemetryWorlds.With(Deploy, Explosion), 60).RequestIds().Count, world.RequestIds().Count);
        Assert.Equal(3, SnapshotView.Of(world).Series("otel_claude_code_active_sessions").Count());
    }

    /// <summary>Telemetry tells late, little or nothing of an outage; the outage is the same.</summary>
    [Fact]
    public void Faults_of_the_world_go_on_beneath()
    {
        var outage = new FaultSpec { Type = FaultType.ModelOutage, AffectedPercentage = 50 };
        var plain = Stepped(TelemetryWorlds.With(outage), TelemetryWorlds.Length);
        var hidden = Stepped(TelemetryWorlds.With(outage, Down, Reset, Gap(40), Explosion, Skew(9), Delay(5, 10)), TelemetryWorlds.Length);
        var (one, other) = (plain.Status(), hidden.Status());
        Assert.True(one.TotalErrors > 20, "an outage must show for the test to mean anything");
        Assert.Equal((one.TotalErrors, one.TotalTokens, one.ActiveSessions), (other.TotalErrors, other.TotalTokens, other.ActiveSessions));
        // Requests that are given up are requests, too.
        Assert.True(hidden.RequestIds().Count > other.TotalRequests * 0.3);
        Assert.Equal(7, SnapshotView.Of(hidden).Series("metricssim_active_faults").Sum(series => BitConverter.Int64BitsToDouble(series.Cells[0])));
    }

    private static FaultSpec Deploy => Gap(0);

    private static World Stepped(World world, int into) => world.StepSeconds(TelemetryWorlds.Start + into);

    private static FaultSpec Delay(double low, double high) =>
        new() { Type = FaultType.ScrapeDelay, MinDelayMilliseconds = low, MaxDelayMilliseconds = high };

    private static FaultSpec Skew(double seconds) => new() { Type = FaultType.ClockSkew, OffsetSeconds = seconds };

    private static FaultSpec Gap(double percentage) => new() { Type = FaultType.SeriesGap, AffectedPercentage = percentage };
}
