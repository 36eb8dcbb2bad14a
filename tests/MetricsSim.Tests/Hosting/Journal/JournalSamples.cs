using MetricsSim.Configuration;
using MetricsSim.Core.Engine;
using MetricsSim.Core.Faults;
using MetricsSim.Hosting.Journal;

namespace MetricsSim.Tests.Hosting.Journal;

/// <summary>Records of every kind, and the bytes of a journal.</summary>
internal static class JournalSamples
{
    public static readonly DateTimeOffset Anchor = new(2026, 1, 5, 12, 0, 0, 123, TimeSpan.FromHours(2));

    public static HeaderRecord Header { get; } = new()
    {
        Engine = "0.1.0",
        Seed = ulong.MaxValue,
        Start = new DateTimeOffset(2026, 1, 5, 10, 0, 0, TimeSpan.FromMinutes(345)),
        TickLength = TimeSpan.FromMilliseconds(250),
        Anchor = Anchor,
        Speed = 0.1,
        Scenario = "rush",
        Config = new ConfigSource("c.yml", "users: { total: 5 } # \"ü\"\n", [new ConfigOverride("simulation.seed", "7", "--seed")], [new SourceFile("s.yml", "x")]),
    };

    public static IReadOnlyList<WorldCommand> Commands { get; } =
    [
        new StartSimulation("rush") { Duration = TimeSpan.FromMinutes(7), Compress = 1.1, Seed = 3 },
        new StartSimulation("calm"),
        new SwitchScenario("calm") { Compress = 8 },
        new StopSimulation("sim_01234567"),
        new SetLoad(0.30000000000000004),
        new AddFault(new FaultSpec { Type = FaultType.ModelOutage, AffectedPercentage = 12.5, Model = "a-model" }, TimeSpan.FromSeconds(90)),
        new AddFault(new FaultSpec { Type = FaultType.ResourceExhaustion, AffectedResources = ["cpu", "\n"], RetryAfter = TimeSpan.FromTicks(1) }, null),
        new AddFault(new FaultSpec { Type = FaultType.NetworkLatency, MinDelayMilliseconds = 1, MaxDelayMilliseconds = 2 }, null),
        new RemoveFault("fault_01234567"),
    ];

    /// <summary>One of each kind, the header first, a heartbeat last.</summary>
    public static IReadOnlyList<JournalRecord> Records { get; } =
    [
        Header,
        .. Commands.Select((command, i) => new CommandRecord(i, Anchor.AddSeconds(i), command)),
        new ClockRecord(20, Anchor.AddSeconds(20), 20.000000000000004, 2, true),
        new ReloadRecord(20, Anchor.AddSeconds(21), Header.Config with { Text = "users: { total: 5 }\n" }),
        new CheckpointRecord(21, 10, "journal.checkpoint-21-10", uint.MaxValue),
        new HeartbeatRecord(22, Anchor.AddSeconds(22), 22.5),
    ];

    public static byte[] Bytes(IEnumerable<JournalRecord> records) => [.. records.SelectMany(JournalFrame.Encode)];

    public static JournalContents Read(byte[] bytes) => new JournalReader("j").Read(new MemoryStream(bytes));
}
