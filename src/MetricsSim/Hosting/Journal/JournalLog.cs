namespace MetricsSim.Hosting.Journal;

/// <summary>What the journal logs.</summary>
internal static partial class JournalLog
{
    [LoggerMessage(EventId = 120, Level = LogLevel.Error, Message = "The journal {Path} can't be written: {Reason}; changing calls are refused until it can")]
    public static partial void NotWriting(ILogger logger, string path, string reason);

    [LoggerMessage(EventId = 121, Level = LogLevel.Information, Message = "The journal {Path} is written again")]
    public static partial void Writing(ILogger logger, string path);

    [LoggerMessage(EventId = 122, Level = LogLevel.Error, Message = "The checkpoint of tick {Tick} could not be taken: {Reason}")]
    public static partial void NoCheckpoint(ILogger logger, long tick, string reason);

    [LoggerMessage(EventId = 123, Level = LogLevel.Debug, Message = "Checkpoint of tick {Tick} taken")]
    public static partial void CheckpointTaken(ILogger logger, long tick);

    [LoggerMessage(EventId = 124, Level = LogLevel.Warning, Message = "The checkpoint {File} can't be used, {Reason}: an earlier state is taken, so catching up takes longer")]
    public static partial void CheckpointSkipped(ILogger logger, string file, string reason);

    [LoggerMessage(EventId = 125, Level = LogLevel.Warning, Message = "The journal {Path} ended within a record: its last {Bytes} bytes were cut")]
    public static partial void TailCut(ILogger logger, string path, long bytes);

    [LoggerMessage(EventId = 126, Level = LogLevel.Warning, Message = "The configuration has changed since the run began; the journal's stays in effect")]
    public static partial void OtherConfiguration(ILogger logger);

    [LoggerMessage(EventId = 127, Level = LogLevel.Information, Message = "Resuming at tick {From}: catching up to tick {Target}")]
    public static partial void Resuming(ILogger logger, long from, long target);

    [LoggerMessage(EventId = 128, Level = LogLevel.Information, Message = "Catching up: tick {Tick} of {Target}")]
    public static partial void CatchingUp(ILogger logger, long tick, long target);

    [LoggerMessage(EventId = 129, Level = LogLevel.Information, Message = "Caught up at tick {Tick}, after {Seconds:F1} s")]
    public static partial void CaughtUp(ILogger logger, long tick, double seconds);
}
