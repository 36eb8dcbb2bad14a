using MetricsSim.Core.Series;

namespace MetricsSim.Core.Groups;

/// <summary>The label sets of a group's series, by number; nothing is kept for one.</summary>
public abstract class GroupLabels : IEquatable<GroupLabels>
{
    /// <summary>One series without labels.</summary>
    public static GroupLabels None { get; } = new LabelProduct([], 1);

    /// <summary>Number of series.</summary>
    public abstract int Count { get; }

    /// <summary>The labels of a series, in the order they are written.</summary>
    /// <param name="series">0 ≤ series &lt; <see cref="Count"/>.</param>
    public abstract Label[] Of(int series);

    /// <inheritdoc />
    public abstract bool Equals(GroupLabels? other);

    /// <inheritdoc />
    public sealed override bool Equals(object? obj) => Equals(obj as GroupLabels);

    /// <inheritdoc />
    public override int GetHashCode() => Count;
}

/// <summary>
/// The combinations of some labels' values, the first label running fastest, as far as there are series: with fewer series than
/// combinations the last labels don't come to all of their values.
/// </summary>
/// <param name="labels">The labels, by distinct names.</param>
/// <param name="count">Number of series, at most the product of the cardinalities.</param>
public sealed class LabelProduct(IReadOnlyList<LabelValues> labels, int count) : GroupLabels
{
    /// <summary>Values of labels with more of them are made each time they are asked for.</summary>
    private const int MostKept = 4096;

    private readonly string[]?[] _kept = [.. labels.Select(label => label.Cardinality <= MostKept ? Enumerable.Range(0, label.Cardinality).Select(i => label[i]).ToArray() : null)];

    /// <summary>The labels.</summary>
    public IReadOnlyList<LabelValues> Labels => labels;

    /// <inheritdoc />
    public override int Count => count;

    /// <inheritdoc />
    public override Label[] Of(int series)
    {
        var set = new Label[labels.Count];
        for (var i = 0; i < set.Length; i++)
        {
            (series, var value) = Math.DivRem(series, labels[i].Cardinality);
            set[i] = new Label(labels[i].Name, _kept[i]?[value] ?? labels[i][value]);
        }

        return set;
    }

    /// <inheritdoc />
    public override bool Equals(GroupLabels? other) => other is LabelProduct product && product.Count == Count && product.Labels.SequenceEqual(labels);
}

/// <summary>Label sets written out.</summary>
/// <param name="sets">The sets, all distinct.</param>
public sealed class LabelList(IReadOnlyList<IReadOnlyList<Label>> sets) : GroupLabels
{
    private readonly IReadOnlyList<IReadOnlyList<Label>> _sets = sets;

    /// <inheritdoc />
    public override int Count => _sets.Count;

    /// <inheritdoc />
    public override Label[] Of(int series) => [.. _sets[series]];

    /// <inheritdoc />
    public override bool Equals(GroupLabels? other) =>
        other is LabelList list && list.Count == Count && list._sets.Zip(_sets).All(pair => pair.First.SequenceEqual(pair.Second));
}
