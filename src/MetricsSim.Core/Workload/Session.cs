namespace MetricsSim.Core.Workload;

/// <summary>A session in progress. Times are µs since tick 0; a session found in progress at tick 0 started before it.</summary>
internal struct Session
{
    /// <summary>Levels of effort.</summary>
    public const int Efforts = 3;

    public int User;
    public uint Ordinal;
    public bool Alive;
    public bool FailsAtEnd;
    public byte Segment;
    public byte Model;
    public byte Effort;
    public int GiveUps;
    public int Requests;
    public int Context;
    public long StartedAt;
    public long EndsAt;
    public long NextRequestAt;

    /// <summary>The entity its draws are keyed with: the user and the how-manieth session of that user it is.</summary>
    public readonly ulong Key => ((ulong)Ordinal << 32) | (uint)User;

    public readonly long NextEventAt => Math.Min(NextRequestAt, EndsAt);
}
