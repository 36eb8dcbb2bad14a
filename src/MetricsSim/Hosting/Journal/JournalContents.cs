namespace MetricsSim.Hosting.Journal;

/// <summary>What a journal says.</summary>
internal sealed record JournalContents
{
    /// <summary>Its first record.</summary>
    public required HeaderRecord Header { get; init; }

    /// <summary>The changes of the world, in order.</summary>
    public required IReadOnlyList<ChangeRecord> Changes { get; init; }

    /// <summary>The checkpoints it names, oldest first; their files may be gone.</summary>
    public required IReadOnlyList<CheckpointRecord> Checkpoints { get; init; }

    /// <summary>The latest reading of the clock.</summary>
    public required ClockReading Clock { get; init; }

    /// <summary>When which tick was the latest: from tick 0, and at least from the last checkpoint but one.</summary>
    public required IReadOnlyList<TickReading> Seen { get; init; }

    /// <summary>The largest tick of any record: no scraper may see an earlier one again.</summary>
    public required long LastTick { get; init; }

    /// <summary>Records that are whole.</summary>
    public required int Records { get; init; }

    /// <summary>Bytes of them.</summary>
    public required long Length { get; init; }

    /// <summary>Bytes behind them that make no record: what was being written when it ended.</summary>
    public required long Damaged { get; init; }
}

/// <summary>What the simulated clock showed at a wall time, and how it went on.</summary>
/// <param name="At">Wall time.</param>
/// <param name="Position">What it showed, in ticks.</param>
/// <param name="Speed">Simulated time per wall time.</param>
/// <param name="Paused">Whether it stood still.</param>
internal sealed record ClockReading(DateTimeOffset At, double Position, double Speed, bool Paused)
{
    /// <summary>What it shows at another wall time, as if nothing had stopped; it never goes back.</summary>
    /// <param name="now">Wall time.</param>
    /// <param name="tick">Simulated length of a tick.</param>
    /// <returns>Ticks.</returns>
    public double PositionAt(DateTimeOffset now, TimeSpan tick) =>
        Paused ? Position : Position + (Math.Max(0, (now - At).TotalSeconds) * Speed / tick.TotalSeconds);
}

/// <summary>A journal that can't be resumed from.</summary>
/// <param name="message">One line.</param>
internal sealed class BadJournalException(string message) : Exception(message);

/// <summary>A journal that can't be opened or written.</summary>
/// <param name="message">One line.</param>
/// <param name="innerException">What the system says, if it was the system.</param>
internal sealed class JournalFailedException(string message, Exception? innerException = null) : IOException(message, innerException);
