using System.Collections.Concurrent;

namespace MetricsSim.Logging;

/// <summary>Where formatted lines go. Safe for concurrent use; a failure to write is the target's to report.</summary>
internal interface ILogTarget : IDisposable
{
    /// <summary>Writes one line.</summary>
    /// <param name="line">The line without its end.</param>
    void Write(string line);
}

/// <summary>Lines to a writer that belongs to somebody else.</summary>
internal sealed class WriterTarget(TextWriter writer) : ILogTarget
{
    private readonly Lock _lock = new();

    /// <inheritdoc />
    public void Write(string line)
    {
        lock (_lock) writer.WriteLine(line);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        lock (_lock) writer.Flush();
    }
}

/// <summary>
/// Loggers of one handler. Own code since the libraries that roll files by size name them otherwise than
/// <c>.1</c>, <c>.2</c> …, and drop lines on a full disk without a word.
/// </summary>
internal sealed class LineLoggerProvider(ILogTarget target, Func<LogEntry, string> format, LogLevel level, TimeProvider time) : ILoggerProvider
{
    private readonly ConcurrentDictionary<string, LineLogger> _loggers = new(StringComparer.Ordinal);

    /// <inheritdoc />
    public ILogger CreateLogger(string categoryName) => _loggers.GetOrAdd(categoryName, category => new LineLogger(this, category));

    /// <inheritdoc />
    public void Dispose() => target.Dispose();

    private sealed class LineLogger(LineLoggerProvider provider, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= provider.Level && logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (!IsEnabled(logLevel)) return;
            var entry = new LogEntry(
                provider.Now, logLevel, category, eventId.Id, formatter(state, exception), exception, state as IReadOnlyList<KeyValuePair<string, object?>>);
            provider.Write(entry);
        }
    }

    private LogLevel Level => level;

    private DateTimeOffset Now => time.GetUtcNow();

    private void Write(LogEntry entry) => target.Write(format(entry));
}
