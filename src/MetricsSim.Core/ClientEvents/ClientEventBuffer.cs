using MetricsSim.Core.Randomness;
using MetricsSim.Core.Workload;

namespace MetricsSim.Core.ClientEvents;

/// <summary>What happens on one lane during a tick. Allocates only when it has to grow.</summary>
internal sealed class ClientEventBuffer
{
    private const int RequestStep = 1, FirstToolStep = 2;
    private ClientEvent[] _events = new ClientEvent[64];

    /// <summary>Events there are.</summary>
    public int Count { get; private set; }

    /// <summary>Hands out what happened, and forgets it.</summary>
    /// <returns>Valid until the next event.</returns>
    public ReadOnlySpan<ClientEvent> Take()
    {
        var count = Count;
        Count = 0;
        return _events.AsSpan(0, count);
    }

    public void Started(ulong session, long at) =>
        Add(new ClientEvent { Kind = ClientEventKind.SessionStarted, At = at, Session = session, Request = -1 });

    public void Ended(ulong session, long at, bool failed, long micros) =>
        Add(new ClientEvent { Kind = ClientEventKind.SessionEnded, At = at, Session = session, Request = int.MaxValue, Failed = failed, Micros = micros });

    /// <summary>A session could not begin, and the request that said so was given up.</summary>
    public void Refused(ulong session, long at, int model, long micros) => Add(new ClientEvent
    {
        Kind = ClientEventKind.ApiError, At = at, Session = session, Request = -1, Step = RequestStep, Model = (byte)model, Attempts = 1, Error = ErrorKind.Auth, Micros = micros,
    });

    /// <summary>A request makes its first attempt.</summary>
    public void Asked(in KeyedRandom random, in Operation operation, long at)
    {
        if (!Prompts.BeginsWith(random, operation.SessionKey, operation.Request)) return;
        Add(new ClientEvent { Kind = ClientEventKind.UserPrompt, At = at, Session = operation.SessionKey, Request = operation.Request });
    }

    public void GaveUp(in Operation operation, long at) => Add(Ended(operation, at) with { Kind = ClientEventKind.ApiError, Error = operation.Outcome });

    public void Answered(in Operation operation, long at, int querySource, in TokenCounts tokens, long nanoUsd) =>
        Add(Ended(operation, at) with { Kind = ClientEventKind.ApiRequest, QuerySource = (byte)querySource, Tokens = tokens, NanoUsd = nanoUsd });

    /// <summary>A decision on an edit.</summary>
    /// <param name="call">The request that proposes it, which call of it, and when.</param>
    /// <param name="tool">Index of the tool.</param>
    /// <param name="accepted">What was decided.</param>
    /// <param name="source">Where that came from.</param>
    public void Decided(in ToolCall call, int tool, bool accepted, DecisionSource source) =>
        Add(Of(call, tool) with { Kind = ClientEventKind.ToolDecision, Accepted = accepted, Source = source });

    /// <summary>The use of a tool.</summary>
    /// <param name="call">The request that calls it, which call of it, and when.</param>
    /// <param name="tool">Index of the tool.</param>
    /// <param name="error">Why it failed, if it did.</param>
    /// <param name="source">Where the decision to use it came from.</param>
    /// <param name="micros">How long it took.</param>
    public void Used(in ToolCall call, int tool, ErrorKind error, DecisionSource source, long micros)
    {
        var used = Of(call, tool);
        Add(used with { Kind = ClientEventKind.ToolResult, Step = used.Step + 1, Accepted = true, Source = source, Error = error, Micros = micros });
    }

    private static ClientEvent Ended(in Operation operation, long at) => new()
    {
        At = at,
        Session = operation.SessionKey,
        Request = operation.Request,
        Step = RequestStep,
        Model = operation.Model,
        Effort = operation.Effort,
        Attempts = operation.Attempts,
        Micros = operation.BusyMicros,
    };

    private static ClientEvent Of(in ToolCall call, int tool) =>
        new() { At = call.At, Session = call.Session, Request = call.Request, Step = FirstToolStep + (2 * call.Number), Tool = (byte)tool };

    private void Add(in ClientEvent happened)
    {
        if (Count == _events.Length) Array.Resize(ref _events, 2 * Count);
        _events[Count++] = happened;
    }
}
