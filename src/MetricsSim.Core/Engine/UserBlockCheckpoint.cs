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
        Series?.Write(to);
    }

    /// <param name="from">The state.</param>
    /// <param name="now">The tick boundary, µs since tick 0: nothing is due before it.</param>
    public void Read(StateReader from, long now)
    {
        _users.Read(from);
        _sessions.Read(from, now, _users);
        _operations.Read(from, now, _users);
        Series?.Read(from, now, _users, _sessions.Open, _operations.InFlight);
    }

    /// <summary>Goes on with the same users of other options.</summary>
    /// <param name="before">The block.</param>
    /// <param name="models">Index of each model that was among those that are.</param>
    /// <param name="now">The tick boundary, µs since tick 0.</param>
    public void TakeOver(UserBlock before, byte[] models, long now)
    {
        _users.TakeOver(before._users);
        _sessions.TakeOver(before._sessions, models, _users);
        _operations.TakeOver(before._operations, models);
        Series?.TakeOver(before.Series, now, _sessions.Open, _operations.InFlight);
    }
}
