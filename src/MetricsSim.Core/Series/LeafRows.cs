using MetricsSim.Core.Population;

namespace MetricsSim.Core.Series;

/// <summary>A row for each series of a family of users, as their versions of the client tell them.</summary>
/// <param name="users">The family's row axis.</param>
/// <param name="leaves">Its leaves.</param>
internal sealed class LeafRows(UserRows users, VersionedLeaves leaves) : LabelRows
{
    /// <inheritdoc />
    public override int Count => checked(users.Count * leaves.Count);

    /// <inheritdoc />
    public override IReadOnlyList<Label> Labels(int row)
    {
        var (user, leaf) = Math.DivRem(row, leaves.Count);
        return [.. users.Labels(user), .. leaves.Labels(users.VersionOf(user), leaf)];
    }
}
