namespace MetricsSim.Hosting.Journal;

/// <summary>The journal of one daemon: its lock, its file and its checkpoints.</summary>
internal sealed class DaemonJournal : IJournal, IDisposable
{
    private readonly ILogger _log;
    private readonly JournalFiles _files;
    private readonly CheckpointStore _store;
    private readonly IDisposable _lock;
    private readonly List<CheckpointRecord> _checkpoints = [];
    private JournalWriter? _writer;
    private Task _saving = Task.CompletedTask;

    private DaemonJournal(JournalFiles files, ILogger log)
    {
        _log = log;
        _files = files;
        _store = new CheckpointStore(files);
        _lock = files.Lock();
    }

    /// <summary>The journal's path.</summary>
    public string Path => _files.Path;

    /// <inheritdoc />
    public string? Failure => _writer?.Failure;

    /// <summary>Takes the lock; nothing else is touched yet.</summary>
    /// <param name="path">The journal.</param>
    /// <param name="log">Where it says that writing fails.</param>
    /// <returns>The journal, to be disposed.</returns>
    /// <exception cref="JournalFailedException">Another daemon has it, or its folder can't be written.</exception>
    public static DaemonJournal Lock(string path, ILogger log) => new(new JournalFiles(path), log);

    /// <summary>Begins an empty journal; the one of the run before is put aside.</summary>
    /// <param name="records">What it begins with, the header first.</param>
    /// <exception cref="JournalFailedException">It can't be written.</exception>
    public void Begin(IEnumerable<JournalRecord> records)
    {
        FileStream file = _files.Create();
        _writer = Writer(file);
        Commit(records);
    }

    /// <summary>Reads the journal that is there.</summary>
    /// <returns>What it says.</returns>
    /// <exception cref="BadJournalException">There is none, or none to resume from.</exception>
    /// <exception cref="JournalFailedException">It can't be read.</exception>
    public JournalContents Read()
    {
        using FileStream? file = _files.OpenRead();
        if (file is null) throw new BadJournalException($"there is no journal {Path} to resume from: start without --resume for a new run");
        return new JournalReader(Path).Read(file);
    }

    /// <summary>Reads a checkpoint.</summary>
    /// <param name="record">What the journal says of it.</param>
    /// <returns>The checkpoint, or null if its file is gone or is not what was written.</returns>
    public Checkpoint? Read(CheckpointRecord record) => _store.Read(record);

    /// <summary>Goes on with the journal that is there, behind what is whole of it.</summary>
    /// <param name="contents">What it says.</param>
    /// <exception cref="JournalFailedException">It can't be written.</exception>
    public void Continue(JournalContents contents)
    {
        FileStream file = _files.OpenWrite(contents.Length);
        _checkpoints.AddRange(contents.Checkpoints);
        _writer = Writer(file);
    }

    /// <inheritdoc />
    public void Append(JournalRecord record) => _writer!.Append(record);

    /// <inheritdoc />
    public void Commit(IEnumerable<JournalRecord> records) => _writer!.Commit(records);

    /// <inheritdoc />
    public void Save(Checkpoint checkpoint) => _saving = _saving.ContinueWith(_ => Write(checkpoint), TaskScheduler.Default);

    /// <inheritdoc />
    public void Unsaved(long tick, string reason) => JournalLog.NoCheckpoint(_log, tick, reason);

    /// <summary>Waits until all that was handed over is on the disk, then gives the lock back.</summary>
    public void Dispose()
    {
        _saving.GetAwaiter().GetResult();
        _writer?.Dispose();
        _lock.Dispose();
    }

    private JournalWriter Writer(FileStream file) => new(file, () => file.Flush(flushToDisk: true), failure =>
    {
        if (failure is null) JournalLog.Writing(_log, Path);
        else JournalLog.NotWriting(_log, Path, failure);
    });

    private void Write(Checkpoint checkpoint)
    {
        try
        {
            CheckpointRecord record = _store.Write(checkpoint);
            Commit([record]);
            _checkpoints.Add(record);
            _store.Prune(_checkpoints);
            JournalLog.CheckpointTaken(_log, record.Tick);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Unsaved(checkpoint.Tick, e.Message);
        }
    }
}
