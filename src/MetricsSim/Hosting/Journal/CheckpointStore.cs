using MetricsSim.Core.Checkpoints;

namespace MetricsSim.Hosting.Journal;

/// <summary>Checkpoints as files beside the journal: the last two stay, so that one that turns out damaged has an older one behind it.</summary>
/// <param name="files">Where they are.</param>
internal sealed class CheckpointStore(JournalFiles files)
{
    private const int Kept = 2;

    /// <summary>Writes a checkpoint under another name, flushes it, and then gives it its own: what has its name is whole.</summary>
    /// <param name="checkpoint">The checkpoint.</param>
    /// <returns>The record that makes it count.</returns>
    /// <exception cref="IOException">It can't be written; nothing is left of it.</exception>
    public CheckpointRecord Write(Checkpoint checkpoint)
    {
        string path = files.Checkpoint(checkpoint.Tick, checkpoint.Changes);
        string unfinished = path + ".tmp";
        IReadOnlyList<ReadOnlyMemory<byte>> pieces = checkpoint.Encode();
        uint checksum = 0;
        try
        {
            using (var file = new FileStream(unfinished, JournalFiles.Options(FileMode.Create, FileAccess.Write, FileShare.None)))
            {
                foreach (ReadOnlyMemory<byte> piece in pieces)
                {
                    file.Write(piece.Span);
                    checksum = Crc32C.Of(piece.Span, checksum);
                }

                file.Flush(flushToDisk: true);
            }

            File.Move(unfinished, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            TryDelete(unfinished);
            throw;
        }

        return new CheckpointRecord(checkpoint.Tick, checkpoint.Changes, Path.GetFileName(path), checksum);
    }

    /// <summary>Reads a checkpoint.</summary>
    /// <param name="record">What the journal says of it.</param>
    /// <returns>The checkpoint, or null if its file is gone or is not what was written.</returns>
    public Checkpoint? Read(CheckpointRecord record)
    {
        try
        {
            byte[] bytes = File.ReadAllBytes(files.Beside(record.File));
            return Crc32C.Of(bytes) == record.Checksum ? Checkpoint.Decode(bytes) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Deletes all but the last ones.</summary>
    /// <param name="noted">What the journal names, oldest first.</param>
    public void Prune(IEnumerable<CheckpointRecord> noted)
    {
        HashSet<string> kept = [.. noted.TakeLast(Kept).Select(record => files.Beside(record.File))];
        foreach (string path in files.Checkpoints().Where(path => !kept.Contains(path)).ToList()) TryDelete(path);
    }

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // One that is left over takes room and is tried again with the next.
        }
    }
}
