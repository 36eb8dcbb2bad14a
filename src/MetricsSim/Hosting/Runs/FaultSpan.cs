using MetricsSim.Analysis.Runs;
using MetricsSim.Analysis.Truth;
using MetricsSim.Core.Faults;

namespace MetricsSim.Hosting.Runs;

/// <summary>A fault from its begin to its end, in ticks and as a scraper sees it. Guarded by the lock of <see cref="LiveRuns"/>.</summary>
/// <param name="id">Its id.</param>
/// <param name="fault">What breaks.</param>
/// <param name="startTick">The world's first tick with it.</param>
/// <param name="owner">The simulation it belongs to; null for none.</param>
internal sealed class FaultSpan(string id, FaultSpec fault, long startTick, LiveRun? owner)
{
    /// <summary>Its id.</summary>
    public string Id => id;

    /// <summary>What breaks.</summary>
    public FaultSpec Fault => fault;

    /// <summary>The simulation it belongs to; null for none.</summary>
    public LiveRun? Owner => owner;

    /// <summary>The world's first tick with it.</summary>
    public long StartTick => startTick;

    /// <summary>The world's first tick after it; null while it goes on.</summary>
    public long? EndTick { get; set; }

    /// <summary>When the first snapshot with it could be taken; null until then.</summary>
    public DateTimeOffset? WallStart { get; set; }

    /// <summary>When the first snapshot without it could be taken; null until then.</summary>
    public DateTimeOffset? WallEnd { get; set; }

    /// <summary>The world around it, if no recorded simulation accounts for it; null again once <see cref="Symptoms"/> are known.</summary>
    public RunTape? Tape { get; set; }

    /// <summary>What it did, once that is settled.</summary>
    public IReadOnlyList<Symptom>? Symptoms { get; set; }

    /// <summary>Takes down when a scraper sees what happened to it last.</summary>
    /// <param name="now">Wall time.</param>
    public void Stamp(DateTimeOffset now)
    {
        WallStart ??= now;
        if (EndTick is not null) WallEnd ??= now;
    }

    /// <summary>The fault as a recorded run has it.</summary>
    /// <param name="origin">The world's tick from which ticks count.</param>
    /// <returns>Null if nobody could see it: it has only just begun, or it ended where it began.</returns>
    public RecordedFault? Seen(long origin) => WallStart is null || EndTick == startTick
        ? null
        : new RecordedFault(fault, startTick - origin, WallEnd is null ? null : EndTick - origin) { WallStart = WallStart, WallEnd = WallEnd };
}
