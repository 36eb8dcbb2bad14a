using MetricsSim.Core.Engine;
using MetricsSim.Core.Population;

namespace MetricsSim.Core.Series;

/// <summary>
/// The leaves of a family as each version of the client tells them: with other labels, or not at all. Such a family is published with a row
/// for each of its series; its column is the same.
/// </summary>
internal sealed class VersionedLeaves
{
    private const string ToolName = "tool_name";
    private const string QuerySource = "query_source";
    private readonly IReadOnlyList<Label>[][] _labels;
    private readonly bool[][] _isTold;

    private VersionedLeaves(MetricFamily family, Func<int, IReadOnlyList<Label>, IReadOnlyList<Label>?> tell)
    {
        Count = family.Leaves.Count;
        var told = Enumerable.Range(0, ClientVersions.All.Count).Select(version => family.Leaves.Select(leaf => tell(version, leaf)).ToArray()).ToArray();
        _isTold = [.. told.Select(leaves => leaves.Select(leaf => leaf is not null).ToArray())];
        // Series that are hidden have labels of their own all the same.
        _labels = [.. told.Select(leaves => leaves.Select((leaf, i) => leaf ?? family.Leaves[i]).ToArray())];
    }

    /// <summary>Number of leaves.</summary>
    public int Count { get; }

    /// <summary>What quirks make of each family's leaves, in the order of the families; null where they leave them alone.</summary>
    public static VersionedLeaves?[] Of(PopulationFamilies families, TelemetryOptions telemetry)
    {
        var leaves = new VersionedLeaves?[families.All.Count];
        if (telemetry.Quirks.OldNames)
        {
            foreach (var family in new[] { families.ToolUsage, families.Errors, families.Decisions }) leaves[family] = new(families.All[family], WithOldNames);
        }

        if (telemetry.Quirks.LostAttributes)
        {
            leaves[families.Cost] = new(families.All[families.Cost], (version, leaf) => version == ClientVersions.WithLostAttributes ? null : leaf);
            if (telemetry.Labels.QuerySource) leaves[families.Tokens] = new(families.All[families.Tokens], WithoutSource);
        }

        return leaves;
    }

    /// <summary>Whether a version tells a leaf.</summary>
    public bool IsTold(int version, int leaf) => _isTold[version][leaf];

    /// <summary>A leaf's labels in a version.</summary>
    public IReadOnlyList<Label> Labels(int version, int leaf) => _labels[version][leaf];

    /// <summary>The family as it is published.</summary>
    public MetricFamily Publish(MetricFamily family) =>
        family with { Rows = family.Rows is UserRows users ? new LeafRows(users, this) : new LiveRows(), Leaves = [[]] };

    /// <summary>The series of a fixed axis that are missing.</summary>
    /// <param name="users">The axis.</param>
    /// <param name="gaps">Rows that are missing anyway, or null for none.</param>
    public RowMask Hidden(UserRows users, RowMask? gaps) => new(
        users.Count * Count,
        series => gaps?[series / Count] == true || !IsTold(users.VersionOf(series / Count), series % Count));

    private static IReadOnlyList<Label> WithOldNames(int version, IReadOnlyList<Label> leaf) => version != ClientVersions.WithOldNames
        ? leaf
        : [.. leaf.Select(label => label.Name == ToolName ? new Label("tool", label.Value == "Edit" ? "MultiEdit" : label.Value) : label)];

    /// <summary>All sources are told as one, by the first of them; see <see cref="QuirkedValues"/>.</summary>
    private static IReadOnlyList<Label>? WithoutSource(int version, IReadOnlyList<Label> leaf)
    {
        if (version != ClientVersions.WithLostAttributes) return leaf;
        return leaf.Any(label => label.Name == QuerySource && label.Value != PopulationFamilies.FirstQuerySource)
            ? null
            : [.. leaf.Select(label => label.Name == QuerySource ? label with { Value = "" } : label)];
    }
}
