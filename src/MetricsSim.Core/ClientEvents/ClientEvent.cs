using MetricsSim.Core.Workload;

namespace MetricsSim.Core.ClientEvents;

/// <summary>One thing that happened in a client, as its logs tell it. What its kind has no use for is 0.</summary>
public readonly record struct ClientEvent
{
    /// <summary>What happened.</summary>
    public ClientEventKind Kind { get; init; }

    /// <summary>When, µs since tick 0. Tools bear the time of the answer that called them.</summary>
    public long At { get; init; }

    /// <summary>Key of the session.</summary>
    public ulong Session { get; init; }

    /// <summary>Number of the request in its session; −1 of one that was refused before the session began.</summary>
    public int Request { get; init; }

    /// <summary>Orders what happened at one instant with one request.</summary>
    public int Step { get; init; }

    /// <summary>Index of the model.</summary>
    public byte Model { get; init; }

    /// <summary>Index into <see cref="Series.PopulationFamilies.QuerySources"/>.</summary>
    public byte QuerySource { get; init; }

    /// <summary>Index into <see cref="Series.PopulationFamilies.Efforts"/>.</summary>
    public byte Effort { get; init; }

    /// <summary>Attempts made.</summary>
    public byte Attempts { get; init; }

    /// <summary>Why a request was given up, a tool failed, or <see cref="ErrorKind.None"/>.</summary>
    public ErrorKind Error { get; init; }

    /// <summary>Index into <see cref="Tools.All"/>.</summary>
    public byte Tool { get; init; }

    /// <summary>Whether an edit was accepted.</summary>
    public bool Accepted { get; init; }

    /// <summary>Where the decision came from.</summary>
    public DecisionSource Source { get; init; }

    /// <summary>Whether a session that ended had failed.</summary>
    public bool Failed { get; init; }

    /// <summary>How long it took, µs: of requests all attempts, queueing included, backoff not.</summary>
    public long Micros { get; init; }

    /// <summary>Tokens of an answered request.</summary>
    public TokenCounts Tokens { get; init; }

    /// <summary>Its cost.</summary>
    public long NanoUsd { get; init; }

    /// <summary>Index of the user.</summary>
    public int User => (int)(uint)Session;

    /// <summary>In order of time, then session, request and step: the same whatever lanes they happened in.</summary>
    /// <param name="a">One.</param>
    /// <param name="b">Another.</param>
    public static int InOrder(ClientEvent a, ClientEvent b)
    {
        var order = a.At.CompareTo(b.At);
        if (order == 0) order = a.Session.CompareTo(b.Session);
        if (order == 0) order = a.Request.CompareTo(b.Request);
        return order != 0 ? order : a.Step.CompareTo(b.Step);
    }
}
