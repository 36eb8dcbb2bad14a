using MetricsSim.Core.Engine;
using MetricsSim.Core.Faults;
using MetricsSim.Core.Scenarios;
using MetricsSim.Core.Series;
using Xunit;

namespace MetricsSim.Core.Tests.Series;

/// <summary>With <c>session_id</c>, series come and go with sessions, and say of them what those of users say otherwise.</summary>
public sealed class SessionSeriesTests
{
    private static readonly FaultSpec Refusals = new() { Type = FaultType.AuthenticationFailures, RetryAfter = TimeSpan.FromSeconds(30) };

    [Fact]
    public void While_no_series_is_gone_they_sum_up_to_those_of_the_users()
    {
        var byUser = SnapshotView.Of(new World(TestWorlds.Flat(200)).StepSeconds(3600));
        var world = new World(TestWorlds.Flat(200).BySession(86_400)).StepSeconds(3600);
        var bySession = SnapshotView.Of(world);
        Assert.Equal(11, world.OfUsers().Count());
        foreach (var family in world.OfUsers())
        {
            var (sums, whole) = (bySession.ByUser(family.Name), byUser.ByUser(family.Name));
            Assert.True(sums.Count > 100, "most users had a session");
            Assert.All(whole, user => Assert.Equal(user.Value, sums.GetValueOrDefault(user.Key) ?? new long[user.Value.Length]));
        }

        foreach (var family in world.Layout.Families.Except(world.OfUsers()).Select(family => family.Name))
            Assert.Equal(byUser.Rows(family).Values, bySession.Rows(family).Values);
    }

    [Fact]
    public void They_appear_with_the_session_and_vanish_when_the_retention_after_its_end_is_over()
    {
        var world = new World(TestWorlds.Flat(50).BySession(100));
        var (seen, ended) = (new HashSet<string>(StringComparer.Ordinal), new Dictionary<string, long>(StringComparer.Ordinal));
        var checkedEnds = 0;
        for (var second = 0; second < 3000; second++)
        {
            world.Step();
            var view = SnapshotView.Of(world);
            var there = view.Series("otel_claude_code_session_duration_seconds").GroupBy(series => series.Labels["session_id"])
                .ToDictionary(session => session.Key, session => session.Sum(series => series.Cells[..^1].Sum()), StringComparer.Ordinal);
            seen.UnionWith(there.Keys);
            foreach (var session in there.Where(session => session.Value == 1)) ended.TryAdd(session.Key, world.Tick);
            foreach (var session in seen.Where(session => !there.ContainsKey(session)).ToList())
            {
                Assert.InRange(world.Tick - ended[session], 100, 101);
                seen.Remove(session);
                checkedEnds++;
            }

            Assert.Equal(there.Count, world.SessionRows);
            Assert.True(there.Count >= world.Status().ActiveSessions);
        }

        Assert.True(checkedEnds > 50, $"{checkedEnds} sessions ended");
        Assert.Equal(seen.Count + checkedEnds, world.SessionRowsCreated);
    }

    [Fact]
    public void A_session_brings_all_its_series_at_0_or_with_their_first_event()
    {
        var options = TestWorlds.Flat(50).WithoutRequests().BySession();
        var view = SnapshotView.Of(new World(options).StepSeconds(600));
        var starts = view.Series(SessionWorlds.Started).ToDictionary(series => series.Labels["session_id"], series => series.Cells[0], StringComparer.Ordinal);
        Assert.Equal([0, 1], starts.Values.Distinct().Order());
        Assert.Equal(starts.Count * 12, view.Series("otel_claude_code_token_usage_tokens").Count());
        var hiding = new World(options with { Telemetry = options.Telemetry with { Preregister = false } });
        Assert.All(hiding.OfUsers(), family => Assert.True(family.HideUntouched));
    }

    [Fact]
    public void Rows_come_by_user_and_session_and_have_a_uuid()
    {
        var world = new World(TestWorlds.Flat(100).BySession(86_400)).StepSeconds(7200);
        var sessions = SnapshotView.Of(world).Series(SessionWorlds.Started).Select(series => (User: series.Labels["user_id"], Id: series.Labels["session_id"])).ToList();
        Assert.Equal(sessions.OrderBy(session => session.User, StringComparer.Ordinal).Select(session => session.User), sessions.Select(session => session.User));
        Assert.All(sessions, session => Assert.Matches("^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$", session.Id));
        Assert.Equal(sessions.Count, sessions.Select(session => session.Id).Distinct().Count());
        Assert.All(world.OfUsers(), family => Assert.Equal(sessions.Select(session => session.Id), world.SessionIds(family.Name)));
    }

