using MetricsSim.Core.Population;

namespace MetricsSim.Core.Series;

/// <summary>A session's row: the labels of its user and <c>session_id</c>.</summary>
/// <param name="users">Row axis whose labels the user has.</param>
/// <param name="user">Index of the user.</param>
/// <param name="id">What <c>session_id</c> says.</param>
internal sealed class SessionRow(UserRows users, int user, string id) : LiveRow
{
    public int User => user;

    /// <inheritdoc />
    public override IReadOnlyList<Label> Labels => [.. users.LabelsOf(user), new("session_id", id)];
}
