using System.Text;

namespace MetricsSim.Logging;

/// <summary>
/// A log file that is moved to <c>.1</c> when it would outgrow its size, the older ones to <c>.2</c>, <c>.3</c> …, the oldest deleted.
/// Every line reaches the operating system before the call returns; one that can't is told on the error stream.
/// </summary>
internal sealed class RollingFile : ILogTarget
{
    private readonly Lock _lock = new();
    private readonly string _path;
    private readonly long _maxBytes;
    private readonly int _backups;
    private readonly TextWriter _error;
    private FileStream _file;
    private bool _failing;

    /// <summary>Opens the file, at its end.</summary>
    /// <param name="path">The newest file; missing folders are made.</param>
    /// <param name="maxBytes">Largest size; a single longer line still goes into a file of its own.</param>
    /// <param name="backups">Older files kept, ≥ 0.</param>
    /// <param name="error">Where failures are told.</param>
    /// <exception cref="LogFileException">It can't be opened.</exception>
    public RollingFile(string path, long maxBytes, int backups, TextWriter error)
    {
        _path = path;
        _maxBytes = maxBytes;
        _backups = backups;
        _error = error;
        try
        {
            if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder) Directory.CreateDirectory(folder);
            _file = Open();
        }
        catch (Exception e) when (IsAboutFiles(e))
        {
            throw new LogFileException($"can't write the log file {path}: {e.Message}", e);
        }
    }

    /// <inheritdoc />
    public void Write(string line)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(line + "\n");
        lock (_lock)
        {
            try
            {
                if (_file.Length > 0 && _file.Length + bytes.Length > _maxBytes) Roll();
                _file.Write(bytes);
                _failing = false;
            }
            catch (Exception e) when (IsAboutFiles(e))
            {
                Tell(e);
            }
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        lock (_lock) _file.Dispose();
    }

    private static bool IsAboutFiles(Exception e) => e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException;

    private FileStream Open() =>
        new(_path, new FileStreamOptions { Mode = FileMode.Append, Access = FileAccess.Write, Share = FileShare.ReadWrite | FileShare.Delete, BufferSize = 0 });

    private void Roll()
    {
        for (int i = _backups - 1; i >= 1; i--)
            if (File.Exists($"{_path}.{i}")) File.Move($"{_path}.{i}", $"{_path}.{i + 1}", overwrite: true);
        if (_backups > 0) File.Move(_path, $"{_path}.1", overwrite: true);
        else File.Delete(_path);
        FileStream old = _file;
        _file = Open();
        old.Dispose();
    }

    private void Tell(Exception e)
    {
        // Once per outage: a full disk would otherwise flood the terminal with as many lines as it keeps from the file.
        if (_failing) return;
        _failing = true;
        _error.WriteLine($"metricssim: can't write the log file {_path}: {e.Message}; lines are missing until it works again");
    }
}

/// <summary>A log file that can't be opened.</summary>
internal sealed class LogFileException : IOException
{
    /// <summary>Says nothing more.</summary>
    public LogFileException()
    {
    }

    /// <summary>Says why.</summary>
    /// <param name="message">One line.</param>
    public LogFileException(string message)
        : base(message)
    {
    }

    /// <summary>Says why, and keeps the cause.</summary>
    /// <param name="message">One line.</param>
    /// <param name="innerException">The cause.</param>
    public LogFileException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
