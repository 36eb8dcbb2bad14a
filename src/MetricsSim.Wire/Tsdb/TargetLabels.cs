using MetricsSim.Core.Series;

namespace MetricsSim.Wire.Tsdb;

/// <summary>What a scrape does to the labels of a page: it adds those of its target.</summary>
public static class TargetLabels
{
    private const string Exported = "exported_";

    /// <summary>
    /// The layout as a scrape with <c>honor_labels: false</c> stores it: each series has the target's labels behind its own, and one of its
    /// own with the same name is renamed to <c>exported_…</c>. Its snapshots have the same columns.
    /// </summary>
    /// <param name="layout">The layout of the page.</param>
    /// <param name="labels">Labels of the target, by distinct names.</param>
    public static SeriesLayout AddTo(SeriesLayout layout, IReadOnlyList<Label> labels)
    {
        var taken = labels.Select(label => label.Name).ToHashSet(StringComparer.Ordinal);
        var axes = layout.Families.Select(family => family.Rows).Distinct().ToDictionary(rows => rows, rows => Rename(rows, taken));
        return new SeriesLayout(
            [.. layout.Families.Select(family => family with { Rows = axes[family.Rows], Leaves = [.. family.Leaves.Select(leaf => Add(leaf, labels, taken))] })]);
    }

    private static IReadOnlyList<Label> Add(IReadOnlyList<Label> leaf, IReadOnlyList<Label> labels, HashSet<string> taken) =>
        [.. leaf.Select(label => Rename(label, taken)), .. labels];

    private static LabelRows Rename(LabelRows rows, HashSet<string> taken) =>
        rows is LiveRows live ? new RenamedLiveRows(live, taken) :
        Enumerable.Range(0, rows.Count).Any(row => rows.Labels(row).Any(label => taken.Contains(label.Name))) ? new RenamedRows(rows, taken) : rows;

    private static Label Rename(Label label, HashSet<string> taken) => taken.Contains(label.Name) ? label with { Name = Exported + label.Name } : label;

    /// <summary>Rows that come later may have any labels.</summary>
    private sealed class RenamedLiveRows(LiveRows rows, HashSet<string> taken) : LiveRows
    {
        public override IReadOnlyList<Label> LabelsOf(LiveRow row) => [.. rows.LabelsOf(row).Select(label => Rename(label, taken))];
    }

    private sealed class RenamedRows(LabelRows rows, HashSet<string> taken) : LabelRows
    {
        public override int Count => rows.Count;

        public override IReadOnlyList<Label> Labels(int row) => [.. rows.Labels(row).Select(label => Rename(label, taken))];
    }
}
