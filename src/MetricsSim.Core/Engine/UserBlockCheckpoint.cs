using MetricsSim.Core.Checkpoints;

namespace MetricsSim.Core.Engine;

/// <content>Its part of a saved state.</content>
internal sealed partial class UserBlock
{
    public void Write(StateWriter to)
    {
        _users.Write(to);
        _sessions.Write(to);
        _operations.Write(to);
    }

    /// <param name="from">The state.</param>
    /// <param name="now">The tick boundary, µs since tick 0: nothing is due before it.</param>
    public void Read(StateReader from, long now)
    {
        _users.Read(from);
        _sessions.Read(from, now, _users);
        _operations.Read(from, now, _users);
    }
}