    [Fact]
    public void Lanes_decide_nothing()
    {
        var options = TestWorlds.Options(3300, 7).BySession(60);
        var serial = Page(null);
        Assert.Equal(serial, Page(new ThreadedLanes(2)));
        Assert.Equal(serial, Page(new ReversedLanes(3)));

        IEnumerable<string> Page(ILanes? lanes)
        {
            var world = new World(options, lanes).StepSeconds(400);
            return [SnapshotView.Of(world).Hash(), .. world.SessionIds()];
        }
    }

    [Fact]
    public void Requests_in_flight_keep_their_row()
    {
        var options = TestWorlds.Flat(300) with { Backend = new() { Retries = 5, BaseFailure = 0.3, RetryBackoff = TimeSpan.FromSeconds(20) } };
        var world = new World(options.BySession(0));
        var (reading, late) = (new WorldReading(), 0);
        for (var tick = 0; tick < 1500; tick++)
        {
            world.Step();
            late += world.SessionRows > world.Status().ActiveSessions ? 1 : 0;
        }

        world.Read(reading);
        Assert.True(late > 1000, $"{late} ticks with a row after its session");
        Assert.Equal(reading.Tokens, reading.VanishedTokens + world.Sum("otel_claude_code_token_usage_tokens"));
    }

    [Fact]
    public void Who_is_refused_has_the_row_of_the_session_to_come()
    {
        var world = TelemetryWorld(Refusals, TestWorlds.Flat(40).BySession(50)).StepSeconds(600);
        var view = SnapshotView.Of(world);
        var refused = view.Series("otel_claude_code_error").Where(series => series.Labels["error_type"] == "auth" && series.Cells[0] > 0).ToList();
        Assert.True(refused.Count > 5, $"{refused.Count} were refused");
        Assert.All(refused, series => Assert.Equal(0, view.Sum(SessionWorlds.Started, ("session_id", series.Labels["session_id"]))));
        var id = refused[0].Labels["session_id"];
        world.Apply(new StopSimulation(world.Status().Simulations[0].SimulationId));
        world.StepSeconds(31);
        Assert.All(refused, series => Assert.Contains(series.Labels["session_id"], world.SessionIds()));
        Assert.Equal(1, SnapshotView.Of(world).Sum(SessionWorlds.Started, ("session_id", id)));
    }

    [Fact]
    public void A_gap_hides_all_sessions_of_a_user_and_a_reset_takes_all_to_0()
    {
        var world = TelemetryWorld(new() { Type = FaultType.SeriesGap, AffectedPercentage = 50 }, TestWorlds.Flat(200).BySession(3600)).StepSeconds(1800);
        var (hidden, all) = (Users(world), world.SessionRows);
        Assert.InRange(world.SessionIds().Count, all * 3 / 10, all * 7 / 10);
        world.Apply(new StopSimulation(world.Status().Simulations[0].SimulationId));
        Assert.Equal(all, world.SessionIds().Count);
        Assert.True(Users(world).Count > hidden.Count * 3 / 2);
        world.Apply(new AddFault(new() { Type = FaultType.CounterReset }, null));
        Assert.All(world.OfUsers(), family => Assert.Equal(0, world.Sum(family.Name)));
        Assert.Equal(all, world.SessionIds().Count);

        static HashSet<string> Users(World world) => [.. SnapshotView.Of(world).Series(SessionWorlds.Started).Select(series => series.Labels["user_id"])];
    }

    [Fact]
    public void A_reading_counts_the_samples_of_the_page()
    {
        foreach (var fault in new FaultSpec[] { new() { Type = FaultType.SeriesGap, AffectedPercentage = 40 }, new() { Type = FaultType.CounterReset } })
        {
            var options = TestWorlds.Flat(60) with { Telemetry = new() { Created = true } };
            var world = TelemetryWorld(fault, options.BySession()).StepSeconds(900);
            var reading = new WorldReading();
            world.Read(reading);
            Assert.Equal(Faults.TelemetryWorlds.Page(world).Count, reading.PageSamples);
        }
    }

    private static World TelemetryWorld(FaultSpec fault, WorldOptions options) => Faults.TelemetryWorlds.Play(options, (0, new InjectFailureEvent(fault, null)));
}
