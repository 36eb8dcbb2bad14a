namespace MetricsSim.Core.Randomness;

/// <summary>What a draw is for. The numbers are part of every seed's meaning: never renumber one, only add.</summary>
public enum Purpose : byte
{
    /// <summary>Offset of the low-discrepancy sequences that place users in segments and in the enabled share.</summary>
    Placement = 1,

    /// <summary>A user's fixed attributes.</summary>
    Profile = 2,

    /// <summary>A user's activity at tick 0.</summary>
    InitialActivity = 3,

    /// <summary>A step of a user's activity.</summary>
    ActivityStep = 4,

    /// <summary>Exposure between a user's arrivals.</summary>
    Arrival = 5,

    /// <summary>Number of a user's sessions in progress at tick 0.</summary>
    InitialSessions = 6,

    /// <summary>Length and age of a session in progress at tick 0.</summary>
    InitialSession = 7,

    /// <summary>A session's length, model and end.</summary>
    Session = 8,

    /// <summary>A request's gap and tokens.</summary>
    Request = 9,

    /// <summary>An attempt's service time and outcome.</summary>
    Attempt = 10,

    /// <summary>The tool calls after a request.</summary>
    Tools = 11,

    /// <summary>One tool call.</summary>
    ToolCall = 12,

    /// <summary>Whether a fault hits an entity.</summary>
    FaultTarget = 13,

    /// <summary>Identifiers that are published.</summary>
    Identifier = 14,

    /// <summary>A value of a custom resource attribute.</summary>
    ResourceAttribute = 15,

    /// <summary>Whether and when a fault of the background begins.</summary>
    AmbientFault = 16,

    /// <summary>Whether and when published counters fall back.</summary>
    CounterFallback = 20,

    /// <summary>Values of a label of a series group.</summary>
    GroupLabel = 24,

    /// <summary>What a series of a group begins with.</summary>
    GroupStart = 25,

    /// <summary>A draw or step of a series of a group.</summary>
    GroupValue = 26,

    /// <summary>What a histogram or summary of a group observes.</summary>
    GroupObservation = 27,

    /// <summary>Whether a sample is pushed late, and so out of order. (The entity is a series.)</summary>
    LateSample = 32,

    /// <summary>What a user asks.</summary>
    Prompt = 33,
}
