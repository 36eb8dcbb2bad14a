using MetricsSim.Core.Engine;
using MetricsSim.Core.Groups;

namespace MetricsSim.Core.Series;

/// <summary>What a switch of <c>telemetry.labels</c> costs.</summary>
/// <param name="Label">The switch.</param>
/// <param name="On">Whether it is on.</param>
/// <param name="Costs">The most series in the head with it on, less those with it off, all else being as it is.</param>
public sealed record SwitchCost(string Label, bool On, double Costs);

/// <summary>What a label costs.</summary>
/// <param name="Label">Its name.</param>
/// <param name="Costs">Series in the head at the most that there would not be without it.</param>
public sealed record LabelCost(string Label, double Costs);

/// <summary>What labels cost in series.</summary>
public static class LabelCosts
{
    private static readonly (string Name, Func<LabelOptions, bool> Get, Func<LabelOptions, bool, LabelOptions> Set)[] Known =
    [
        ("user_id", labels => labels.UserId, (labels, on) => labels with { UserId = on }),
        ("user_type", labels => labels.UserType, (labels, on) => labels with { UserType = on }),
        ("organization_id", labels => labels.OrganizationId, (labels, on) => labels with { OrganizationId = on }),
        ("terminal_type", labels => labels.TerminalType, (labels, on) => labels with { TerminalType = on }),
        ("session_id", labels => labels.SessionId, (labels, on) => labels with { SessionId = on }),
        ("user_email", labels => labels.UserEmail, (labels, on) => labels with { UserEmail = on }),
        ("user_account_uuid", labels => labels.UserAccountUuid, (labels, on) => labels with { UserAccountUuid = on }),
        ("app_version", labels => labels.AppVersion, (labels, on) => labels with { AppVersion = on }),
        ("start_type", labels => labels.StartType, (labels, on) => labels with { StartType = on }),
        ("query_source", labels => labels.QuerySource, (labels, on) => labels with { QuerySource = on }),
        ("effort", labels => labels.Effort, (labels, on) => labels with { Effort = on }),
    ];

    /// <summary>What each switch costs: a forecast each, which takes time in proportion to the users.</summary>
    /// <param name="options">Validated options.</param>
    /// <param name="forecast">Their forecast.</param>
    public static IReadOnlyList<SwitchCost> OfSwitches(WorldOptions options, CardinalityForecast forecast) =>
    [
        .. Known.Select(known =>
        {
            var labels = options.Telemetry.Labels;
            var on = known.Get(labels);
            var other = new CardinalityForecast(options with { Telemetry = options.Telemetry with { Labels = known.Set(labels, !on) } });
            return new SwitchCost(known.Name, on, on ? forecast.Peak - other.Peak : other.Peak - forecast.Peak);
        }),
    ];

    /// <summary>What each label that there is costs, the dearest first.</summary>
    /// <param name="options">Validated options.</param>
    /// <param name="forecast">Their forecast.</param>
    /// <param name="switches">What their switches cost.</param>
    public static IReadOnlyList<LabelCost> Of(WorldOptions options, CardinalityForecast forecast, IEnumerable<SwitchCost> switches)
    {
        var costs = switches.Where(one => one.On).ToDictionary(one => one.Label, one => one.Costs, StringComparer.Ordinal);
        var switched = costs.Keys.ToHashSet(StringComparer.Ordinal);
        foreach (var family in forecast.Families)
        {
            var series = family.Lasting + (family.PerSession * forecast.Sessions);
            foreach (var name in family.Family.Leaves.SelectMany(leaf => leaf).Select(label => label.Name).Distinct(StringComparer.Ordinal).Where(name => !switched.Contains(name)))
                Add(name, series * (1 - ((double)DistinctWithout(family.Family.Leaves, name) / family.Family.Leaves.Count)));
            AddBuckets(family.Family, series);
        }

        for (var i = 0; i < options.SeriesGroups.Count; i++)
        {
            var (group, series) = (options.SeriesGroups[i], forecast.MostOf(i));
            if (group.Labels.Count == 0) continue;
            foreach (var (name, without) in WithoutEach(group.Labels)) Add(name, series * (1 - ((double)without / group.Labels.Count)));
            AddBuckets(GroupFamilies.Of(group, 0), series);
        }

        return [.. costs.Select(cost => new LabelCost(cost.Key, cost.Value)).OrderByDescending(cost => cost.Costs).ThenBy(cost => cost.Label, StringComparer.Ordinal)];

        void Add(string name, double cost) => costs[name] = costs.GetValueOrDefault(name) + cost;

        // Without it one bucket, or one quantile, is left.
        void AddBuckets(MetricFamily family, double series)
        {
            if (family.Type == MetricType.Histogram) Add("le", series * family.Bounds.Count / family.SamplesPerSeries);
            if (family.Type == MetricType.Summary && family.Quantiles.Count > 0) Add("quantile", series * (family.Quantiles.Count - 1) / family.SamplesPerSeries);
        }
    }

    private static IEnumerable<(string Name, int Without)> WithoutEach(GroupLabels labels)
    {
        if (labels is not LabelProduct product)
        {
            var sets = Enumerable.Range(0, labels.Count).Select(labels.Of).ToList();
            return sets.SelectMany(set => set).Select(label => label.Name).Distinct(StringComparer.Ordinal).Select(name => (name, DistinctWithout(sets, name))).ToList();
        }

        var without = new List<(string, int)>();
        var below = 1L;
        foreach (var label in product.Labels)
        {
            // The first label runs fastest, and the last combinations may be missing.
            var block = below * label.Cardinality;
            without.Add((label.Name, (int)((product.Count / block * below) + Math.Min(product.Count % block, below))));
            below = block;
        }

        return without;
    }

    private static int DistinctWithout(IEnumerable<IReadOnlyList<Label>> sets, string name) =>
        sets.Select(set => string.Join('\n', set.Where(label => label.Name != name).Select(label => $"{label.Name}\t{label.Value}"))).Distinct(StringComparer.Ordinal).Count();
}
