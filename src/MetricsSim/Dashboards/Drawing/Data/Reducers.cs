namespace MetricsSim.Dashboards.Drawing.Data;

/// <summary>Makes one number of many, by the names that dashboards use.</summary>
internal static class Reducers
{
    /// <summary>What most panels show.</summary>
    public const string Usual = "lastNotNull";

    private static readonly Dictionary<string, (string Title, Func<IReadOnlyList<double>, double> Reduce)> All = new(StringComparer.Ordinal)
    {
        [Usual] = ("Last", values => values[^1]),
        ["last"] = ("Last", values => values[^1]),
        ["firstNotNull"] = ("First", values => values[0]),
        ["first"] = ("First", values => values[0]),
        ["min"] = ("Min", values => values.Min()),
        ["max"] = ("Max", values => values.Max()),
        ["mean"] = ("Mean", values => values.Average()),
        ["median"] = ("Median", values => values.Order().ElementAt((values.Count - 1) / 2)),
        ["sum"] = ("Total", values => values.Sum()),
        ["count"] = ("Count", values => values.Count),
        ["range"] = ("Range", values => values.Max() - values.Min()),
        ["diff"] = ("Difference", values => values[^1] - values[0]),
        ["diffperc"] = ("Difference", values => (values[^1] - values[0]) / values[0]),
        ["delta"] = ("Delta", values => values.Zip(values.Skip(1), (before, after) => after >= before ? after - before : after).Sum()),
    };

    /// <summary>What a reduction is called in a legend.</summary>
    public static string Title(string name) => All.TryGetValue(name, out var known) ? known.Title : name.Length > 0 ? char.ToUpperInvariant(name[0]) + name[1..] : name;

    /// <summary>Reduces values.</summary>
    /// <param name="name">Its name; an unknown one is the latest value.</param>
    /// <param name="values">The values; those that are NaN don't count.</param>
    /// <returns>NaN if nothing is left.</returns>
    public static double Of(string name, IEnumerable<double> values)
    {
        IReadOnlyList<double> known = [.. values.Where(value => !double.IsNaN(value))];
        if (known.Count == 0) return double.NaN;
        return (All.TryGetValue(name, out var found) ? found : All[Usual]).Reduce(known);
    }
}
