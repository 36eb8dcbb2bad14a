using MetricsSim.Core.Engine;
using MetricsSim.Core.Series;
using MetricsSim.Core.Tests.Series;
using Xunit;

namespace MetricsSim.Core.Tests.Checkpoints;

/// <summary>Series of sessions under other options.</summary>
public sealed class SessionReloadTests
{
    private const string Tokens = "otel_claude_code_token_usage_tokens";

    [Fact]
    public void They_go_on_with_their_values_for_the_models_that_stay()
    {
        var world = new World(TestWorlds.Flat(200).BySession()).StepSeconds(1800);
        var reloaded = world.Reloaded(world.Options with { Models = [.. world.Options.Models.Reverse().Take(2)] });
        Assert.Equal(world.SessionIds(), reloaded.SessionIds());
        Assert.Equal(world.SessionRowsCreated, reloaded.SessionRowsCreated);
        var (before, after) = (Values(world), Values(reloaded));
        Assert.True(after.Values.Count(value => value > 0) > 100, "some have tokens");
        Assert.All(after, series => Assert.Equal(before[series.Key], series.Value));
        Assert.Equal(before.Count, after.Count * 3 / 2);
    }

    [Fact]
    public void They_begin_when_the_label_comes_and_those_of_users_when_it_goes()
    {
        var world = new World(TestWorlds.Flat(200)).StepSeconds(1800);
        var by = world.Reloaded(world.Options.BySession(60));
        Assert.InRange(by.SessionRows, by.Status().ActiveSessions, by.Status().ActiveSessions + by.Blocks.Sum(block => block.InFlight));
        Assert.Equal(0, by.Sum(Tokens));
        by.StepSeconds(300);
        Assert.True(by.Sum(Tokens) > 0);
        Assert.Equal(SavedWorlds.Seen(by), SavedWorlds.Seen(SavedWorlds.Restored(by.Options, SavedWorlds.Saved(by))));
        var back = by.Reloaded(world.Options);
        Assert.Equal(0, back.Sum(Tokens));
        Assert.Equal(0, back.SessionRows);
        back.StepSeconds(60);
        Assert.True(back.Sum(Tokens) > 0);
    }

    [Fact]
    public void With_another_user_label_they_are_others_and_begin_at_0()
    {
        var world = new World(TestWorlds.Flat(200).BySession()).StepSeconds(1800);
        var labels = world.Options.Telemetry.Labels with { AppVersion = true };
        var reloaded = world.Reloaded(world.Options with { Telemetry = world.Options.Telemetry with { Labels = labels } });
        Assert.Equal(world.SessionIds(), reloaded.SessionIds());
        Assert.Equal(0, reloaded.Sum(Tokens));
    }

    [Fact]
    public void A_state_in_which_most_of_them_are_gone_can_be_restored()
    {
        var world = new World(TestWorlds.Homogeneous(200).BySession(10));
        Assert.True(world.Apply(new SetLoad(5)).Applied);
        world.StepSeconds(900);
        var most = world.SessionRows;
        Assert.True(world.Apply(new SetLoad(0)).Applied);
        world.StepSeconds(7200);
        Assert.InRange(world.SessionRows, 0, most / 20);
        Assert.Equal(SavedWorlds.Seen(world), SavedWorlds.Seen(SavedWorlds.Restored(world.Options, SavedWorlds.Saved(world))));
    }

    [Fact]
    public void A_state_without_them_is_of_another_world()
    {
        var options = TestWorlds.Options(20);
        var refusal = Assert.Throws<InvalidDataException>(() => SavedWorlds.Restored(options.BySession(), SavedWorlds.Saved(new World(options))));
        Assert.Contains("otel_claude_code_session_count by session", refusal.Message, StringComparison.Ordinal);
    }

    private static Dictionary<string, long> Values(World world) => SnapshotView.Of(world).Series(Tokens).ToDictionary(
        series => $"{series.Labels["session_id"]} {series.Labels["model"]} {series.Labels["type"]}", series => series.Cells[0], StringComparer.Ordinal);
}
