using System.Text.Json;
using System.Text.Json.Serialization;
using MetricsSim.Core.Checkpoints;
using MetricsSim.Core.Engine;
using MetricsSim.Core.Faults;
using MetricsSim.Core.Scenarios;
using MetricsSim.Core.Series;
using MetricsSim.Core.Tests.Groups;

namespace MetricsSim.Core.Tests.Checkpoints;

/// <summary>Worlds in the situations in which a checkpoint may find them, and what is compared of two of them.</summary>
internal static class SavedWorlds
{
    private static readonly JsonSerializerOptions Lenient = new() { IncludeFields = true, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    private static readonly FaultSpec Outage = new() { Type = FaultType.ModelOutage, AffectedPercentage = 50 };

    private static readonly Scenario Rush = TestWorlds.Scenario(
        "rush",
        1500,
        (0, new StartEvent(70, 2)),
        (60, new BurstLoadEvent(3, TimeSpan.FromSeconds(300))),
        (100, new InjectFailureEvent(Outage, TimeSpan.FromSeconds(250))),
        (200, new GrowthSimulationEvent(1.5)),
        (250, new InjectFailureEvent(new() { Type = FaultType.CascadeFailure, AffectedPercentage = 60 }, null)),
        (600, new DeployEvent("2.1", null)),
        (700, new InjectFailureEvent(new() { Type = FaultType.ResourceExhaustion, AffectedPercentage = 40, AffectedResources = ["cpu"] }, TimeSpan.FromSeconds(90))),
        (900, new RecoveryEvent()),
        (1000, new IncreaseLoadEvent(null, 90)));

    private static readonly Scenario Brief = TestWorlds.Scenario("brief", 30, (0, new IncreaseLoadEvent(1.2, null)));

    private static readonly AmbientFault[] Ambient =
    [
        new(new() { Type = FaultType.ModelOutage, AffectedPercentage = 5 }, 1) { Errors = [Core.Workload.ErrorKind.Timeout, Core.Workload.ErrorKind.Network] },
        new(new() { Type = FaultType.NetworkLatency, AffectedPercentage = 30, MinDelayMilliseconds = 100, MaxDelayMilliseconds = 5000 }, 0.7),
    ];

    private static readonly WorldCommand[] Nonsense =
    [
        new AddFault(new() { Type = FaultType.CardinalityExplosion, AffectedPercentage = 20, MaxSeries = 100 }, null),
        new AddFault(new() { Type = FaultType.CardinalityExplosion }, TimeSpan.FromSeconds(200)),
        new AddFault(new() { Type = FaultType.CounterReset }, TimeSpan.FromSeconds(5)),
        new AddFault(new() { Type = FaultType.SeriesGap, AffectedPercentage = 30 }, TimeSpan.FromSeconds(300)),
        new AddFault(new() { Type = FaultType.ScrapeDelay, AffectedPercentage = 50, MinDelayMilliseconds = 1, MaxDelayMilliseconds = 100 }, null),
        new AddFault(new() { Type = FaultType.ClockSkew, OffsetSeconds = -7 }, null),
        new AddFault(new() { Type = FaultType.ExporterDown }, TimeSpan.FromSeconds(100)),
    ];

    /// <summary>The situations by name.</summary>
    public static Dictionary<string, Func<int, ILanes?, World>> Situations { get; } = new(StringComparer.Ordinal)
    {
        ["begins"] = (users, lanes) => new World(Options(users), lanes),
        ["is quiet"] = (users, lanes) => new World(Options(users), lanes).StepSeconds(301),
        ["has faults in the middle of a rush"] = (users, lanes) => Play(Options(users), lanes, 320, new StartSimulation("rush")),
        ["is overloaded and retries"] = (users, lanes) => Play(Overloaded(users), lanes, 240, new SetLoad(4)),
        ["lets nobody in"] = (users, lanes) => Play(
            Options(users), lanes, 130, new AddFault(new() { Type = FaultType.AuthenticationFailures, AffectedPercentage = 80, RetryAfter = TimeSpan.FromSeconds(45) }, null)),
        ["has no capacity"] = (users, lanes) => Play(Options(users), lanes, 60, new AddFault(new() { Type = FaultType.CascadeFailure }, TimeSpan.FromSeconds(60))),
        ["is in a burst"] = (users, lanes) => new World(
            Options(users) with { Activity = new() { Burst = new() { Enabled = true, Interval = TimeSpan.FromMinutes(5) } } }, lanes).StepSeconds(200),
        ["has ambient faults"] = (users, lanes) => new World(Options(users) with { AmbientFaults = Ambient }, lanes).StepSeconds(413),
        ["plays many scenarios"] = (users, lanes) => Play(
            Options(users),
            lanes,
            90,
            new StartSimulation("rush") { Compress = 3, Seed = 99 },
            new StartSimulation("brief"),
            new StartSimulation("rush") { Duration = TimeSpan.FromSeconds(800) },
            new SetLoad(0.7),
            new AddFault(Outage with { Model = "claude-haiku-4-5-20251001" }, null),
            new AddFault(new() { Type = FaultType.RateLimiting, AffectedPercentage = 10 }, TimeSpan.FromSeconds(200))),
        ["publishes nonsense"] = (users, lanes) => Play(Options(users), lanes, 60, Nonsense),
        ["publishes nonsense of all users together"] = (users, lanes) => Play(
            Options(users) with { Telemetry = new() { Created = true, Exemplars = true, Labels = new() { UserId = false } } }, lanes, 60, Nonsense),
        ["has series by session"] = (users, lanes) => Play(
            Options(users) with { Telemetry = new() { Created = true, Exemplars = true, SessionRetention = TimeSpan.FromSeconds(45), Labels = new() { SessionId = true } } },
            lanes,
            320,
            [new StartSimulation("rush"), .. Nonsense, new AddFault(new() { Type = FaultType.AuthenticationFailures, AffectedPercentage = 30, RetryAfter = TimeSpan.FromSeconds(20) }, null)]),
        ["has series groups"] = (users, lanes) => Play(
            Options(users) with { SeriesGroups = [.. GroupWorlds.Everything.Where((group, i) => i % 17 == 0 && group.Lifecycle is not Core.Groups.IntermittentLifecycle)], Telemetry = new() { Created = true } },
            lanes,
            37,
            new AddFault(new() { Type = FaultType.SeriesGap, AffectedPercentage = 30 }, TimeSpan.FromSeconds(300))),
        ["has every label"] = (users, lanes) => Play(
            Options(users) with
            {
                Telemetry = new() { Preregister = false, Labels = new() { UserEmail = true, AppVersion = true, StartType = true, QuerySource = true, Effort = true } },
            },
            lanes,
            90,
            new StartSimulation("rush")),
        ["has no user labels"] = (users, lanes) => Play(
            Options(users) with { Telemetry = new() { Labels = new() { UserId = false, OrganizationId = false } } }, lanes, 90, new StartSimulation("rush")),
    };

    public static WorldOptions Options(int users) => TestWorlds.Options(users, 7).With(Rush, Brief);

    public static byte[] Saved(World world)
    {
        using var stream = new MemoryStream();
        world.Save(new StateWriter(stream));
        return stream.ToArray();
    }

    public static World Restored(WorldOptions options, byte[] state, ILanes? lanes = null)
    {
        using var stream = new MemoryStream(state);
        return World.Restore(options, new StateReader(stream), lanes);
    }

    /// <summary>Steps a world on, with further commands, and gives all that can be seen of it.</summary>
    public static IEnumerable<string> GoOn(World world, int ticks)
    {
        var events = new List<WorldEvent>();
        world.Observer = events.Add;
        yield return Seen(world);
        for (var part = 0; part < 6; part++)
        {
            WorldCommand command = part switch
            {
                0 => new StartSimulation("rush") { Compress = 2 },
                1 => new AddFault(Outage, TimeSpan.FromSeconds(70)),
                2 => new StopSimulation(world.Status().Simulations is [.., var first] ? first.SimulationId : "none"),
                3 => new RemoveFault(world.Status().Faults is [var fault, ..] ? fault.FaultId : "none"),
                4 => new SetLoad(1.3),
                _ => new SwitchScenario("brief"),
            };
            yield return JsonSerializer.Serialize(world.Apply(command));
            world.Step(ticks / 6);
            yield return Seen(world);
        }

        foreach (var one in events) yield return JsonSerializer.Serialize(one);
    }

    /// <summary>A world's status, its reading, and all of a page.</summary>
    public static string Seen(World world)
    {
        var (view, reading) = (SnapshotView.Of(world), new WorldReading());
        world.Read(reading);
        var page = view.Snapshot;
        var live = page.Live.OfType<LiveRowBuffer>().SelectMany(rows => Enumerable.Range(0, rows.Count).Select(slot => rows[slot]?.Labels));
        var hidden = page.Hidden.Select((rows, family) => rows is null ? [] : Enumerable.Range(0, page.Layout.Families[family].Rows.Count).Where(row => rows[row]));
        return JsonSerializer.Serialize(world.Status())
            + JsonSerializer.Serialize(reading, Lenient)
            + JsonSerializer.Serialize((page.Tick, page.ExporterDown, page.Delay, page.UnixMilliseconds, page.CreatedUnixMilliseconds), Lenient)
            + JsonSerializer.Serialize(live)
            + JsonSerializer.Serialize(hidden)
            + view.Hash();
    }

    private static WorldOptions Overloaded(int users) => Options(users) with
    {
        Backend = new() { Capacity = 0.1 * users, Timeout = TimeSpan.FromSeconds(5), MaxQueueDelay = TimeSpan.FromSeconds(30), Retries = 3 },
    };

    private static World Play(WorldOptions options, ILanes? lanes, int seconds, params WorldCommand[] commands)
    {
        var world = new World(options, lanes).StepSeconds(10);
        foreach (var command in commands)
        {
            if (!world.Apply(command).Applied) throw new InvalidOperationException($"{command} was refused");
        }

        return world.StepSeconds(seconds);
    }
}
