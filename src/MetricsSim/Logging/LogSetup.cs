using MetricsSim.Configuration;

namespace MetricsSim.Logging;

/// <summary>Turns the <c>logging</c> configuration into loggers.</summary>
internal static class LogSetup
{
    // At the usual level a server's own chatter, two lines a scrape, would bury everything else.
    private static readonly string[] Chatty = ["Microsoft", "System"];

    /// <summary>Opens every handler.</summary>
    /// <param name="options">Levels, format, handlers.</param>
    /// <param name="time">Clock of the lines.</param>
    /// <param name="error">Where console lines go, and what can't be logged.</param>
    /// <returns>A factory; disposing it closes the files.</returns>
    /// <exception cref="LogFileException">A log file can't be opened.</exception>
    public static ILoggerFactory Create(LoggingOptions options, TimeProvider time, TextWriter error)
    {
        var providers = new List<ILoggerProvider>();
        try
        {
            foreach (LogHandlerOptions handler in options.Handlers)
                providers.Add(new LineLoggerProvider(Open(handler, error), LogLine.Formatter(options.Format), handler.Level ?? options.Level, time));
        }
        catch (LogFileException)
        {
            foreach (ILoggerProvider provider in providers) provider.Dispose();
            throw;
        }

        return LoggerFactory.Create(builder =>
        {
            builder.SetMinimumLevel(LogLevel.Trace);
            LogLevel least = options.Handlers.Select(handler => handler.Level ?? options.Level).DefaultIfEmpty(LogLevel.None).Min();
            if (least == LogLevel.Information) foreach (string category in Chatty) builder.AddFilter(category, LogLevel.Warning);

            // A failed start is told in one line by whoever started it.
            builder.AddFilter("Microsoft.Extensions.Hosting", LogLevel.None);
            foreach (ILoggerProvider provider in providers) builder.AddProvider(provider);
        });
    }

    private static ILogTarget Open(LogHandlerOptions handler, TextWriter error) => handler switch
    {
        FileHandlerOptions file => new RollingFile(file.Path, file.MaxBytes, file.BackupCount, error),
        _ => new WriterTarget(error),
    };
}
