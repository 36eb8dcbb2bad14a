using MetricsSim.Analysis.Learning;
using MetricsSim.Configuration.Domain;
using MetricsSim.Core.Groups;
using MetricsSim.Wire.Reading;

namespace MetricsSim.Learning;

/// <summary>Makes groups of what families are like.</summary>
/// <param name="age">How long counters have risen for.</param>
internal sealed class GroupLearner(CounterAge age)
{
    private const string Total = "_total";
    private const double LeastMedian = 1e-9, MostMedian = 1e12, MostSigma = 3;
    private const int MostHelp = 4096, MostUnit = 64;

    // How often the values of what was read once change.
    private static readonly TimeSpan UsualInterval = TimeSpan.FromSeconds(15);

    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);
    private readonly HashSet<(string, GroupType)> _names = [];

    /// <summary>Makes the groups of all families whose names are free: not the simulator's own, nor what a Prometheus adds.</summary>
    /// <param name="source">What was learned from.</param>
    /// <param name="families">The families.</param>
    public LearnedConfig Of(string source, IReadOnlyList<FamilyProfile> families)
    {
        var isFree = GroupNames.Book();
        var groups = families.Select(Of)
            .ToLookup(group => isFree(GroupFamilies.Of(new SeriesGroupOptions { Id = group.Id, Name = group.Name, Type = group.Type, Labels = GroupLabels.None }, 0)));
        return new(source, [.. groups[true]], [.. groups[false].Select(group => group.Id)]);
    }

    private LearnedGroup Of(FamilyProfile family)
    {
        var notes = new List<string>();
        var bounds = family.Buckets.Keys.Where(bound => double.IsFinite(bound) && bound >= 0).ToList();
        if (family.Buckets.Keys.Any(bound => bound < 0)) notes.Add("buckets below 0 are left out, since nothing is observed there");
        var type = TypeOf(family, bounds.Count, notes);
        var name = NameOf(family, type, notes);
        var id = PlainName.Distinct(PlainName.OfGroup(PlainName.OfMetric(family.Name)), _ids.Contains);
        _ids.Add(id);
        var law = LawOf(family, type);
        notes.Insert(0, law.Daily is { } daily ? $"{law.Basis}; a daily cycle explains {daily.Explained:P0} of the variance" : law.Basis);
        var observations = ObservationsOf(family, type, bounds);
        if (observations is not null) notes.Add(observations.Basis);
        return new LearnedGroup
        {
            Id = id,
            Name = name,
            Help = family.Help.Length > MostHelp ? family.Help[..MostHelp] : family.Help,
            Unit = family.Unit.Length is > 0 and <= MostUnit && name.EndsWith("_" + family.Unit, StringComparison.Ordinal) ? family.Unit : null,
            Type = type,
            Labels = LabelPlanner.Of(family),
            Series = family.Series,
            Law = law,
            Observations = observations,
            Buckets = type == GroupType.Histogram ? bounds : [],
            Quantiles = [.. family.Quantiles.Keys],
            Notes = notes,
        };
    }

    private static GroupType TypeOf(FamilyProfile family, int bounds, List<string> notes)
    {
        switch (family.Type)
        {
            case PageType.Counter:
                return GroupType.Counter;
            case PageType.Unknown when family.Name.EndsWith(Total, StringComparison.Ordinal):
                notes.Add("no type is declared; a counter, by its name");
                return GroupType.Counter;
            case PageType.Summary:
                return GroupType.Summary;
            case PageType.Histogram when bounds == 0:
                notes.Add("a histogram without buckets; taken to be a native one");
                return GroupType.NativeHistogram;
            case PageType.GaugeHistogram when bounds > 0:
                notes.Add("declared as a gauge histogram, whose counts would fall too");
                return GroupType.Histogram;
            case PageType.Histogram:
                return GroupType.Histogram;
            case PageType.Gauge:
                return GroupType.Gauge;
            default:
                notes.Add(family.Type == PageType.Unknown ? "no type is declared; a gauge is assumed" : $"declared as {family.Type.ToString().ToLowerInvariant()}, here a gauge");
                return GroupType.Gauge;
        }
    }

    private string NameOf(FamilyProfile family, GroupType type, List<string> notes)
    {
        var suffix = family.Type == PageType.Info && !family.Name.EndsWith("_info", StringComparison.Ordinal) ? "_info" : "";
        var name = PlainName.OfMetric(family.Name + suffix);
        if (name != family.Name + suffix)
        {
            name = PlainName.Distinct(name, taken => _names.Contains((taken, type)));
            notes.Add("the page's name has other characters, or more");
        }

        _names.Add((name, type));
        if (type != GroupType.Counter) return name;
        if (name.EndsWith(Total, StringComparison.Ordinal) && name.Length > Total.Length) return name[..^Total.Length];
        // OpenMetrics declares counters without it.
        if (!family.HasTotal) notes.Add($"published as {name}{Total}, since names of counters end so");
        return name;
    }

    private LearnedLaw LawOf(FamilyProfile family, GroupType type)
    {
        var seen = family.Seen;
        if (type == GroupType.Gauge) return TakenLaw.Of(LawFit.OfGauge(seen));
        if (seen.Any(one => one.Times.Length > 1)) return TakenLaw.Of(LawFit.OfCounter(seen));
        var (seconds, basis) = age.Of(family.Name);
        return TakenLaw.Of(LawFit.OfAge([.. seen.Select(one => one.Values[0])], seconds, UsualInterval, basis));
    }

    private static ObservationLaw? ObservationsOf(FamilyProfile family, GroupType type, List<double> bounds)
    {
        var law = type switch
        {
            GroupType.Histogram => ObservationFit.OfHistogram(
                bounds, [.. bounds.Select(bound => family.Buckets[bound])], Math.Max(family.Count, family.Buckets.GetValueOrDefault(double.PositiveInfinity)), family.Sum),
            GroupType.Summary => ObservationFit.OfSummary(family.Quantiles.Select(quantile => (quantile.Key, Middle(quantile.Value))), family.Count, family.Sum),
            GroupType.NativeHistogram => ObservationFit.OfHistogram([], [], family.Count, family.Sum),
            _ => null,
        };
        return law is null ? null : law with { Median = Math.Clamp(law.Median, LeastMedian, MostMedian), Sigma = Math.Min(law.Sigma, MostSigma) };
    }

    private static double Middle(List<double> values)
    {
        var finite = values.Where(double.IsFinite).Order().ToList();
        return finite.Count == 0 ? double.NaN : finite[finite.Count / 2];
    }
}
