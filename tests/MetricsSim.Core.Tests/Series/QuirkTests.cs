using MetricsSim.Core.Engine;
using MetricsSim.Core.Tests.Checkpoints;
using Xunit;

namespace MetricsSim.Core.Tests.Series;

/// <summary>Oddities of the real stream: what is published of a world that they leave alone.</summary>
public sealed class QuirkTests
{
    private const string Commits = "otel_claude_code_commit_count";
    private const string Tokens = "otel_claude_code_token_usage_tokens";
    private const string Cost = "otel_claude_code_cost_usage_USD";
    private const string ToolUsage = "otel_claude_code_tool_usage";
    private const string Decisions = "otel_claude_code_code_edit_tool_decision";
    private const string ActiveTime = "otel_claude_code_active_time_seconds";
    private const string Errors = "otel_claude_code_error";

    private static readonly QuirkOptions All = new() { CounterFallback = true, NonzeroStart = true, LostAttributes = true, OldNames = true };
    private static readonly LabelOptions Versions = new() { AppVersion = true, QuerySource = true };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_world_is_the_same_with_them(bool bySession)
    {
        var labels = Versions with { SessionId = bySession };
        var (with, without) = (Play(All, labels), Play(new(), labels));
        Assert.Equal(without.Status() with { Simulations = [], Faults = [] }, with.Status() with { Simulations = [], Faults = [] });
        var (page, plain) = (SnapshotView.Of(with), SnapshotView.Of(without));
        foreach (var family in with.Layout.Families.Where(family => !family.Name.StartsWith("otel_", StringComparison.Ordinal)))
            Assert.Equal(plain.Rows(family.Name), page.Rows(family.Name));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_counter_that_falls_back_shows_half_for_a_minute_and_else_the_truth(bool bySession)
    {
        var labels = Versions with { SessionId = bySession };
        var (with, without) = (new World(Options(new() { CounterFallback = true }, labels)), new World(Options(new(), labels)));
        var (down, up, most) = (0, 0, new Dictionary<string, (long Since, long For)>(StringComparer.Ordinal));
        for (var minute = 0; minute < 60; minute++)
        {
            for (var part = 0; part < 6; part++)
            {
                with.StepSeconds(10);
                without.StepSeconds(10);
                var truth = Cells(without, ActiveTime);
                foreach (var (series, shown) in Cells(with, ActiveTime))
                {
                    if (truth[series] < 2) continue;
                    var isDown = shown != truth[series];
                    if (isDown) Assert.Equal((truth[series] + 1) / 2, shown);
                    (down, up) = isDown ? (down + 1, up) : (down, up + 1);
                    var before = most.GetValueOrDefault(series);
                    most[series] = isDown ? (before.Since == with.Tick - 10 ? (with.Tick, before.For + 10) : (with.Tick, 10)) : before;
                    Assert.InRange(most[series].For, 0, 60);
                }
            }
        }

        // One minute in ten, for one client in five.
        Assert.InRange((double)down / (down + up), 0.01, 0.03);
    }

    [Fact]
    public void A_session_begins_on_the_page_with_its_first_export()
    {
        // Some of them end within a minute.
        var options = TestWorlds.Homogeneous(60) with { Population = new() { Total = 60, Segments = [TestWorlds.OneSegment(90, 0.6)] } };
        var (with, without) = (
            new World(options with { Telemetry = new() { Labels = new() { SessionId = true }, Quirks = new() { NonzeroStart = true } } }),
            new World(options with { Telemetry = new() { Labels = new() { SessionId = true } } }));
        var (since, late, early) = (new Dictionary<string, long>(StringComparer.Ordinal), 0, 0);
        for (var second = 0; second < 900; second++)
        {
            var (shown, there) = (with.SessionIds().ToHashSet(StringComparer.Ordinal), without.SessionIds());
            Assert.True(shown.IsSubsetOf(there));
            foreach (var id in there)
            {
                since.TryAdd(id, with.Tick);
                if (second < 61 || shown.Contains(id)) continue;
                Assert.InRange(with.Tick - since[id], 0, 60);
                late++;
            }

            early += shown.Count(id => with.Tick - since[id] is > 0 and < 59 && since[id] > 0);
            with.Step();
            without.Step();
        }

        Assert.True(late > 300, $"{late}");
        Assert.True(early > 0, "Sessions that end sooner export at their end.");
        Assert.All(with.OfUsers(), family => Assert.True(family.HideUntouched));
        Assert.All(with.Layout.Families.Where(family => family.Name.StartsWith("gen_ai", StringComparison.Ordinal)), family => Assert.False(family.HideUntouched));
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(true, true)]
    [InlineData(false, false)]
    public void A_version_loses_its_cost_and_query_source(bool byUser, bool bySession)
    {
        var labels = Versions with { UserId = byUser, SessionId = bySession };
        var (page, plain) = (SnapshotView.Of(Play(new() { LostAttributes = true }, labels)), SnapshotView.Of(Play(new(), labels)));
        Assert.Equal(["2.0.42", "2.0.50"], Values(page, Cost, "app_version"));
        Assert.Equal(["2.0.42", "2.0.47", "2.0.50"], Values(page, Tokens, "app_version"));
        Assert.Equal(plain.Series(Cost).Where(series => series.Labels["app_version"] != "2.0.47").Sum(series => series.Cells[0]), page.Series(Cost).Sum(series => series.Cells[0]));

        var lost = page.Series(Tokens).Where(series => series.Labels["app_version"] == "2.0.47").ToList();
        Assert.All(lost, series => Assert.Equal("", series.Labels["query_source"]));
        Assert.Equal(Sums(plain, "2.0.47"), Sums(page, "2.0.47"));
        Assert.Equal(["auxiliary", "main", "subagent"], page.Series(Tokens).Where(series => series.Labels["app_version"] == "2.0.50").Select(series => series.Labels["query_source"]).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(Sums(plain, "2.0.50"), Sums(page, "2.0.50"));
        Assert.Equal(page.Series(Tokens).Count(), page.Series(Tokens).Select(series => string.Join(',', series.Labels)).Distinct().Count());

        static SortedDictionary<string, long> Sums(SnapshotView view, string version)
        {
            var sums = new SortedDictionary<string, long>(StringComparer.Ordinal);
            foreach (var (labels, cells) in view.Series(Tokens).Where(series => series.Labels["app_version"] == version))
            {
                var key = string.Join(',', labels.Where(label => label.Key != "query_source").Select(label => label.Value));
                sums[key] = sums.GetValueOrDefault(key) + cells[0];
            }

            return sums;
        }
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(true, true)]
    [InlineData(false, false)]
    public void An_old_version_has_old_names(bool byUser, bool bySession)
    {
        var labels = Versions with { UserId = byUser, SessionId = bySession };
        var (page, plain) = (SnapshotView.Of(Play(new() { OldNames = true }, labels)), SnapshotView.Of(Play(new(), labels)));
        foreach (var family in new[] { ToolUsage, Decisions, Errors })
        {
            Assert.All(page.Series(family), series => Assert.Equal(series.Labels["app_version"] == "2.0.42", series.Labels.ContainsKey("tool") && !series.Labels.ContainsKey("tool_name")));
            Assert.All(page.Series(family), series => Assert.NotEqual(series.Labels["app_version"] == "2.0.42" ? "Edit" : "MultiEdit", series.Labels.GetValueOrDefault("tool") ?? series.Labels["tool_name"]));
            // Under today's names they are the same series with the same values.
            Assert.Equal(Renamed(plain, family), Renamed(page, family));
        }

        Assert.True(page.Series(Decisions).Where(series => series.Labels.GetValueOrDefault("tool") == "MultiEdit").Sum(series => series.Cells[0]) > 0);

        static SortedDictionary<string, long> Renamed(SnapshotView view, string family) => new(
            view.Series(family).ToDictionary(
                series => string.Join(',', series.Labels.Select(label => label.Key is "tool" ? $"tool_name={(label.Value == "MultiEdit" ? "Edit" : label.Value)}" : $"{label.Key}={label.Value}")),
                series => series.Cells[0]),
            StringComparer.Ordinal);
    }

    [Fact]
    public void Gaps_hide_rows_of_families_that_versions_tell_differently()
    {
        var world = Play(All, Versions);
        Assert.True(world.Apply(new AddFault(new() { Type = Core.Faults.FaultType.SeriesGap, AffectedPercentage = 40 }, null)).Applied);
        var page = SnapshotView.Of(world);
        var users = Values(page, Commits, "user_id");
        Assert.InRange(users.Count, 10, 50);
        Assert.Equal(users, Values(page, ToolUsage, "user_id"));
        Assert.True(Values(page, Cost, "user_id").ToHashSet().IsProperSubsetOf(users));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_restored_world_shows_them_as_the_saved_one_does(bool bySession)
    {
        var world = Play(All, Versions with { SessionId = bySession });
        var restored = SavedWorlds.Restored(world.Options, SavedWorlds.Saved(world));
        for (var i = 0; i < 5; i++) Assert.Equal(SavedWorlds.Seen(world.StepSeconds(20)), SavedWorlds.Seen(restored.StepSeconds(20)));
        Assert.Equal(SavedWorlds.Saved(world), SavedWorlds.Saved(restored));
    }

    [Fact]
    public void They_can_come_and_go_while_a_world_runs()
    {
        var world = Play(new(), Versions);
        var quirky = world.Reloaded(world.Options with { Telemetry = world.Options.Telemetry with { Quirks = All } });
        var back = quirky.StepSeconds(1).Reloaded(world.Options);
        world.StepSeconds(1);
        Assert.Equal(Cells(world, Tokens), Cells(back, Tokens));
        Assert.Equal(Cells(world, ToolUsage), Cells(back, ToolUsage));
    }

    private static WorldOptions Options(QuirkOptions quirks, LabelOptions labels) =>
        TestWorlds.Flat(60) with { Telemetry = new() { Quirks = quirks, Labels = labels } };

    private static World Play(QuirkOptions quirks, LabelOptions labels) => new World(Options(quirks, labels)).StepSeconds(3600);

    private static SortedDictionary<string, long> Cells(World world, string family) => new(
        SnapshotView.Of(world).Series(family).ToDictionary(series => string.Join(',', series.Labels), series => series.Cells[0], StringComparer.Ordinal), StringComparer.Ordinal);

    private static List<string> Values(SnapshotView page, string family, string label) =>
        [.. page.Series(family).Select(series => series.Labels[label]).Distinct().Order(StringComparer.Ordinal)];
}
