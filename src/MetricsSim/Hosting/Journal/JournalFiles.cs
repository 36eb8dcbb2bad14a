using System.Globalization;

namespace MetricsSim.Hosting.Journal;

/// <summary>The files of a journal: itself, its lock, its checkpoints, and the journals of earlier runs.</summary>
/// <param name="path">The journal.</param>
internal sealed class JournalFiles(string path)
{
    /// <summary>Journals of earlier runs that are kept, as <c>.1</c> (the latest) to <c>.3</c>.</summary>
    public const int Kept = 3;

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>The journal.</summary>
    public string Path => path;

    private string Folder => System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))!;

    private string CheckpointPrefix => System.IO.Path.GetFileName(path) + ".checkpoint-";

    /// <summary>Makes the folder and takes the lock.</summary>
    /// <returns>The lock; the system takes it back when the process ends, however it ends.</returns>
    /// <exception cref="JournalFailedException">Another daemon has it, or the folder can't be written.</exception>
    public IDisposable Lock()
    {
        try
        {
            Directory.CreateDirectory(Folder);
            if (Directory.Exists(path) || System.IO.Path.EndsInDirectorySeparator(path)) throw new JournalFailedException($"can't write the journal {path}: it names a folder, not a file");
            return new FileStream(path + ".lock", Options(FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException e) when (IsLocked(e))
        {
            throw new JournalFailedException($"the journal {path} belongs to another daemon that runs: give this one its own with --journal PATH, or none with --journal off", e);
        }
        catch (Exception e) when (e is (IOException and not JournalFailedException) or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw new JournalFailedException($"can't write the journal {path}: {e.Message}; choose another place with --journal PATH, or none with --journal off", e);
        }
    }

    /// <summary>Puts the journal of the run before aside, and begins an empty one.</summary>
    /// <returns>The new file, unbuffered.</returns>
    /// <exception cref="JournalFailedException">It can't be, or what is there is no journal.</exception>
    public FileStream Create()
    {
        try
        {
            // Without its checkpoints an earlier run is replayed from its first tick: slower, and the same.
            foreach (string checkpoint in Checkpoints()) File.Delete(checkpoint);
            if (File.Exists(path)) Rotate();
            return new FileStream(path, Options(FileMode.Create, FileAccess.Write, FileShare.Read));
        }
        catch (Exception e) when (e is (IOException and not JournalFailedException) or UnauthorizedAccessException)
        {
            throw new JournalFailedException($"can't begin the journal {path}: {e.Message}", e);
        }
    }

    /// <summary>Opens the journal to read it.</summary>
    /// <returns>The file, or null if there is none.</returns>
    /// <exception cref="JournalFailedException">It can't be opened.</exception>
    public FileStream? OpenRead() => File.Exists(path) ? Open(FileAccess.Read, 64 * 1024) : null;

    /// <summary>Opens the journal to go on with it.</summary>
    /// <param name="length">Bytes of it that stay; the others are cut.</param>
    /// <returns>The file, unbuffered.</returns>
    /// <exception cref="JournalFailedException">It can't be opened or cut.</exception>
    public FileStream OpenWrite(long length)
    {
        FileStream file = Open(FileAccess.Write, 0);
        try
        {
            if (file.Length > length) file.SetLength(length);
            return file;
        }
        catch (IOException e)
        {
            file.Dispose();
            throw new JournalFailedException($"can't cut the journal {path}: {e.Message}", e);
        }
    }

    /// <summary>Where a checkpoint belongs.</summary>
    /// <param name="tick">Its tick.</param>
    /// <param name="changes">Changes of the journal that it has in it: there may be some between two checkpoints of one tick.</param>
    /// <returns>A path beside the journal.</returns>
    public string Checkpoint(long tick, int changes) =>
        System.IO.Path.Combine(Folder, string.Create(CultureInfo.InvariantCulture, $"{CheckpointPrefix}{tick}-{changes}"));

    /// <summary>Where a checkpoint that a record names lies.</summary>
    /// <param name="name">The file's name.</param>
    /// <returns>A path beside the journal, wherever the record points.</returns>
    public string Beside(string name) => System.IO.Path.Combine(Folder, System.IO.Path.GetFileName(name));

    /// <summary>All checkpoints beside the journal, those cut short included.</summary>
    /// <returns>Their paths.</returns>
    public IEnumerable<string> Checkpoints() => Directory.EnumerateFiles(Folder, CheckpointPrefix + "*");

    /// <summary>How files of a journal are made: they hold the configuration, and so whatever secrets are in it.</summary>
    /// <param name="mode">How it is opened.</param>
    /// <param name="access">What for.</param>
    /// <param name="share">What others may do meanwhile.</param>
    /// <returns>Unbuffered, and for its owner only.</returns>
    public static FileStreamOptions Options(FileMode mode, FileAccess access, FileShare share)
    {
        var options = new FileStreamOptions { Mode = mode, Access = access, Share = share, BufferSize = 0 };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OwnerOnly;
        return options;
    }

    private FileStream Open(FileAccess access, int buffer)
    {
        try
        {
            return new FileStream(path, FileMode.Open, access, FileShare.ReadWrite, buffer);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new JournalFailedException($"can't open the journal {path}: {e.Message}", e);
        }
    }

    private void Rotate()
    {
        // An empty file, or a device, holds nothing to keep; a name given by mistake must not put somebody's file aside.
        using (FileStream old = OpenRead()!)
        {
            if (old.Length == 0) return;
            if (!JournalFrame.MayBegin(old)) throw new JournalFailedException($"can't write the journal {path}: what is there is no journal");
        }

        for (int i = Kept; i > 1; i--)
            if (File.Exists(Numbered(i - 1))) File.Move(Numbered(i - 1), Numbered(i), overwrite: true);
        File.Move(path, Numbered(1), overwrite: true);
    }

    private string Numbered(int number) => $"{path}.{number}";

    private static bool IsLocked(IOException e)
    {
        // EWOULDBLOCK of flock(2) on Linux and macOS, ERROR_SHARING_VIOLATION on Windows.
        const int Linux = 11, Mac = 35, Windows = unchecked((int)0x80070020);
        return e.HResult is Linux or Mac or Windows;
    }
}
