using MetricsSim.Core.Checkpoints;
using MetricsSim.Core.Engine;
using MetricsSim.Core.Faults;
using MetricsSim.Core.Scenarios;
using MetricsSim.Hosting.Runs;
using MetricsSim.Reports;
using MetricsSim.Tests.Support;
using Xunit;

namespace MetricsSim.Tests.Hosting.Runs;

/// <summary>What goes on from a saved state says at the end what it would have said without a break.</summary>
public sealed class LiveRunsStateTests
{
    private static readonly DateTimeOffset Wall = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    private static WorldOptions Options { get; } = TestScenarios.Config(100).World with
    {
        Backend = new() { Capacity = 14 },
        Scenarios = new Dictionary<string, Scenario>(StringComparer.Ordinal)
        {
            ["s"] = new()
            {
                Id = "s",
                Name = "s",
                Duration = TimeSpan.FromSeconds(1500),
                Timeline =
                [
                    new(TimeSpan.FromSeconds(300), new InjectFailureEvent(new FaultSpec { Type = FaultType.TotalOutage }, TimeSpan.FromSeconds(120)), ""),
                    new(TimeSpan.FromSeconds(700), new IncreaseLoadEvent(20, null), ""),
                ],
                Assertions =
                [
                    new("error_rate", "< 0.5", Comparison.Less, 0.5, null),
                    new("recovery_time", "< 300", Comparison.Less, 300, null),
                    new("data_loss", "= 0", Comparison.Equal, 0, null),
                ],
            },
        },
    };

    [Theory]
    [InlineData(0)]
    [InlineData(350)]
    [InlineData(1100)]
    [InlineData(1650)]
    [InlineData(2900)]
    public void It_makes_no_difference_that_it_was_saved_and_restored(int at)
    {
        string Play(bool broken)
        {
            var clock = new ManualTimeProvider(Wall);
            var world = new World(Options);
            var runs = new LiveRuns(world, clock);
            world.Observer = runs.Hear;
            for (int second = 0; second <= 3000; second++)
            {
                WorldCommand? due = second switch
                {
                    0 or 100 => new StartSimulation("s") { Compress = second == 0 ? 1 : 2 },
                    200 => new AddFault(new FaultSpec { Type = FaultType.ModelOutage, AffectedPercentage = 40 }, TimeSpan.FromSeconds(300)),
                    1000 => new AddFault(new FaultSpec { Type = FaultType.RateLimiting, AffectedPercentage = 40 }, null),
                    _ => null,
                };
                if (due is not null) runs.Applied(world, due, world.Apply(due));
                if (broken && second == at) (world, runs) = SavedAndRestored(world, runs, clock);
                if (second == 1600) runs.JudgeEnded();
                clock.Advance(TimeSpan.FromSeconds(1));
                world.Step();
                runs.Stepped(world);
            }

            runs.JudgeEnded();
            runs.SettleLoose();
            var judgements = world.Status().Simulations.Select(one => runs.JudgementOf(one.SimulationId, soFar: true)!);
            return TruthJson.Of(runs.Truth()).ToJsonString() +
                string.Join('\n', judgements.Select(one => $"{one.Over} {string.Join(';', one.Verdicts)} {TruthJson.Of(one.Truth).ToJsonString()}"));
        }

        string whole = Play(broken: false);
        Assert.Contains("overload", whole, StringComparison.Ordinal);
        Assert.Contains("rate_limiting", whole, StringComparison.Ordinal);
        Assert.Equal(whole, Play(broken: true));
    }

    [Fact]
    public void Nothing_saved_is_a_fresh_start_and_a_part_is_refused()
    {
        var clock = new ManualTimeProvider(Wall);
        var world = new World(Options);
        Assert.Empty(LiveRuns.Restore(world, clock, new MemoryStream()).Truth());
        var saved = new MemoryStream();
        new LiveRuns(world, clock).Save(saved);
        byte[] bytes = saved.ToArray();
        foreach (int length in new[] { 2, 30, bytes.Length - 1 })
            Assert.Throws<InvalidDataException>(() => LiveRuns.Restore(world, clock, new MemoryStream(bytes[..length])));
    }

    private static (World World, LiveRuns Runs) SavedAndRestored(World world, LiveRuns runs, TimeProvider clock)
    {
        var state = new MemoryStream();
        var recorded = new MemoryStream();
        world.Save(new StateWriter(state));
        runs.Save(recorded);
        state.Position = recorded.Position = 0;
        var restored = World.Restore(Options, new StateReader(state));
        var again = LiveRuns.Restore(restored, clock, recorded);
        restored.Observer = again.Hear;
        return (restored, again);
    }
}
