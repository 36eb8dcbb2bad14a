using System.Text.Json;
using MetricsSim.Core.Engine;
using MetricsSim.Core.Faults;
using MetricsSim.Core.Population;
using MetricsSim.Core.Randomness;
using MetricsSim.Core.Scenarios;
using MetricsSim.Core.Series;
using Xunit;

namespace MetricsSim.Core.Tests.Checkpoints;

/// <summary>A world goes on under new options: what has not changed as if nothing had been, the rest as the new options say.</summary>
public sealed class ReloadTests
{
    private const string Tokens = "otel_claude_code_token_usage_tokens";
    private const string Opus = "claude-opus-4-5-20251101";

    public static TheoryData<string> Situations => [.. SavedWorlds.Situations.Keys];

    [Theory]
    [MemberData(nameof(Situations))]
    public void With_nothing_changed_nothing_changes(string situation)
    {
        var make = SavedWorlds.Situations[situation];
        var (world, other) = (make(1500, null), make(1500, new ReversedLanes(3)));
        var reloaded = other.Reloaded(Copied(other.Options));
        Assert.Equal(SavedWorlds.Saved(world), SavedWorlds.Saved(reloaded));
        Assert.Equal(SavedWorlds.GoOn(world, 120), SavedWorlds.GoOn(reloaded, 120));
    }

    [Fact]
    public void The_old_world_is_left_as_it_was()
    {
        var make = SavedWorlds.Situations["plays many scenarios"];
        var (world, other) = (make(100, null), make(100, null));
        world.Reloaded(Everything(world.Options)).Step(50);
        Assert.Equal(SavedWorlds.GoOn(other, 60), SavedWorlds.GoOn(world, 60));
    }

    [Theory]
    [MemberData(nameof(Situations))]
    public void With_everything_changed_the_same_follows_each_time_and_can_be_saved(string situation)
    {
        var make = SavedWorlds.Situations[situation];
        var (world, laned) = (make(1500, null), make(1500, new ReversedLanes(3)));
        var options = Everything(world.Options);
        var (one, two) = (world.Reloaded(options), laned.Reloaded(options));
        var state = SavedWorlds.Saved(one);
        Assert.Equal(state, SavedWorlds.Saved(two));
        one.Step(30);
        two.Step(30);
        state = SavedWorlds.Saved(one);
        var restored = SavedWorlds.Restored(options, state);
        Assert.Equal(state, SavedWorlds.Saved(restored));
        var seen = SavedWorlds.GoOn(one, 120).ToArray();
        Assert.Equal(seen, SavedWorlds.GoOn(two, 120));
        Assert.Equal(seen, SavedWorlds.GoOn(restored, 120));
        // Back to what it was: what ambient faults and sessions of gone models left behind must not stand in the way.
        one.Reloaded(world.Options).Step(120);
    }

    /// <summary>Found by name and labels one by one, as a monitoring system finds them: none falls, and those that are new begin at 0.</summary>
    [Theory]
    [MemberData(nameof(Situations))]
    public void Every_counter_that_goes_on_has_the_value_it_had(string situation)
    {
        var world = SavedWorlds.Situations[situation](100, null);
        foreach (var options in new[] { Everything(world.Options), world.Options with { Models = [.. world.Options.Models.Reverse()] } })
        {
            var reloaded = world.Reloaded(options);
            var (before, after) = (Counters(world), Counters(reloaded));
            Assert.All(after, series => Assert.Equal(before.GetValueOrDefault(series.Key) ?? new long[series.Value.Length], series.Value));
            var later = Counters(reloaded.StepSeconds(60));
            Assert.All(later, series => Assert.All(series.Value.Zip(after[series.Key]), cells => Assert.True(cells.First >= cells.Second, series.Key)));
            Assert.Contains(after.Keys, before.ContainsKey);
        }

        static Dictionary<string, long[]> Counters(World world)
        {
            var view = SnapshotView.Of(world);
            var families = view.Snapshot.Layout.Families.Where(family => family.Type is MetricType.Counter or MetricType.Histogram && family.Rows is not LiveRows);
            return families
                .SelectMany(family => view.Series(family.Name).Select(series => (Key: family.Name + Labels(series.Labels), series.Cells)))
                .ToDictionary(series => series.Key, series => series.Cells, StringComparer.Ordinal);
        }

        static string Labels(Dictionary<string, string> labels) => string.Join(
            ',', labels.Where(label => label.Value.Length > 0).OrderBy(label => label.Key, StringComparer.Ordinal).Select(label => $"{label.Key}={label.Value}"));
    }

