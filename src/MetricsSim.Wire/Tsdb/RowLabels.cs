using MetricsSim.Core.Series;
using MetricsSim.Wire.TextFormat;

namespace MetricsSim.Wire.Tsdb;

/// <summary>The labels of the rows of an axis: fixed ones, or those that were there since the block began.</summary>
/// <param name="rows">The rows.</param>
internal sealed class RowLabels(IEnumerable<IReadOnlyList<Label>> rows)
{
    /// <summary>The label with the name of a series.</summary>
    public const string MetricName = "__name__";

    /// <summary>The rows.</summary>
    public IEnumerable<IReadOnlyList<Label>> Rows { get; } = rows;

    /// <summary>The rows of each family; families with the same fixed axis have the same instance.</summary>
    public static RowLabels[] Of(IReadOnlyList<FamilyLines> families, IReadOnlyList<(FamilyLines Family, IChunkSource Source)> sources)
    {
        var axes = new Dictionary<LabelRows, RowLabels>(ReferenceEqualityComparer.Instance);
        var live = sources.Where(entry => entry.Source is LiveSlice)
            .ToDictionary(entry => entry.Family, entry => new RowLabels(((LiveSlice)entry.Source).Rows.Select(((LiveRows)entry.Family.Family.Rows).LabelsOf)));
        return [.. families.Select(family => live.GetValueOrDefault(family) ?? Fixed(family.Family.Rows, axes))];
    }

    /// <summary>The labels of a line beyond the row's and the leaf's.</summary>
    public static IEnumerable<Label> OfLine(SampleLine line)
    {
        yield return new Label(MetricName, line.Name);
        if (line.Bound is { } bound)
        {
            yield return new Label(line.BoundName, bound);
        }
    }

    /// <summary>Names and values of all labels of a family with these rows.</summary>
    public IEnumerable<string> Texts(FamilyLines family)
    {
        var others = family.Family.Leaves.SelectMany(leaf => leaf).Concat(family.Lines.SelectMany(OfLine));
        return Rows.SelectMany(row => row).Concat(others).SelectMany(label => (string[])[label.Name, label.Value]);
    }

    private static RowLabels Fixed(LabelRows axis, Dictionary<LabelRows, RowLabels> axes)
    {
        if (!axes.TryGetValue(axis, out var rows))
        {
            axes.Add(axis, rows = new RowLabels(Enumerable.Range(0, axis.Count).Select(axis.Labels)));
        }

        return rows;
    }
}
