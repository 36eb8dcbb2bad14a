namespace MetricsSim.Core.ClientEvents;

/// <summary>What a client tells of.</summary>
public enum ClientEventKind : byte
{
    /// <summary>A session began.</summary>
    SessionStarted,

    /// <summary>The user asked something: the first attempt of the request that begins with it.</summary>
    UserPrompt,

    /// <summary>An API request was answered.</summary>
    ApiRequest,

    /// <summary>An API request was given up, after all its attempts.</summary>
    ApiError,

    /// <summary>An edit was accepted or rejected.</summary>
    ToolDecision,

    /// <summary>A tool was used.</summary>
    ToolResult,

    /// <summary>A session ended.</summary>
    SessionEnded,
}

/// <summary>Where a decision came from.</summary>
public enum DecisionSource : byte
{
    /// <summary>The user's settings allow it.</summary>
    Config,

    /// <summary>The user allowed it for good.</summary>
    UserPermanent,

    /// <summary>The user allowed it this once, or for the session.</summary>
    UserTemporary,

    /// <summary>The user stopped the client.</summary>
    UserAbort,

    /// <summary>The user said no.</summary>
    UserReject,
}
