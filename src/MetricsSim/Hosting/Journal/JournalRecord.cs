using System.Text.Json.Serialization;
using MetricsSim.Configuration;
using MetricsSim.Core.Engine;

namespace MetricsSim.Hosting.Journal;

/// <summary>One record of a journal.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "record")]
[JsonDerivedType(typeof(HeaderRecord), "header")]
[JsonDerivedType(typeof(CommandRecord), "command")]
[JsonDerivedType(typeof(ReloadRecord), "reload")]
[JsonDerivedType(typeof(ClockRecord), "clock")]
[JsonDerivedType(typeof(HeartbeatRecord), "heartbeat")]
[JsonDerivedType(typeof(CheckpointRecord), "checkpoint")]
internal abstract record JournalRecord;

/// <summary>The first record: what, with the changes that follow, decides the run.</summary>
internal sealed record HeaderRecord : JournalRecord
{
    /// <summary>Version of the program.</summary>
    public required string Engine { get; init; }

    /// <summary>Key of every random draw.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Instant of tick 0, whatever <c>now</c> was.</summary>
    public required DateTimeOffset Start { get; init; }

    /// <summary>Simulated length of a tick.</summary>
    public required TimeSpan TickLength { get; init; }

    /// <summary>Wall time of tick 0.</summary>
    public required DateTimeOffset Anchor { get; init; }

    /// <summary>Simulated time per wall time at first.</summary>
    public required double Speed { get; init; }

    /// <summary>The scenario it begins with; its start is the first command. Null for none.</summary>
    public string? Scenario { get; init; }

    /// <summary>The configuration.</summary>
    public required ConfigSource Config { get; init; }
}

/// <summary>A change of the world at a tick boundary.</summary>
/// <param name="Tick">Ticks stepped before it.</param>
/// <param name="At">Wall time.</param>
internal abstract record ChangeRecord(long Tick, DateTimeOffset At) : JournalRecord;

/// <summary>A command. One that the world refused is there, too: it is refused again.</summary>
/// <param name="Tick">Ticks stepped before it.</param>
/// <param name="At">Wall time.</param>
/// <param name="Command">What was asked.</param>
internal sealed record CommandRecord(long Tick, DateTimeOffset At, WorldCommand Command) : ChangeRecord(Tick, At);

/// <summary>A new configuration.</summary>
/// <param name="Tick">Ticks stepped before it.</param>
/// <param name="At">Wall time.</param>
/// <param name="Config">The whole of it.</param>
internal sealed record ReloadRecord(long Tick, DateTimeOffset At, ConfigSource Config) : ChangeRecord(Tick, At);

/// <summary>How the clock runs from now on.</summary>
/// <param name="Tick">Ticks stepped before it.</param>
/// <param name="At">Wall time.</param>
/// <param name="Position">What the clock shows at that time, in ticks; more than <paramref name="Tick"/> when ticks are late.</param>
/// <param name="Speed">Simulated time per wall time.</param>
/// <param name="Paused">Whether it stands still.</param>
internal sealed record ClockRecord(long Tick, DateTimeOffset At, double Position, double Speed, bool Paused) : JournalRecord;

/// <summary>A sign of life.</summary>
/// <param name="Tick">Ticks stepped.</param>
/// <param name="At">Wall time.</param>
/// <param name="Position">What the clock shows at that time, in ticks.</param>
internal sealed record HeartbeatRecord(long Tick, DateTimeOffset At, double Position) : JournalRecord;

/// <summary>A checkpoint that is whole on the disk.</summary>
/// <param name="Tick">Ticks stepped when it was taken.</param>
/// <param name="Changes">How many <see cref="ChangeRecord"/> of the journal it has in it.</param>
/// <param name="File">Its file, beside the journal.</param>
/// <param name="Checksum">CRC-32C of the file.</param>
internal sealed record CheckpointRecord(long Tick, int Changes, string File, uint Checksum) : JournalRecord;
