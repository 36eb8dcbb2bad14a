namespace MetricsSim.Core.Workload;

/// <summary>An API request with all its attempts: waiting for its next attempt, or for its end.</summary>
internal struct Operation
{
    public ulong SessionKey;
    public int Slot;
    public int Request;
    public int Context;
    public byte Model;
    public byte Effort;
    public byte Attempts;

    /// <summary>Whether the attempts are over, and only the end is waited for.</summary>
    public bool Resolved;
    public ErrorKind Outcome;

    /// <summary>Time spent in attempts, µs: queueing included, backoff not.</summary>
    public long BusyMicros;

    public readonly int User => (int)(uint)SessionKey;
}
