using Microsoft.Extensions.Logging;

namespace MetricsSim.Tests.Support;

/// <summary>Keeps what is logged, as text.</summary>
internal sealed class LogLines : ILogger
{
    private readonly Lock _lock = new();
    private readonly List<string> _lines = [];

    /// <summary>The lines so far.</summary>
    public string[] Taken()
    {
        lock (_lock) return [.. _lines];
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        lock (_lock) _lines.Add(formatter(state, exception));
    }
}
