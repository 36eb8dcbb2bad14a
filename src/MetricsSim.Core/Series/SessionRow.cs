using MetricsSim.Core.Population;

namespace MetricsSim.Core.Series;

/// <summary>A session's row: the labels of its user and <c>session_id</c>.</summary>
/// <param name="users">Row axis whose labels the user has.</param>
/// <param name="session">Key of the session.</param>
/// <param name="id">What <c>session_id</c> says.</param>
internal sealed class SessionRow(UserRows users, ulong session, string id) : LiveRow
{
    private Dictionary<VersionedLeaves, LiveRow?[]>? _series;

    public int User => (int)(uint)session;

    /// <summary>Key of the session.</summary>
    public ulong Session => session;

    /// <inheritdoc />
    public override IReadOnlyList<Label> Labels => [.. users.LabelsOf(User), new(users.NameOf("session.id"), id)];

    /// <summary>A row for each series of a family that versions of the client tell differently; null for those that the session's doesn't.</summary>
    /// <param name="leaves">The family's leaves.</param>
    public LiveRow?[] SeriesOf(VersionedLeaves leaves)
    {
        _series ??= [];
        if (!_series.TryGetValue(leaves, out var rows))
        {
            var version = users.VersionOfUser(User);
            rows = [.. Enumerable.Range(0, leaves.Count).Select(leaf => leaves.IsTold(version, leaf) ? new SeriesRow(this, leaves.Labels(version, leaf)) : null)];
            _series.Add(leaves, rows);
        }

        return rows;
    }

    private sealed class SeriesRow(SessionRow session, IReadOnlyList<Label> leaf) : LiveRow
    {
        public override IReadOnlyList<Label> Labels => [.. session.Labels, .. leaf];
    }
}
