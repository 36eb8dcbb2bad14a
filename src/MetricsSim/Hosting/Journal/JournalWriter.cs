using System.Threading.Channels;

namespace MetricsSim.Hosting.Journal;

/// <summary>
/// Writes records in the order they come, on a thread of its own: what came while the disk was busy goes with one flush, so a storm of
/// commands waits for few. A write that fails leaves no part behind, and each later one tries anew. Safe for concurrent use.
/// </summary>
internal sealed class JournalWriter : IDisposable
{
    private readonly Stream _file;
    private readonly Action _flush;
    private readonly Action<string?> _failureChanged;
    private readonly Channel<Pending> _queue = Channel.CreateUnbounded<Pending>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Thread _thread;
    private long _length;
    private bool _torn;
    private volatile string? _failure;

    /// <summary>Begins to write behind what is there.</summary>
    /// <param name="file">The file; it belongs to the writer from now on.</param>
    /// <param name="flush">Sees that what was written is on the disk.</param>
    /// <param name="failureChanged">Told, on the writer's thread, why writing began to fail, and null when it works again.</param>
    public JournalWriter(Stream file, Action flush, Action<string?> failureChanged)
    {
        _file = file;
        _flush = flush;
        _failureChanged = failureChanged;
        _length = file.Length;
        _thread = new Thread(Run) { IsBackground = true, Name = "journal" };
        _thread.Start();
    }

    /// <summary>Why the latest write failed; null if it did not.</summary>
    public string? Failure => _failure;

    /// <summary>Writes records soon.</summary>
    /// <param name="record">A record.</param>
    public void Append(JournalRecord record) => _queue.Writer.TryWrite(new Pending(JournalFrame.Encode(record), null));

    /// <summary>Writes records, and waits until they are on the disk.</summary>
    /// <param name="records">Records, in order.</param>
    /// <exception cref="JournalFailedException">They are not.</exception>
    public void Commit(IEnumerable<JournalRecord> records)
    {
        var written = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        byte[] bytes = [.. records.SelectMany(JournalFrame.Encode)];
        if (!_queue.Writer.TryWrite(new Pending(bytes, written))) throw new JournalFailedException("The journal is closed.");
        written.Task.GetAwaiter().GetResult();
    }

    /// <summary>Writes what waits, and closes the file.</summary>
    public void Dispose()
    {
        if (!_queue.Writer.TryComplete()) return;
        _thread.Join();
        _file.Dispose();
    }

    private void Run()
    {
        var group = new List<Pending>();
        while (_queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            group.Clear();
            while (_queue.Reader.TryRead(out Pending? pending)) group.Add(pending);
            Exception? failure = Write(group);
            Note(failure?.Message);
            foreach (Pending pending in group)
            {
                if (failure is null) pending.Written?.TrySetResult();
                else pending.Written?.TrySetException(new JournalFailedException($"The journal can't be written: {failure.Message}", failure));
            }
        }
    }

    private Exception? Write(List<Pending> group)
    {
        try
        {
            // Whatever an earlier failure left behind is cut first: a part of a record must not get whole ones behind it.
            if (_torn) Cut();
            _file.Position = _length;
            foreach (Pending pending in group) _file.Write(pending.Bytes, 0, pending.Bytes.Length);
            _flush();
            _length = _file.Position;
            return null;
        }
#pragma warning disable CA1031 // Whatever a disk throws (a file too large is an argument out of range) is the answer to those who wait.
        catch (Exception e)
#pragma warning restore CA1031
        {
            _torn = true;
            TryCut();
            return e;
        }
    }

    private void TryCut()
    {
        try
        {
            Cut();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The next write tries again before it adds anything.
        }
    }

    private void Cut()
    {
        _file.SetLength(_length);
        _torn = false;
    }

    private void Note(string? failure)
    {
        if (failure == _failure) return;
        _failure = failure;
        _failureChanged(failure);
    }

    private sealed record Pending(byte[] Bytes, TaskCompletionSource? Written);
}