    [Fact]
    public void The_frame_of_a_world_does_not_change_and_every_attempt_is_named()
    {
        var options = TestWorlds.Options(20);
        var changed = options with { Seed = 1, Start = options.Start.AddHours(1), Tick = TimeSpan.FromSeconds(2), Population = new() { Total = 21 } };
        var refusal = Assert.Throws<ArgumentException>(() => new World(options).Reloaded(changed)).Message;
        foreach (var part in new[] { "seed, which is 42, not 1", "start, which is", "tick, which is 00:00:01, not 00:00:02", "number of users, which is 20, not 21" })
            Assert.Contains(part, refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void New_prices_count_from_now_on()
    {
        var world = new World(TestWorlds.Flat(300)).StepSeconds(600);
        var (tokens, cost) = (world.Status().TotalTokens, world.Status().TotalCost);
        var dear = world.Reloaded(world.Options with { Models = [.. ModelOptions.Defaults.Select(model => ModelOptions.FromInputOutput(model.Id, model.Fraction, model.InputPer1k * 10, model.OutputPer1k * 10))] });
        Assert.Equal(cost, dear.Status().TotalCost);
        world.Step(600);
        dear.Step(600);
        Assert.Equal(world.Status().TotalTokens, dear.Status().TotalTokens);
        Assert.True(world.Status().TotalTokens > 1.5 * tokens, "tokens must be used for the test to mean anything");
        Assert.Equal(10, (dear.Status().TotalCost - cost) / (world.Status().TotalCost - cost), 1e-6);
    }

    [Fact]
    public void A_smaller_backend_has_the_backlog_and_load_of_the_larger_one()
    {
        var world = SavedWorlds.Situations["is overloaded and retries"](300, null);
        var halved = world.Reloaded(world.Options with { Backend = world.Options.Backend with { Capacity = world.Backend.NominalCapacity / 2 } });
        Assert.Equal(world.Backend.Backlog, halved.Backend.Backlog);
        Assert.Equal(world.Backend.Capacity / 2, halved.Backend.Capacity, 1e-9);
        Assert.Equal(2 * world.Backend.OfferedRatio, halved.Backend.OfferedRatio, 1e-9);
        Assert.Equal(world.Backend.Attempts, halved.Backend.Attempts);
        Assert.Equal(world.Blocks.Sum(block => block.InFlight), halved.Blocks.Sum(block => block.InFlight));
        halved.Step();
        Assert.True(halved.Backend.Wait > 1.5 * world.Backend.Wait, $"{world.Backend.Wait} s before, {halved.Backend.Wait} s after");
    }

    /// <summary>Activity has a time constant of 10 min at the default mean reversion; after six of them it is where the new segments want it.</summary>
    [Fact]
    public void Activity_goes_over_to_its_new_mean()
    {
        var world = new World(TestWorlds.Homogeneous(1000)).StepSeconds(10);
        var doubled = world.Reloaded(world.Options with { Population = world.Options.Population with { Segments = [TestWorlds.OneSegment(600, 0.6) with { ActivityLow = 2, ActivityHigh = 2 }] } });
        Assert.Equal(1, doubled.Status().AverageActivity, 1e-12);
        doubled.StepSeconds(600);
        Assert.Equal(2 - Math.Exp(-1), doubled.Status().AverageActivity, 0.01);
        doubled.StepSeconds(3000);
        var started = doubled.Started();
        doubled.StepSeconds(3600);
        Statistics.AssertNear(2 * 2 * 1000, doubled.Started() - started, Math.Sqrt(4000));
    }

    [Fact]
    public void Activity_out_of_new_bounds_is_put_on_them()
    {
        var world = new World(TestWorlds.Flat(100)).StepSeconds(10);
        var bounded = world.Reloaded(world.Options with { Activity = world.Options.Activity with { Brownian = new() { LowerBound = 0.9, UpperBound = 1.1 } } });
        Assert.All(bounded.Blocks[0].Activity.ToArray().Zip(world.Blocks[0].Activity.ToArray()), pair => Assert.Equal(Math.Clamp(pair.Second, 0.9, 1.1), pair.First));
    }

    [Fact]
    public void Sessions_of_a_model_that_is_gone_go_on_with_the_first_and_series_follow_their_names()
    {
        var world = new World(TestWorlds.Flat(300)).StepSeconds(900);
        var (sonnet, haiku) = (world.Options.Models[1], world.Options.Models[2]);
        ModelOptions[] models = [haiku with { Fraction = 0.5 }, ModelOptions.FromInputOutput("new", 0.3, 0.01, 0.02), sonnet with { Fraction = 0.2 }];
        var (before, ids) = (SnapshotView.Of(world), world.Sessions().Select(session => world.Options.Models[session.Model].Id).ToArray());
        var reloaded = world.Reloaded(world.Options with { Models = models });
        Assert.Equal(ids.Select(id => id == Opus ? haiku.Id : id), reloaded.Sessions().Select(session => models[session.Model].Id));
        var after = SnapshotView.Of(reloaded);
        foreach (var name in new[] { Tokens, "otel_claude_code_cost_usage_USD" })
        {
            Assert.True(before.Sum(name, ("model", Opus)) > 0, name);
            Assert.Equal(before.Sum(name, ("model", haiku.Id)), after.Sum(name, ("model", haiku.Id)));
            Assert.Equal(before.Sum(name, ("model", sonnet.Id)), after.Sum(name, ("model", sonnet.Id)));
            Assert.Equal(0, after.Sum(name, ("model", "new")));
            Assert.DoesNotContain(after.Series(name), series => series.Labels["model"] == Opus);
        }

        Assert.Equal(before.Count("gen_ai_client_operation_duration_seconds", ("gen_ai_request_model", haiku.Id)), after.Count("gen_ai_client_operation_duration_seconds", ("gen_ai_request_model", haiku.Id)));
        Assert.Equal(before.Sum("otel_claude_code_session_count"), after.Sum("otel_claude_code_session_count"));
        Assert.Equal(world.Status().TotalTokens, reloaded.Status().TotalTokens);
        reloaded.Step(300);
        Assert.True(SnapshotView.Of(reloaded).Sum(Tokens, ("model", "new")) > 0, "the new model is used");
    }

    [Fact]
    public void Users_that_change_their_segment_begin_new_series_and_keep_their_sessions()
    {
        var world = new World(TestWorlds.Flat(500)).StepSeconds(900);
        var segments = SegmentOptions.Defaults.ToArray();
        segments[0] = segments[0] with { Fraction = 0.4 };
        segments[1] = segments[1] with { Fraction = 0.4 };
        var reloaded = world.Reloaded(world.Options with { Population = world.Options.Population with { Segments = segments } });
        Assert.Equal(world.Status().ActiveSessions, reloaded.Status().ActiveSessions);
        var (before, after) = (SnapshotView.Of(world).Rows(Tokens), SnapshotView.Of(reloaded).Rows(Tokens));
        Assert.InRange(after.Keys.Count(before.ContainsKey), 340, 360);
        Assert.All(after, row => Assert.Equal(before.GetValueOrDefault(row.Key) ?? new long[row.Value.Length], row.Value));
        var directory = new UserDirectory(reloaded.Options.Population, new KeyedRandom(reloaded.Options.Seed));
        var powers = reloaded.Sessions().Count(session => directory.Segment(session.User) == 0);
        Assert.True(powers > Active(world), "sessions of users who are power users now");
        Assert.Equal(powers, Active(reloaded));

        static long Active(World world) => SnapshotView.Of(world).Sum("otel_claude_code_active_sessions", ("user_type", "power"));
    }

    /// <summary>An empty label is none, so users with an API key, who have no e-mail, keep their series.</summary>
    [Fact]
    public void A_further_user_label_begins_new_series_for_those_who_have_a_value()
    {
        var world = new World(TestWorlds.Flat(300)).StepSeconds(900);
        var reloaded = world.Reloaded(world.Options with { Telemetry = new() { Labels = new() { UserEmail = true } } });
        var before = SnapshotView.Of(world).Series(Tokens).ToDictionary(series => (series.Labels["user_id"], series.Labels["model"], series.Labels["type"]), series => series.Cells[0]);
        var (kept, begun) = (0, 0);
        foreach (var (labels, cells) in SnapshotView.Of(reloaded).Series(Tokens))
        {
            var value = before[(labels["user_id"], labels["model"], labels["type"])];
            if (value == 0) continue;
            Assert.Equal(labels["user_email"].Length > 0 ? 0 : value, cells[0]);
            if (cells[0] > 0) kept++;
            else begun++;
        }

        Assert.True(kept > 0 && begun > kept, $"{kept} kept, {begun} begun");
        Assert.Equal(world.Status().TotalSessions, reloaded.Status().TotalSessions);
    }

    [Fact]
    public void Fewer_user_labels_and_other_names_begin_new_series_but_for_those_that_have_neither()
    {
        var world = new World(TestWorlds.Flat(300)).StepSeconds(900);
        var (aggregated, renamed) = (
            SnapshotView.Of(world.Reloaded(world.Options with { Telemetry = new() { Labels = new() { UserId = false } } })),
            SnapshotView.Of(world.Reloaded(world.Options with { Telemetry = new() { Namespace = "" } })));
        Assert.Equal(0, aggregated.Sum(Tokens));
        Assert.Equal(0, renamed.Sum("claude_code_token_usage_tokens"));
        foreach (var view in new[] { aggregated, renamed })
            Assert.Equal(world.Status().TotalRequests, view.Count("metricssim_request_duration_seconds"));
    }

    [Fact]
    public void A_running_simulation_plays_on_as_it_began_whatever_the_catalogue_has()
    {
        var outage = new InjectFailureEvent(new FaultSpec { Type = FaultType.TotalOutage }, TimeSpan.FromSeconds(50));
        var options = TestWorlds.Flat(100).With(
            TestWorlds.Scenario("gone", 300, (0, new StartEvent(null, 2)), (200, outage)),
            TestWorlds.Scenario("changed", 300, (0, new StartEvent(null, 3)), (250, outage)));
        var world = new World(options);
        world.Apply(new StartSimulation("gone"));
        world.Apply(new StartSimulation("changed"));
        world.Step(100);
        var reloaded = world.Reloaded(options.With(TestWorlds.Scenario("changed", 50, (0, new StartEvent(null, 7)))));
        Assert.Equal(JsonSerializer.Serialize(world.Status()), JsonSerializer.Serialize(reloaded.Status()));
        reloaded = SavedWorlds.Restored(reloaded.Options, SavedWorlds.Saved(reloaded));
        for (var tick = 0; tick < 250; tick += 10)
        {
            Assert.Equal(JsonSerializer.Serialize(world.Status()), JsonSerializer.Serialize(reloaded.Status()));
            world.Step(10);
            reloaded.Step(10);
        }

        Assert.Equal(CommandProblem.NotFound, reloaded.Apply(new StartSimulation("gone")).Problem);
        reloaded.Apply(new StartSimulation("changed"));
        Assert.Equal(7, reloaded.Status().Load);
    }

    [Fact]
    public void A_fault_on_a_model_finds_it_among_the_new_ones()
    {
        var world = new World(TestWorlds.Flat(300)).StepSeconds(60);
        world.Apply(new AddFault(new() { Type = FaultType.ModelOutage, Model = Opus }, null));
        var reloaded = world.Reloaded(world.Options with { Models = [.. ModelOptions.Defaults.Reverse()] });
        var before = SnapshotView.Of(reloaded);
        var after = SnapshotView.Of(reloaded.StepSeconds(1200));
        // Retries of requests that were in flight are the only ones that may still be answered.
        Assert.InRange(Answered(Opus), 0, 5);
        Assert.True(Answered("claude-haiku-4-5-20251001") > 50, "others are answered");

        long Answered(string model) => after.Count("gen_ai_client_operation_duration_seconds", ("gen_ai_request_model", model), ("error_type", ""))
            - before.Count("gen_ai_client_operation_duration_seconds", ("gen_ai_request_model", model), ("error_type", ""));
    }

    [Fact]
    public void Series_of_explosions_follow_their_model_and_counters_stay_reset()
    {
        var world = SavedWorlds.Situations["publishes nonsense"](300, null);
        var models = new[] { world.Options.Models[2] with { Fraction = 0.4 }, world.Options.Models[1] };
        var reloaded = world.Reloaded(world.Options with { Models = models });
        var (before, after) = (Requests(world), Requests(reloaded));
        Assert.Contains(before, labels => labels.Contains(Opus, StringComparison.Ordinal));
        Assert.Equal(before.Where(labels => !labels.Contains(Opus, StringComparison.Ordinal)), after);
        const string Sessions = "otel_claude_code_session_count";
        Assert.True(SnapshotView.Of(world).Sum(Sessions) < world.Status().TotalSessions, "counters were reset");
        Assert.Equal(SnapshotView.Of(world).Sum(Sessions), SnapshotView.Of(reloaded).Sum(Sessions));
        Assert.Equal(SnapshotView.Of(world).Snapshot.CreatedUnixMilliseconds, SnapshotView.Of(reloaded).Snapshot.CreatedUnixMilliseconds);

        static string[] Requests(World world)
        {
            var rows = SnapshotView.Of(world).Snapshot.Live.OfType<LiveRowBuffer>().First();
            return [.. Enumerable.Range(0, rows.Count).Select(slot => JsonSerializer.Serialize(rows[slot]!.Labels))];
        }
    }

    [Fact]
    public void Ambient_faults_end_as_they_began_when_they_are_switched_off_and_begin_when_they_are_on_again()
    {
        var world = new World(TestWorlds.Flat(50) with { AmbientFaults = [new(new() { Type = FaultType.ModelOutage }, 1)] });
        while (world.Status().ActiveFaults == 0) world.Step();
        var off = world.Reloaded(world.Options with { AmbientFaults = [] });
        Assert.True(off.Status().ActiveFaults > 0);
        off.StepSeconds(125);
        Assert.Equal(0, off.Status().ActiveFaults);
        var on = off.StepSeconds(3600).Reloaded(world.Options);
        on.StepSeconds(122);
        Assert.True(on.Status().ActiveFaults > 0);
    }

    [Fact]
    public void Whoever_followed_the_world_follows_on_and_hears_of_nothing_that_did_not_happen()
    {
        var world = SavedWorlds.Situations["plays many scenarios"](20, null);
        var events = new List<WorldEvent>();
        world.Observer = events.Add;
        var reloaded = world.Reloaded(Everything(world.Options));
        Assert.Empty(events);
        reloaded.Apply(new SetLoad(5));
        Assert.Equal(WorldEventKind.LoadChanged, Assert.Single(events).Kind);
    }

    /// <summary>Equal options none of whose lists is the same object, as a file that is read again makes them.</summary>
    private static WorldOptions Copied(WorldOptions options)
    {
        var labels = options.Telemetry.Labels;
        return options with
        {
            Models = [.. options.Models],
            Population = options.Population with
            {
                Segments = [.. options.Population.Segments.Select(segment => segment with { })],
                Terminals = [.. options.Population.Terminals],
                Languages = [.. options.Population.Languages],
            },
            Telemetry = options.Telemetry with
            {
                Labels = labels with { ResourceAttributes = [.. labels.ResourceAttributes.Select(attribute => (attribute.Name, (IReadOnlyList<string>)[.. attribute.Values]))] },
            },
        };
    }

    private static WorldOptions Everything(WorldOptions options) => options with
    {
        Models = [ModelOptions.FromInputOutput("new", 0.5, 1, 1), options.Models[2] with { Fraction = 0.5 }],
        Population = options.Population with
        {
            Segments = [new("x", 0.3, 0, 2, null, 100, 1), new("regular_users", 0.7, 1, 3, 0.9, 50, 0.1)],
            Organizations = 3,
            ApiKeyShare = 0.7,
        },
        Activity = new() { Brownian = new() { Dt = 1, UpperBound = 2.5, MeanReversion = 1 }, Burst = new() { Enabled = !options.Activity.Burst.Enabled } },
        Workload = new() { SessionsPerHour = 10, GiveUpsToFail = 1, MaxSession = TimeSpan.FromMinutes(3) },
        Backend = new() { Concurrency = 40, Retries = 0, Timeout = TimeSpan.FromSeconds(2) },
        Telemetry = new() { Labels = new() { UserType = false, Effort = true, ResourceAttributes = [("team", ["a", "b"])] } },
        AmbientFaults = options.AmbientFaults.Count > 0 ? [] : [new(new() { Type = FaultType.TotalOutage }, 0.5)],
        Scenarios = options.Scenarios.Where(scenario => scenario.Key == "brief").ToDictionary(StringComparer.Ordinal),
    };
}
