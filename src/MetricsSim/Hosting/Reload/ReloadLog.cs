namespace MetricsSim.Hosting.Reload;

/// <summary>What hot reload logs.</summary>
internal static partial class ReloadLog
{
    [LoggerMessage(EventId = 140, Level = LogLevel.Information, Message = "Watching {Path} and its scenarios for changes")]
    public static partial void Watching(ILogger logger, string path);

    [LoggerMessage(EventId = 141, Level = LogLevel.Information, Message = "The configuration was reloaded from {Path}")]
    public static partial void Reloaded(ILogger logger, string path);

    [LoggerMessage(EventId = 142, Level = LogLevel.Error, Message = "{Finding}")]
    public static partial void Wrong(ILogger logger, string finding);

    [LoggerMessage(EventId = 143, Level = LogLevel.Error, Message = "The changed configuration {Path} has errors ({Count}): the one before stays in effect")]
    public static partial void NotReloaded(ILogger logger, string path, int count);

    [LoggerMessage(EventId = 144, Level = LogLevel.Warning, Message = "The changed configuration {Path} is not taken: {Reason}; the one before stays in effect as a whole")]
    public static partial void Refused(ILogger logger, string path, string reason);

    [LoggerMessage(EventId = 145, Level = LogLevel.Warning, Message = "{Keys} changed and take effect with the next start")]
    public static partial void NeedsRestart(ILogger logger, string keys);

    [LoggerMessage(EventId = 146, Level = LogLevel.Warning, Message = "{Finding}")]
    public static partial void Warn(ILogger logger, string finding);

    [LoggerMessage(EventId = 147, Level = LogLevel.Information, Message = "development.hot_reload is off: {Path} is no longer watched")]
    public static partial void NoLongerWatching(ILogger logger, string path);
}
