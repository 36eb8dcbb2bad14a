using MetricsSim.Configuration.Document;

namespace MetricsSim.Configuration.Domain;

/// <summary>Converts <c>logging</c>.</summary>
internal static class LoggingConverter
{
    private const string Path = "logging";

    /// <summary>Converts it.</summary>
    public static LoggingOptions Convert(ConfigDocument document, Report report)
    {
        var section = document.Logging;
        var isDebug = document.Development.Debug && !report.IsSet($"{Path}.level");
        return new LoggingOptions
        {
            Level = isDebug ? LogLevel.Debug : Level(section.Level),
            Format = Format(section.Format, report),
            Handlers = [.. section.Handlers.Select((handler, i) => Handler(handler, $"{Path}.handlers[{i}]", report))],
        };
    }

    private static LogLevel Level(LogLevelName name) => name switch
    {
        LogLevelName.Trace => LogLevel.Trace,
        LogLevelName.Debug => LogLevel.Debug,
        LogLevelName.Info => LogLevel.Information,
        LogLevelName.Warning => LogLevel.Warning,
        LogLevelName.Error => LogLevel.Error,
        LogLevelName.Critical => LogLevel.Critical,
        _ => LogLevel.None,
    };

    private static LogFormat Format(string text, Report report)
    {
        switch (text.ToLowerInvariant())
        {
            case "text":
                return LogFormat.Text;
            case "json":
                return LogFormat.Json;
        }

        // Python's logging writes %(name)s, and {name} in its other style.
        if (text.Contains("%(", StringComparison.Ordinal) || text.Contains('{', StringComparison.Ordinal))
            report.Warn($"{Path}.format", "format strings have no meaning here: lines are text or json; text is taken");
        else
            report.Error($"{Path}.format", $"expected text or json, got {Quoting.Quote(text, quotes: false)}");
        return LogFormat.Text;
    }

    private static LogHandlerOptions Handler(LogHandlerSection? section, string path, Report report)
    {
        LogLevel? level = section?.Level is { } name ? Level(name) : null;
        if (section is not FileHandlerSection file) return new ConsoleHandlerOptions { Level = level };
        if (file.Path is not null && file.Filename is not null)
            report.Error($"{path}.filename", "means the same as path; give one of the two");
        if (file.Path is null && file.Filename is null && !report.Failed($"{path}.path") && !report.Failed($"{path}.filename"))
            report.Error($"{path}.path", "missing; expected the path of a file");
        return new FileHandlerOptions
        {
            Level = level,
            Path = file.Path ?? file.Filename ?? "",
            MaxBytes = file.MaxBytes,
            BackupCount = file.BackupCount,
        };
    }
}
