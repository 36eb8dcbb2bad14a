using MetricsSim.Core.Checkpoints;
using MetricsSim.Core.Engine;
using Xunit;

namespace MetricsSim.Core.Tests.Checkpoints;

/// <summary>A restored world is the saved one: what follows is the same, byte for byte and id for id.</summary>
public sealed class RestoreTests
{
    public static TheoryData<string> Situations => [.. SavedWorlds.Situations.Keys];

    /// <summary>3 000 users are three blocks.</summary>
    [Theory]
    [MemberData(nameof(Situations))]
    public void A_restored_world_goes_on_as_the_saved_one_does(string situation)
    {
        var make = SavedWorlds.Situations[situation];
        foreach (var (before, after, ticks) in new (ILanes?, ILanes?, int)[] { (null, new ReversedLanes(3), 600), (new ThreadedLanes(3), null, 60) })
        {
            var world = make(3000, before);
            var state = SavedWorlds.Saved(world);
            var restored = SavedWorlds.Restored(world.Options, state, after);
            Assert.Equal(state, SavedWorlds.Saved(restored));
            Assert.Equal(SavedWorlds.GoOn(world, ticks), SavedWorlds.GoOn(restored, ticks));
            Assert.Equal(SavedWorlds.Saved(world), SavedWorlds.Saved(restored));
        }
    }

    [Fact]
    public void The_situations_are_what_they_are_called()
    {
        var overload = SavedWorlds.Situations["is overloaded and retries"](300, null);
        Assert.True(overload.Backend.Backlog > 0 && overload.Blocks.Sum(block => block.InFlight) > 100, "a backlog and retries");
        Assert.Equal(double.PositiveInfinity, SavedWorlds.Situations["has no capacity"](300, null).Backend.Wait);
        var many = SavedWorlds.Situations["plays many scenarios"](300, null).Status();
        Assert.Equal([2, 1], many.Simulations.GroupBy(simulation => simulation.State).Select(group => group.Count()));
        Assert.True(many.Faults.Count > 3, $"{many.Faults.Count} faults");
        var nonsense = SavedWorlds.Situations["publishes nonsense"](300, null);
        var page = SnapshotView.Of(nonsense).Snapshot;
        Assert.True(page is { ExporterDown: true, Live: var rows } && rows.Any(buffer => buffer?.Count > 150), "series of two explosions");
        Assert.True(page.Hidden.Any(hidden => hidden?.Count > 50) && page.CreatedUnixMilliseconds > nonsense.Options.Start.ToUnixTimeMilliseconds());
        var ambient = SavedWorlds.Situations["has ambient faults"](300, null).Status();
        Assert.True(ambient.ActiveFaults > 0 && ambient.Faults.All(fault => fault.Ambient), "only ambient faults");
    }

    [Fact]
    public void The_state_does_not_tell_how_many_lanes_there_were() => Assert.Equal(
        SavedWorlds.Saved(SavedWorlds.Situations["has no user labels"](3000, null)),
        SavedWorlds.Saved(SavedWorlds.Situations["has no user labels"](3000, new ReversedLanes(3))));

    [Fact]
    public void Saving_changes_nothing()
    {
        var make = SavedWorlds.Situations["plays many scenarios"];
        var (saved, other) = (make(300, null), make(300, null));
        for (var i = 0; i < 50; i++)
        {
            SavedWorlds.Saved(saved);
            saved.Step();
        }

        other.Step(50);
        Assert.Equal(SavedWorlds.Seen(other), SavedWorlds.Seen(saved));
    }

    [Fact]
    public void A_state_has_its_own_end_in_a_stream()
    {
        var (first, second) = (new World(TestWorlds.Options(20)).StepSeconds(30), new World(TestWorlds.Options(30)).StepSeconds(60));
        using var stream = new MemoryStream();
        var writer = new StateWriter(stream);
        first.Save(writer);
        second.Save(writer);
        stream.WriteByte(7);
        stream.Position = 0;
        var reader = new StateReader(stream);
        Assert.Equal(SavedWorlds.Seen(first), SavedWorlds.Seen(World.Restore(first.Options, reader)));
        Assert.Equal(SavedWorlds.Seen(second), SavedWorlds.Seen(World.Restore(second.Options, reader)));
        Assert.Equal(7, stream.ReadByte());
    }

    [Theory]
    [InlineData("seed is 42, that of the options is 43")]
    [InlineData("number of users is 20, that of the options is 21")]
    [InlineData("tick is 00:00:01, that of the options is 00:00:02")]
    [InlineData("start is 01/05/2026 10:00:00 +00:00, that of the options is 01/06/2026 10:00:00 +00:00")]
    [InlineData("models are claude-opus-4-5-20251101, claude-sonnet-4-5-20250929, claude-haiku-4-5-20251001, those of the options are one")]
    [InlineData("segments are power_users, regular_users, idle_users, those of the options are all_users")]
    [InlineData("metrics are otel_claude_code_session_count, ")]
    public void A_state_of_another_world_is_refused(string difference)
    {
        var saved = TestWorlds.Options(20);
        var options = difference.Split(' ')[0] switch
        {
            "seed" => saved with { Seed = 43 },
            "number" => TestWorlds.Options(21),
            "tick" => saved with { Tick = TimeSpan.FromSeconds(2) },
            "start" => saved with { Start = saved.Start.AddDays(1) },
            "models" => saved with { Models = [ModelOptions.FromInputOutput("one", 1, 1, 1)] },
            "segments" => saved with { Population = saved.Population with { Segments = [TestWorlds.OneSegment(600, 0.6)] } },
            _ => saved with { Telemetry = new() { Namespace = "" } },
        };
        var refusal = Assert.Throws<InvalidDataException>(() => SavedWorlds.Restored(options, SavedWorlds.Saved(new World(saved))));
        Assert.StartsWith("the saved state is of another world: its " + difference, refusal.Message, StringComparison.Ordinal);
    }
}
