namespace MetricsSim.Push;

/// <summary>What pushing logs.</summary>
internal static partial class PushLog
{
    [LoggerMessage(EventId = 160, Level = LogLevel.Information, Message = "Pushing to {Url} every {Interval} by remote write")]
    public static partial void Pushing(ILogger logger, Uri url, TimeSpan interval);

    [LoggerMessage(EventId = 161, Level = LogLevel.Warning, Message = "{Url} does not take what is pushed, trying again: {Reason}")]
    public static partial void Failing(ILogger logger, Uri url, string reason);

    [LoggerMessage(EventId = 162, Level = LogLevel.Information, Message = "{Url} takes what is pushed again")]
    public static partial void Recovered(ILogger logger, Uri url);

    [LoggerMessage(EventId = 163, Level = LogLevel.Error, Message = "{Url} refuses what is pushed, which is lost: {Reason}")]
    public static partial void Refused(ILogger logger, Uri url, string reason);

    [LoggerMessage(EventId = 164, Level = LogLevel.Warning, Message = "{Samples} samples for {Url} were not sent in time and are lost")]
    public static partial void Unsent(ILogger logger, Uri url, long samples);

    [LoggerMessage(EventId = 165, Level = LogLevel.Warning, Message = "The queue for {Url} is full: the oldest are dropped")]
    public static partial void Dropping(ILogger logger, Uri url);

    [LoggerMessage(EventId = 166, Level = LogLevel.Information, Message = "Putting the page to {Url} every {Interval}")]
    public static partial void Putting(ILogger logger, Uri url, TimeSpan interval);

    [LoggerMessage(EventId = 167, Level = LogLevel.Warning, Message = "{Url} refuses samples that come late on purpose (push.remote_write.out_of_order): {Reason}")]
    public static partial void LateRefused(ILogger logger, Uri url, string reason);

    [LoggerMessage(EventId = 168, Level = LogLevel.Warning, Message = "{Url} takes samples but says that it has not written all exemplars")]
    public static partial void ExemplarsLost(ILogger logger, Uri url);

    [LoggerMessage(EventId = 169, Level = LogLevel.Information, Message = "Pushing to {Url} every {Interval} by OTLP")]
    public static partial void PushingOtlp(ILogger logger, Uri url, TimeSpan interval);

    [LoggerMessage(EventId = 170, Level = LogLevel.Warning, Message = "{Requests} requests for {Url} were not sent in time and are lost")]
    public static partial void UnsentOtlp(ILogger logger, Uri url, int requests);

    [LoggerMessage(EventId = 171, Level = LogLevel.Error, Message = "{Requests} requests of OTLP could not be made, their metrics are lost")]
    public static partial void NotEncoded(ILogger logger, int requests);

    [LoggerMessage(EventId = 172, Level = LogLevel.Error, Message = "A push failed by a defect of this program; the next is tried all the same")]
    public static partial void Broken(ILogger logger, Exception defect);
}
