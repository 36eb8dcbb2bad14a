using MetricsSim.Core.Engine;
using MetricsSim.Core.Faults;
using MetricsSim.Core.Scenarios;
using MetricsSim.Core.Series;
using Xunit;

namespace MetricsSim.Core.Tests.Engine;

/// <summary>Invariants 2 to 4 of docs/architecture.md: a scrape is a read, randomness is keyed, the same inputs give the same cells.</summary>
public sealed class DeterminismTests
{
    /// <summary>
    /// The default world at seed 7 after an hour, all cells. Made on linux-x64; a change of this value is a change of every user's data,
    /// and belongs in the changelog.
    /// </summary>
    private const string Golden = "aef8a76ecc394218ba414729b3939fd988529af4cf26117524c87ea1ac438ce3";

    private static readonly Scenario Stormy = TestWorlds.Scenario(
        "stormy",
        600,
        (0, new StartEvent(80, 1.5)),
        (60, new IncreaseLoadEvent(3, null)),
        (120, new BurstLoadEvent(2, TimeSpan.FromSeconds(60))),
        (150, new InjectFailureEvent(new FaultSpec { Type = FaultType.ModelOutage, AffectedPercentage = 40 }, TimeSpan.FromSeconds(120))),
        (300, new InjectFailureEvent(new FaultSpec { Type = FaultType.TotalOutage }, TimeSpan.FromSeconds(60))),
        (370, Fault(FaultType.AuthenticationFailures, 50)),
        (380, Fault(FaultType.RateLimiting, 20)),
        (390, Fault(FaultType.NetworkLatency, 50)),
        (395, Fault(FaultType.CascadeFailure, 20)),
        (400, new GrowthSimulationEvent(2)),
        (500, new RecoveryEvent()));

    [Fact]
    public void The_same_inputs_give_the_same_cells_and_always_did()
    {
        var first = Play(TestWorlds.Options(100, 7), 3600);
        AssertSame(first, Play(TestWorlds.Options(100, 7), 3600));
        var hash = SnapshotView.Of(new World(TestWorlds.Options(100, 7)).StepSeconds(3600)).Hash();
        Assert.True(hash == Golden, $"the default world at seed 7 has changed: its hash is {hash}");
    }

    [Fact]
    public void Another_seed_gives_other_cells() =>
        Assert.NotEqual(Play(TestWorlds.Options(50, 7), 300).Hash(), Play(TestWorlds.Options(50, 8), 300).Hash());

    /// <summary>3 300 users are four blocks.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Lanes_decide_nothing(bool userLabels)
    {
        var options = TestWorlds.Options(3300, 7);
        if (!userLabels) options = options with { Telemetry = new() { Labels = new() { UserId = false, OrganizationId = false } } };
        var serial = Play(options, 400);
        AssertSame(serial, Play(options, 400, new ThreadedLanes(2)));
        AssertSame(serial, Play(options, 400, new ThreadedLanes(4)));
        AssertSame(serial, Play(options, 400, new ReversedLanes(3)));
        AssertSame(serial, Play(options, 400, new ReversedLanes(7)));
    }

    [Theory]
    [InlineData(101)]
    [InlineData(3000)]
    public void More_users_change_no_other_user(int total)
    {
        var few = Play(TestWorlds.Options(100, 7), 500);
        var many = Play(TestWorlds.Options(total, 7), 500);
        foreach (var family in few.Snapshot.Layout.Families.Where(family => family.Rows is Core.Population.UserRows))
        {
            var rows = many.Rows(family.Name);
            var compared = few.Rows(family.Name);
            Assert.Equal(100, compared.Count);
            Assert.Equal(total, rows.Count);
            foreach (var (labels, cells) in compared) Assert.Equal(cells, rows[labels]);
        }
    }

    [Fact]
    public void Snapshots_and_status_change_nothing()
    {
        var untouched = Play(TestWorlds.Options(100, 7), 500);
        var world = Start(TestWorlds.Options(100, 7));
        var snapshot = new Snapshot(world.Layout);
        for (var tick = 0; tick < 500; tick++)
        {
            world.CopyTo(snapshot);
            _ = world.Status();
            world.Step();
        }

        AssertSame(untouched, SnapshotView.Of(world));
    }

    [Fact]
    public void A_reused_snapshot_equals_a_fresh_one()
    {
        var world = Start(TestWorlds.Options(100, 7));
        var reused = new Snapshot(world.Layout);
        for (var minute = 0; minute < 8; minute++)
        {
            world.Step(60);
            world.CopyTo(reused);
        }

        AssertSame(SnapshotView.Of(world), new SnapshotView(reused));
        Assert.Throws<ArgumentException>(() => world.CopyTo(new Snapshot(new World(world.Options).Layout)));
    }

    [Fact]
    public void Tick_by_tick_equals_one_jump()
    {
        var world = Start(TestWorlds.Options(100, 7));
        for (var tick = 0; tick < 700; tick++) world.Step();
        AssertSame(Play(TestWorlds.Options(100, 7), 700), SnapshotView.Of(world));
    }

    [Fact]
    public void Counters_never_fall()
    {
        var world = Start(TestWorlds.Options(200, 7));
        var (before, now) = (new Snapshot(world.Layout), new Snapshot(world.Layout));
        world.CopyTo(before);
        for (var step = 0; step < 130; step++)
        {
            world.Step(7);
            world.CopyTo(now);
            for (var i = 0; i < now.Columns.Length; i++)
            {
                if (now.Layout.Families[i].Type is not (MetricType.Counter or MetricType.Histogram)) continue;
                for (var cell = 0; cell < now.Columns[i].Length; cell++)
                {
                    if (now.Columns[i][cell] < before.Columns[i][cell]) Assert.Fail($"{now.Layout.Families[i].Name} fell at tick {world.Tick}");
                }
            }

            (before, now) = (now, before);
        }
    }

    [Fact]
    public void A_snapshot_says_its_time()
    {
        var world = new World(TestWorlds.Options(5)).StepSeconds(90);
        var snapshot = SnapshotView.Of(world).Snapshot;
        Assert.Equal(90, snapshot.Tick);
        Assert.Equal(new DateTimeOffset(2026, 1, 5, 10, 1, 30, TimeSpan.Zero), world.Now);
        Assert.Equal(world.Now.ToUnixTimeMilliseconds(), snapshot.UnixMilliseconds);
        Assert.Equal(world.Options.Start.ToUnixTimeMilliseconds(), snapshot.CreatedUnixMilliseconds);
    }

    private static InjectFailureEvent Fault(FaultType type, double percentage) => new(
        new FaultSpec
        {
            Type = type, AffectedPercentage = percentage, MinDelayMilliseconds = 10, MaxDelayMilliseconds = 900, RetryAfter = TimeSpan.FromSeconds(7),
        },
        TimeSpan.FromSeconds(90));

    private static World Start(WorldOptions options, ILanes? lanes = null)
    {
        var world = new World(options.With(Stormy), lanes);
        world.Step(100);
        Assert.True(world.Apply(new StartSimulation("stormy")).Applied);
        return world;
    }

    private static SnapshotView Play(WorldOptions options, int seconds, ILanes? lanes = null)
    {
        var world = Start(options, lanes);
        world.Step(seconds);
        return SnapshotView.Of(world);
    }

    private static void AssertSame(SnapshotView expected, SnapshotView actual)
    {
        Assert.Equal(expected.Snapshot.Tick, actual.Snapshot.Tick);
        for (var i = 0; i < expected.Snapshot.Columns.Length; i++) Assert.Equal(expected.Snapshot.Columns[i], actual.Snapshot.Columns[i]);
    }
}
