using MetricsSim.Core.Engine;
using MetricsSim.Core.Scenarios;
using Xunit;

namespace MetricsSim.Core.Tests.Scenarios;

/// <summary>Load, growth and bursts multiply arrivals; the enabled share takes users away. Each window is a Poisson count.</summary>
public sealed class LoadTests
{
    private const int Users = 2000;
    private const double PerHour = Users * 2.0;

    [Fact]
    public void Load_scales_arrivals_by_the_multiplier()
    {
        var world = Started(
            (1800, new IncreaseLoadEvent(3, null)),
            (3600, new IncreaseLoadEvent(10, null)),
            (4500, new BurstLoadEvent(2, TimeSpan.FromSeconds(600))),
            (5400, new RecoveryEvent()),
            (7200, new GrowthSimulationEvent(1.5)));
        AssertRates(world, (1800, 1), (3600, 3), (4500, 10), (5100, 20), (5400, 10), (7200, 1), (9000, 1.5), (10_800, 1));
    }

    [Fact]
    public void Load_zero_stops_arrivals()
    {
        var world = Started((0, new IncreaseLoadEvent(0, null)), (3600, new IncreaseLoadEvent(1, null)));
        world.StepSeconds(3600);
        Assert.Equal(0, world.Started());
        AssertRates(world, (5400, 1));
    }

    [Fact]
    public void Only_enabled_users_start_sessions_and_a_larger_share_contains_the_smaller()
    {
        var world = Started((0, new StartEvent(10, null)), (3600, new IncreaseLoadEvent(null, 50)), (7200, new IncreaseLoadEvent(null, 100)));
        var tenth = Counts(world.StepSeconds(3600));
        Statistics.AssertPoisson(PerHour * 0.1, tenth.Sum());
        var half = Counts(world.StepSeconds(3600)).Zip(tenth, (now, before) => now - before).ToArray();
        Statistics.AssertPoisson(PerHour * 0.5, half.Sum());
        var enabled = EnabledUsers(world, 0.1);
        Assert.All(Enumerable.Range(0, Users), user => Assert.True(tenth[user] == 0 || enabled.Contains(user)));
        var enabledNow = EnabledUsers(world, 0.5);
        Assert.Superset(enabled, enabledNow);
        Assert.All(Enumerable.Range(0, Users), user => Assert.True(half[user] == 0 || enabledNow.Contains(user)));
        Statistics.AssertPoisson(enabled.Count * 2, enabled.Sum(user => half[user]), "sessions of those enabled first");
        AssertRates(world, (9000, 1));
    }

    private static HashSet<int> EnabledUsers(World world, double share)
    {
        var directory = new Core.Population.UserDirectory(world.Options.Population, new(world.Options.Seed));
        return [.. Enumerable.Range(0, Users).Where(user => directory.EnabledFrom(user) < share)];
    }

    private static long[] Counts(World world) =>
        [.. SnapshotView.Of(world).Series("otel_claude_code_session_count").Select(series => series.Cells[0])];

    private static World Started(params (double At, ScenarioEvent Event)[] timeline)
    {
        var options = TestWorlds.Homogeneous(Users).WithoutRequests().With(TestWorlds.Scenario("s", 9000, timeline));
        var world = new World(options with { Tick = TimeSpan.FromSeconds(5) });
        Assert.True(world.Apply(new StartSimulation("s")).Applied);
        return world;
    }

    private static void AssertRates(World world, params (double Until, double Factor)[] windows)
    {
        foreach (var (until, factor) in windows)
        {
            var from = (world.Now - world.Options.Start).TotalSeconds;
            var before = world.Started();
            world.StepSeconds(until - from);
            Statistics.AssertPoisson(PerHour * factor * (until - from) / 3600, world.Started() - before, $"sessions from {from} to {until} s");
        }
    }
}
