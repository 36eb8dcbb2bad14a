namespace MetricsSim.Learning;

/// <summary>Decides how the labels of a family are written: few sets as they are, combinations where all are there, else as many as there are.</summary>
internal static class LabelPlanner
{
    private const int MostLength = 1024;
    private const int MostPrefix = 512;

    /// <summary>Plans a family's labels.</summary>
    /// <param name="family">The family.</param>
    public static LabelPlan Of(FamilyProfile family)
    {
        var names = Names(family.Labels);
        if (family.Sets is { } sets)
        {
            var product = family.Labels.Aggregate(1L, (all, label) => Math.Min(int.MaxValue, all * label.Cardinality));
            if (product == sets.Count && sets.All(set => set.Length == family.Labels.Count))
                return new ProductPlan([.. family.Labels.Select(label => new PlannedLabel(names[label.Name], label.Values, null))], null);
            return new SetsPlan([.. sets.Select(set => set.Select(label => KeyValuePair.Create(names[label.Key], label.Value)).ToList())]);
        }

        return Many(family, names);
    }

    private static ProductPlan Many(FamilyProfile family, Dictionary<string, string> names)
    {
        // The first labels come to all of their values, whatever the number of series.
        var labels = family.Labels.OrderByDescending(label => label.Cardinality).Select(label => Plan(names[label.Name], label, family.Series)).ToList();
        var product = labels.Aggregate(1L, (all, label) => Math.Min(long.MaxValue / 4_000_000_000, all * CardinalityOf(label)));
        if (product < family.Series)
        {
            // A count that is estimated may be a little low.
            var others = labels.Skip(1).Aggregate(1L, (all, label) => all * CardinalityOf(label));
            labels[0] = labels[0] with { Values = null, Made = Made(family.Labels.MaxBy(label => label.Cardinality)!.Values, (family.Series + others - 1) / others) };
            product = others * labels[0].Made!.Cardinality;
        }

        return new(labels, product == family.Series ? null : family.Series);
    }

    private static PlannedLabel Plan(string name, LabelProfile label, long series)
    {
        if (label.IsComplete) return new(name, label.Values, null);
        // An estimate near the number of series means that each has a value of its own.
        var cardinality = Math.Abs(label.Cardinality - series) < 0.1 * series ? series : Math.Min(label.Cardinality, series);
        return new(name, null, Made(label.Values, cardinality));
    }

    private static MadeLabel Made(IReadOnlyList<string> values, long cardinality)
    {
        var prefix = CommonPrefix(values);
        var length = (int)Math.Round(values.Average(value => value.Length));
        var digits = (cardinality - 1).ToString(System.Globalization.CultureInfo.InvariantCulture).Length;
        return new(cardinality, Math.Clamp(length, prefix.Length + digits, MostLength), prefix);
    }

    private static string CommonPrefix(IReadOnlyList<string> values)
    {
        var prefix = values[0].AsSpan();
        foreach (var value in values) prefix = prefix[..prefix.CommonPrefixLength(value)];
        if (prefix.Length > MostPrefix) prefix = prefix[..MostPrefix];
        // Half a character is none.
        if (prefix is [.., var last] && char.IsHighSurrogate(last)) prefix = prefix[..^1];
        return prefix.TrimEnd("0123456789").ToString();
    }

    private static long CardinalityOf(PlannedLabel label) => label.Values?.Count ?? label.Made!.Cardinality;

    /// <summary>Names that a configuration takes, distinct.</summary>
    private static Dictionary<string, string> Names(IReadOnlyList<LabelProfile> labels)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var label in labels) names.Add(label.Name, PlainName.Distinct(PlainName.OfLabel(label.Name), names.ContainsValue));
        return names;
    }
}
