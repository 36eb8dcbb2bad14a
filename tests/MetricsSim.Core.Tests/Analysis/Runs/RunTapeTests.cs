using MetricsSim.Analysis.Runs;
using MetricsSim.Analysis.Truth;
using MetricsSim.Core.Engine;
using MetricsSim.Core.Faults;
using MetricsSim.Core.Scenarios;
using Xunit;

namespace MetricsSim.Core.Tests.Analysis.Runs;

/// <summary>A recording made while the world goes on is the recording of the player, and what it shows on the way is the run so far.</summary>
public sealed class RunTapeTests
{
    private static readonly WorldOptions Options = (TestWorlds.Flat(200) with { Backend = new() { Capacity = 24 } }).With(TestWorlds.Scenario(
        "s",
        1100,
        (0, new StartEvent(100, 1)),
        (300, new InjectFailureEvent(new FaultSpec { Type = FaultType.TotalOutage }, TimeSpan.FromSeconds(120))),
        (500, new IncreaseLoadEvent(20, null))));

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public void It_takes_down_every_sample_boundary_once(int sample)
    {
        var (world, tape) = Start(sample);
        Follow(world, tape, 1100 + 10);
        Assert.True(tape.IsFull);
        Assert.Equal((1100 + sample - 1) / sample, tape.Series.Count);
        var played = ScenarioPlayer.Play(Options, new StartSimulation("s")).Series;
        for (var boundary = 0; boundary <= tape.Series.Count; boundary++)
        {
            var second = Math.Min(boundary * sample, 1100);
            Assert.Equal(second, tape.Series.SecondsAt(boundary));
            Assert.Equal(
                (played.Requests[second], played.NanoUsd[second], played.Backlog[second], played.ActiveFaults[second]),
                (tape.Series.Requests[boundary], tape.Series.NanoUsd[boundary], tape.Series.Backlog[boundary], tape.Series.ActiveFaults[boundary]));
            Assert.Equal(second, tape.SeenAt[boundary]);
        }
    }

    [Fact]
    public void A_run_that_begins_later_counts_from_its_start()
    {
        var world = new World(Options);
        world.Step(50);
        var tape = new RunTape(50, 20, 3, Options.Tick);
        Follow(world, tape, 10);
        Assert.Equal((3, 9.0), (tape.SoFar().Count, tape.SoFar().Duration.TotalSeconds));
        Follow(world, tape, 30);
        Assert.Equal((7, 20.0), (tape.SoFar().Count, tape.SoFar().Duration.TotalSeconds));
    }

    [Fact]
    public void The_part_so_far_is_the_same_run_cut_short()
    {
        var (world, tape) = Start(1);
        Assert.Equal((0, TimeSpan.Zero), (tape.SoFar().Count, tape.SoFar().Duration));
        Follow(world, tape, 400);
        var part = tape.SoFar();
        Assert.Equal((400, 400.0), (part.Count, part.Whole.Seconds));
        var requests = part.Whole.Requests;
        Follow(world, tape, 200);
        Assert.Equal(requests, part.Whole.Requests);
        Assert.Equal(400, part.BoundaryAt(1000));
    }

    [Fact]
    public void The_ground_truth_of_a_run_that_goes_on_has_open_ends()
    {
        var (world, tape) = Start(1);
        Follow(world, tape, 380);
        var outage = Assert.Single(GroundTruth.Of(SoFar(tape, new RecordedFault(new FaultSpec { Type = FaultType.TotalOutage }, 300, null))));
        Assert.Equal(("total_outage", null), (outage.Kind, outage.End));
        Assert.Equal(Options.Start.AddSeconds(300), outage.Start);
        Assert.Contains(outage.Affected, symptom => symptom.Metric == "otel_claude_code_error_total");

        Follow(world, tape, 600);
        var ended = new RecordedFault(new FaultSpec { Type = FaultType.TotalOutage }, 300, 420);
        var truth = GroundTruth.Of(SoFar(tape, ended));
        Assert.Equal(["total_outage", "overload"], truth.Select(incident => incident.Kind));
        Assert.Equal((Options.Start.AddSeconds(420), (DateTimeOffset?)null), (truth[0].End, truth[1].End));
        // The wall clock of these tests shows the tick.
        Assert.Equal((truth[1].Start - Options.Start).TotalSeconds + 1, truth[1].WallStart!.Value.UtcTicks);

        Follow(world, tape, 200);
        var whole = GroundTruth.Of(SoFar(tape, ended) with { Ended = true });
        var played = GroundTruth.Of(ScenarioPlayer.Play(Options, new StartSimulation("s")));
        Assert.Equal(played.Select(Text), whole.Select(Text));
        Assert.NotNull(whole[1].WallEnd);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(13)]
    public void Overloads_are_the_same_however_far_apart_one_looks(int apart)
    {
        // Overloaded from 100 to 400, from 600 (a gap that counts as none) to 700, and from 1100 on.
        var run = HandMade.Run(1300, at => new Second { Attempts = at is (>= 100 and < 400) or (>= 600 and < 700) or >= 1100 ? 200 : 10 });
        var watch = new OverloadWatch(run.Series);
        var changes = new List<int>();
        for (var boundary = 0; boundary <= run.Series.Count; boundary += apart)
        {
            if (watch.Advance(boundary)) changes.Add(boundary);
        }

        watch.Advance(run.Series.Count);
        var once = new OverloadWatch(run.Series);
        once.Advance(run.Series.Count);
        Assert.Equal(once.Found, watch.Found);
        Assert.Equal(2, watch.Found.Count);
        Assert.Equal((false, true), (watch.GoesOn(0), watch.GoesOn(1)));
        Assert.Equal(3, changes.Count);
    }

    private static string Text(Incident incident) =>
        $"{incident.Id} {incident.Kind} {incident.Start:O} {incident.End:O} {string.Join(';', incident.Affected)}";

    private static (World World, RunTape Tape) Start(int sample)
    {
        var world = new World(Options);
        Assert.True(world.Apply(new StartSimulation("s")).Applied);
        var tape = new RunTape(0, 1100, sample, Options.Tick);
        Follow(world, tape, 0);
        return (world, tape);
    }

    private static void Follow(World world, RunTape tape, int ticks)
    {
        var reading = new WorldReading();
        for (var i = 0; i <= ticks; i++)
        {
            if (i > 0) world.Step();
            if (!tape.IsDue(world.Tick)) continue;
            world.Read(reading);
            tape.Record(reading, 0, world.Tick);
        }
    }

    private static RecordedRun SoFar(RunTape tape, params RecordedFault[] faults)
    {
        var played = ScenarioPlayer.Play(Options, new StartSimulation("s"));
        return played with { Series = tape.SoFar(), Faults = faults, SeenAt = tape.SeenAt, Ended = false };
    }
}
