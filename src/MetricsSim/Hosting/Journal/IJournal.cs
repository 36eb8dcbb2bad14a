namespace MetricsSim.Hosting.Journal;

/// <summary>Where the loop notes what decides its run. Records are kept in the order in which they are handed over.</summary>
internal interface IJournal
{
    /// <summary>Why the latest write failed; null if it did not.</summary>
    string? Failure { get; }

    /// <summary>Writes a record soon, and does not wait.</summary>
    /// <param name="record">A record that may be lost.</param>
    void Append(JournalRecord record);

    /// <summary>Writes records, and waits until they are on the disk.</summary>
    /// <param name="records">Records, in order.</param>
    /// <exception cref="JournalFailedException">They are not, and none of them may take effect.</exception>
    void Commit(IEnumerable<JournalRecord> records);

    /// <summary>Writes a checkpoint in the background, one at a time, and notes it once it is whole on the disk.</summary>
    /// <param name="checkpoint">The checkpoint.</param>
    void Save(Checkpoint checkpoint);

    /// <summary>Tells that a checkpoint could not be taken.</summary>
    /// <param name="tick">When.</param>
    /// <param name="reason">Why.</param>
    void Unsaved(long tick, string reason);
}
