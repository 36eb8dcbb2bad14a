namespace MetricsSim.Core.Workload;

/// <summary>A user who wants to start a session, for the first time or again after a refusal.</summary>
/// <param name="User">Index of the user.</param>
/// <param name="Ordinal">Which of the user's sessions it is.</param>
/// <param name="Segment">Index of the user's segment.</param>
internal readonly record struct Arrival(int User, uint Ordinal, byte Segment)
{
    /// <summary>The entity the session's draws are keyed with.</summary>
    public ulong Key => ((ulong)Ordinal << 32) | (uint)User;
}
