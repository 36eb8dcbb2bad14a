namespace MetricsSim.Core.Engine;

/// <summary>
/// Oddities of the real stream, all off by default (config: <c>telemetry.quirks</c>). They change what is published of the world, never the
/// world, and follow from the options, the tick and the values alone: there is no state to keep.
/// </summary>
public sealed record QuirkOptions
{
    /// <summary>
    /// Counters of a session (without <c>session_id</c>: of a user) fall to half for a minute, now and then. Needs <c>user_id</c> or
    /// <c>session_id</c>.
    /// </summary>
    public bool CounterFallback { get; init; }

    /// <summary>Series of sessions and users begin with the client's first export rather than at 0.</summary>
    public bool NonzeroStart { get; init; }

    /// <summary>Clients of one version tell no cost and no <c>query_source</c>. Needs a label that tells versions apart.</summary>
    public bool LostAttributes { get; init; }

    /// <summary>Clients of an old version have <c>tool</c> for <c>tool_name</c> and edit by <c>MultiEdit</c>. Needs a label that tells versions apart.</summary>
    public bool OldNames { get; init; }
}
