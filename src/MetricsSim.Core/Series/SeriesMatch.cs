using MetricsSim.Core.Population;

namespace MetricsSim.Core.Series;

/// <summary>
/// Carries values from the series of one layout to those of another: a series is the one with the same name and labels, where a label
/// without a value is none, as Prometheus has it.
/// </summary>
/// <param name="before">Families of the one.</param>
/// <param name="after">Families of the other.</param>
internal sealed class SeriesMatch(IReadOnlyList<MetricFamily> before, IReadOnlyList<MetricFamily> after)
{
    private readonly Dictionary<(LabelRows Then, LabelRows Now), int[]?> _rows = [];

    /// <summary>Whether the series of a family can go on: values of another unit, or counts in other buckets, can't.</summary>
    /// <param name="then">The family as it was.</param>
    /// <param name="now">The family as it is.</param>
    public static bool GoesOn(MetricFamily then, MetricFamily now) =>
        then.Name == now.Name && then.Type == now.Type && then.Divisor == now.Divisor && then.Bounds.SequenceEqual(now.Bounds)
        && ReferenceEquals(then.Native, now.Native);

    /// <summary>Copies the cells of the series that both layouts have; the others stay as they are.</summary>
    /// <param name="from">Gives the column of a family of the one.</param>
    /// <param name="to">The columns of the other.</param>
    public void Copy(Func<int, long[]> from, long[][] to) => Copy(from, to, family => family.Stride);

    /// <summary>Copies the exemplars of the series that both layouts have; the others stay as they are.</summary>
    /// <param name="from">Gives those of a family of the one.</param>
    /// <param name="to">Those of the other.</param>
    public void Copy(Func<int, Exemplar[]> from, Exemplar[][] to) => Copy(from, to, family => family.ExemplarsPerSeries);

    private void Copy<T>(Func<int, T[]> from, T[][] to, Func<MetricFamily, int> width)
    {
        for (var then = 0; then < before.Count; then++)
        {
            for (var now = 0; now < after.Count; now++)
            {
                if (GoesOn(before[then], after[now]) && width(before[then]) == width(after[now])) Copy(before[then], from(then), after[now], to[now], width(after[now]));
            }
        }
    }

    /// <summary>Copies the cells of the series that both families have.</summary>
    /// <param name="then">A family that goes on.</param>
    /// <param name="from">Its column.</param>
    /// <param name="now">The family as it is.</param>
    /// <param name="to">Its column.</param>
    /// <param name="stride">Cells of a series.</param>
    private void Copy<T>(MetricFamily then, T[] from, MetricFamily now, T[] to, int stride)
    {
        if (!_rows.TryGetValue((then.Rows, now.Rows), out var rows)) _rows.Add((then.Rows, now.Rows), rows = MatchRows(then.Rows, now.Rows));
        var leaves = Match(then.Leaves, now.Leaves);
        if (rows is null && leaves is null)
        {
            from.CopyTo(to, 0);
            return;
        }

        for (var row = 0; row < now.Rows.Count; row++)
        {
            var rowThen = rows is null ? row : rows[row];
            if (rowThen < 0) continue;
            for (var leaf = 0; leaf < now.Leaves.Count; leaf++)
            {
                var leafThen = leaves is null ? leaf : leaves[leaf];
                if (leafThen >= 0) Array.Copy(from, ((rowThen * then.Leaves.Count) + leafThen) * stride, to, ((row * now.Leaves.Count) + leaf) * stride, stride);
            }
        }
    }

    /// <summary>For each row that is, the one it was, or −1; null when they are the same.</summary>
    private static int[]? MatchRows(LabelRows then, LabelRows now)
    {
        if (then is UserRows usersThen && now is UserRows usersNow)
        {
            if (usersThen.HasLabelsOf(usersNow)) return null;
            // Users keep their numbers, so a user's own row can only be the one at its place.
            if (usersThen.PerUser && usersNow.PerUser)
                return [.. Enumerable.Range(0, now.Count).Select(row => Same(then.Labels(row), now.Labels(row)) ? row : -1)];
        }

        return Match(Enumerable.Range(0, then.Count).Select(then.Labels), Enumerable.Range(0, now.Count).Select(now.Labels));
    }

    private static int[]? Match(IEnumerable<IReadOnlyList<Label>> then, IEnumerable<IReadOnlyList<Label>> now)
    {
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        var count = 0;
        foreach (var labels in then) places.TryAdd(Key(labels), count++);
        int[] matches = [.. now.Select(labels => places.GetValueOrDefault(Key(labels), -1))];
        return matches.Length == count && matches.SequenceEqual(Enumerable.Range(0, count)) ? null : matches;
    }

    /// <summary>Whether two label sets are the same, without the cost of making keys of them.</summary>
    private static bool Same(IReadOnlyList<Label> then, IReadOnlyList<Label> now) =>
        then.SequenceEqual(now)
        || (then.Count(IsPresent) == now.Count(IsPresent) && then.Where(IsPresent).All(now.Contains));

    private static bool IsPresent(Label label) => label.Value.Length > 0;

    private static string Key(IReadOnlyList<Label> labels) => string.Join(
        '\u0002',
        labels.Where(IsPresent).OrderBy(label => label.Name, StringComparer.Ordinal).Select(label => label.Name + '\u0001' + label.Value));
}
