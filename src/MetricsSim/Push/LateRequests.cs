using MetricsSim.Wire.RemoteWrite;

namespace MetricsSim.Push;

/// <summary>Requests that are held back on purpose, in the order in which they are due; the oldest gives way when there are too many.</summary>
/// <param name="delay">How long each is held.</param>
/// <param name="most">Most requests that are held.</param>
internal sealed class LateRequests(TimeSpan delay, int most)
{
    private readonly Queue<(DateTimeOffset Due, WriteRequest Request)> _held = new();

    /// <summary>Holds a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="now">The time.</param>
    /// <returns>One that gave way; null for none.</returns>
    public WriteRequest? Hold(WriteRequest request, DateTimeOffset now)
    {
        _held.Enqueue((now + delay, request));
        return _held.Count > most ? _held.Dequeue().Request : null;
    }

    /// <summary>Lets requests go.</summary>
    /// <param name="now">Those that are due by then.</param>
    /// <returns>The requests.</returns>
    public IEnumerable<WriteRequest> Release(DateTimeOffset now)
    {
        while (_held.TryPeek(out var first) && first.Due <= now) yield return _held.Dequeue().Request;
    }
}
