using MetricsSim.Core.Series;

namespace MetricsSim.Wire.Tsdb;

/// <summary>What a scrape does to the labels of a page: it adds those of its target.</summary>
public static class TargetLabels
{
    private const string Exported = "exported_";

    /// <summary>
    /// The layout as a scrape with <c>honor_labels: false</c> stores it: each series has the target's labels in front of its own, and one of
    /// its own with the same name is renamed to <c>exported_…</c>. Its snapshots have the same columns.
    /// </summary>
    /// <param name="layout">The layout of the page.</param>
    /// <param name="labels">Labels of the target, by distinct names.</param>
    public static SeriesLayout AddTo(SeriesLayout layout, IReadOnlyList<Label> labels)
    {
        var taken = labels.Select(label => label.Name).ToHashSet(StringComparer.Ordinal);
        var axes = new Dictionary<LabelRows, LabelRows>(ReferenceEqualityComparer.Instance);
        return new SeriesLayout(
        [
            .. layout.Families.Select(family =>
            {
                if (!axes.TryGetValue(family.Rows, out var rows))
                {
                    axes.Add(family.Rows, rows = new RowsOfTarget(family.Rows, labels, taken));
                }

                return family with { Rows = rows, Leaves = [.. family.Leaves.Select(leaf => Rename(leaf, taken))] };
            }),
        ]);
    }

    private static IReadOnlyList<Label> Rename(IReadOnlyList<Label> labels, HashSet<string> taken) =>
        labels.Any(label => taken.Contains(label.Name))
            ? [.. labels.Select(label => taken.Contains(label.Name) ? label with { Name = Exported + label.Name } : label)]
            : labels;

    private sealed class RowsOfTarget(LabelRows rows, IReadOnlyList<Label> labels, HashSet<string> taken) : LabelRows
    {
        public override int Count => rows.Count;

        public override IReadOnlyList<Label> Labels(int row) => [.. labels, .. Rename(rows.Labels(row), taken)];
    }
}
