using MetricsSim.Core.Checkpoints;
using MetricsSim.Core.Engine;
using MetricsSim.Hosting.Runs;

namespace MetricsSim.Hosting.Journal;

/// <summary>What the loop notes in its journal, and when. Used on the loop's thread only, but for <see cref="Failure"/>.</summary>
/// <param name="journal">Where to.</param>
/// <param name="time">The wall clock.</param>
/// <param name="changes">Changes that the journal has already.</param>
/// <param name="runs">What is recorded of simulations, which goes into checkpoints with the world.</param>
internal sealed class LoopJournal(IJournal journal, TimeProvider time, int changes, LiveRuns runs)
{
    /// <summary>Wall time between checkpoints.</summary>
    public static readonly TimeSpan CheckpointInterval = TimeSpan.FromMinutes(5);

    private readonly List<JournalRecord> _records = [];
    private long _checkpointAt = time.GetTimestamp();
    private int _changes = changes;

    /// <summary>Why changes can't be noted; null if they can.</summary>
    public string? Failure => journal.Failure;

    /// <summary>Notes what messages ask to change, before any of it takes effect.</summary>
    /// <param name="messages">Messages that are served at one tick boundary, in order.</param>
    /// <param name="tick">The tick.</param>
    /// <param name="clock">How the clock runs before them.</param>
    /// <param name="position">What it shows, in ticks.</param>
    /// <returns>Null if it is on the disk, or else why not: then nothing of it may take effect.</returns>
    public JournalFailedException? TryCommit(IEnumerable<LoopMessage> messages, long tick, ClockState clock, double position)
    {
        _records.Clear();
        DateTimeOffset at = time.GetUtcNow();
        int changed = 0;
        foreach (LoopMessage message in messages)
        {
            if (message is CommandMessage command)
            {
                _records.Add(new CommandRecord(tick, at, command.Command));
                changed++;
            }
            else if (message is ClockMessage change && change.Wanted(clock) is var wanted && wanted != clock)
            {
                _records.Add(new ClockRecord(tick, at, position, wanted.Speed, wanted.Paused));
                clock = wanted;
            }
        }

        return _records.Count == 0 ? null : TryCommit(changed);
    }

    /// <summary>Notes a new configuration, before it takes effect.</summary>
    /// <param name="reload">The configuration.</param>
    /// <param name="tick">The tick.</param>
    /// <returns>Null if it is on the disk, or else why not.</returns>
    public JournalFailedException? TryCommit(ReloadMessage reload, long tick)
    {
        _records.Clear();
        _records.Add(new ReloadRecord(tick, time.GetUtcNow(), reload.Config.Source!.PinnedTo(reload.Config.World.Start)));
        return TryCommit(1);
    }

    /// <summary>Gives a sign of life, and takes a checkpoint when it is time for one.</summary>
    /// <param name="world">At a tick boundary.</param>
    /// <param name="position">What the clock shows, in ticks.</param>
    public void Beat(World world, double position)
    {
        journal.Append(new HeartbeatRecord(world.Tick, time.GetUtcNow(), position));
        if (time.GetElapsedTime(_checkpointAt) >= CheckpointInterval) TakeCheckpoint(world);
    }

    /// <summary>Notes where the run ends, so that it can be gone on with.</summary>
    /// <param name="world">At its last tick boundary.</param>
    /// <param name="position">What the clock shows, in ticks.</param>
    public void Close(World world, double position)
    {
        journal.Append(new HeartbeatRecord(world.Tick, time.GetUtcNow(), position));
        TakeCheckpoint(world);
    }

    private JournalFailedException? TryCommit(int changed)
    {
        try
        {
            journal.Commit(_records);
            _changes += changed;
            return null;
        }
        catch (JournalFailedException e)
        {
            return e;
        }
    }

    private void TakeCheckpoint(World world)
    {
        _checkpointAt = time.GetTimestamp();

        // Only the copies are made here; the disk has its own time.
        try
        {
            var sections = new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal)
            {
                [Checkpoint.World] = Copy(state => world.Save(new StateWriter(state))),
                [Checkpoint.Runs] = Copy(runs.Save),
            };
            journal.Save(new Checkpoint(world.Tick, _changes, sections));
        }
        catch (Exception e) when (e is IOException or OutOfMemoryException)
        {
            // A world of more than 2 GB goes on without: it is replayed from an earlier state.
            journal.Unsaved(world.Tick, e.Message);
        }
    }

    private static ReadOnlyMemory<byte> Copy(Action<Stream> save)
    {
        using var copy = new MemoryStream();
        save(copy);
        return copy.GetBuffer().AsMemory(0, (int)copy.Length);
    }
}
