using MetricsSim.Configuration.Document;
using MetricsSim.Core.Groups;

namespace MetricsSim.Configuration.Domain;

/// <summary>Converts <c>series_groups.*</c>.</summary>
/// <param name="tick">What values change with where no interval is given.</param>
/// <param name="report">Takes findings.</param>
internal sealed class SeriesGroupConverter(TimeSpan tick, Report report)
{
    private const string Root = "series_groups";
    private const string Total = "_total";

    /// <summary>Converts all groups.</summary>
    /// <param name="sections">The groups by id.</param>
    /// <returns>The groups; of use only if the report is clean.</returns>
    public IReadOnlyList<SeriesGroupOptions> Convert(OrderedDictionary<string, SeriesGroupSection> sections)
    {
        SeriesGroupOptions[] groups = [.. sections.Select(entry => Convert(entry.Key, entry.Value, Report.Join(Root, entry.Key)))];
        if (!report.Failed(Root)) CheckSize(groups);
        return groups;
    }

    private SeriesGroupOptions Convert(string id, SeriesGroupSection section, string path)
    {
        var name = section.Name ?? id;
        var isCounter = section.Type == GroupType.Counter;
        if (isCounter && name.EndsWith(Total, StringComparison.Ordinal) && name.Length > Total.Length) name = name[..^Total.Length];
        if (section.Unit is { } unit && !report.Failed(path) && (!name.EndsWith("_" + unit, StringComparison.Ordinal) || name.Length == unit.Length + 1))
            report.Error($"{path}.unit", $"the name must end in _{unit}{(isCounter ? " or _" + unit + Total : "")}, got {name}");
        var values = section.Values ?? (section.Type == GroupType.Gauge ? new UniformSection() : new PoissonSection());
        CheckType(section, path);
        CheckAscending(section.Buckets, $"{path}.buckets");
        CheckAscending(section.Quantiles, $"{path}.quantiles");
        return new SeriesGroupOptions
        {
            Id = id,
            Name = name,
            Help = section.Help.Length > 0 ? section.Help : $"Synthetic series of the group {id}.",
            Unit = section.Unit,
            Metrics = section.Metrics,
            Type = section.Type,
            Labels = new GroupLabelsConverter(section, path, report).Convert(),
            Values = Convert(values, $"{path}.values"),
            ObservationMedian = (section.Observations ?? new()).Median,
            ObservationSigma = (section.Observations ?? new()).Sigma,
            Buckets = section.Buckets ?? SeriesGroupOptions.DefaultBuckets,
            Quantiles = section.Quantiles ?? SeriesGroupOptions.DefaultQuantiles,
            Interval = section.Interval ?? tick,
            Decimals = section.Decimals ?? (values is PoissonSection && isCounter ? 0 : null),
            DailyAmplitude = section.Daily.Amplitude,
            DailyPeak = section.Daily.Peak.ToTimeSpan(),
            Lifecycle = Convert(section.Lifecycle, section, $"{path}.lifecycle"),
        };
    }

    private ValueProcess Convert(ValuesSection section, string path)
    {
        switch (section)
        {
            case ConstantSection constant:
                return new ConstantProcess(constant.Value);
            case UniformSection uniform:
                if (uniform.Min > uniform.Max) report.Error(report.FirstSet($"{path}.min", $"{path}.max"), $"min must not be above max, got {uniform.Min} and {uniform.Max}");
                return new UniformProcess(uniform.Min, uniform.Max);
            case WalkSection walk:
                var (low, high) = (walk.Min ?? double.NegativeInfinity, walk.Max ?? double.PositiveInfinity);
                if (!(low <= walk.Start && walk.Start <= high))
                    report.Error(report.FirstSet($"{path}.start", report.FirstSet($"{path}.min", $"{path}.max")), $"start must lie between min and max, got {walk.Start}, {low} and {high}");
                return new WalkProcess(walk.Start, walk.Step, low, high);
            case OuSection ou:
                return new OuProcess(ou.Mean, ou.Sd, ou.Theta);
            case SineSection sine:
                return new SineProcess(sine.Mean, sine.Amplitude, sine.Period);
            case PoissonSection poisson:
                return new PoissonProcess(poisson.Rate);
            case LogNormalSection logNormal:
                return new LogNormalProcess(logNormal.Median, logNormal.Sigma);
            default:
                throw new ArgumentOutOfRangeException(nameof(section), section, "Not a process.");
        }
    }

    private Lifecycle Convert(LifecycleSection? section, SeriesGroupSection group, string path)
    {
        switch (section)
        {
            case ChurningSection churning:
                CheckLabel(churning.Label, group, path);
                return new ChurningLifecycle(churning.Interval, churning.Fraction, churning.Label);
            case IntermittentSection intermittent:
                return new IntermittentLifecycle(intermittent.On, intermittent.Off);
            case SpikingSection spiking:
                CheckLabel(spiking.Label, group, path);
                if (spiking.Duration >= spiking.Interval)
                    report.Error(report.FirstSet($"{path}.duration", $"{path}.interval"), $"a spike must end before the next begins: duration must be less than interval, {DurationText.Format(spiking.Interval)}, got {DurationText.Format(spiking.Duration)}");
                return new SpikingLifecycle(spiking.Interval, spiking.Duration, spiking.Factor, spiking.Label);
            default:
                return new StableLifecycle();
        }
    }

    /// <summary>Series that come need a label to differ by.</summary>
    private void CheckLabel(string? label, SeriesGroupSection group, string path)
    {
        if (group.LabelSets is { } sets)
        {
            if (sets.Any(set => set is not null && (label is null ? set.Count == 0 : !set.ContainsKey(label))))
                report.Error(label is null ? path : $"{path}.label", label is null ? "series that come and go need labels, but one of label_sets has none" : $"every one of label_sets must have the label {label}");
        }
        else if (group.Labels is { Named: { } named })
        {
            if (label is not null && !named.ContainsKey(label)) report.Error($"{path}.label", Suggestion.Unknown("label", label, named.Keys));
        }
        else if (group.Labels?.Count == 0)
        {
            report.Error(path, "series that come and go need labels, but there are none");
        }
        else if (label is not null)
        {
            report.Error($"{path}.label", "labels has no names; leave this out, or name the labels");
        }
    }

    private void CheckType(SeriesGroupSection section, string path)
    {
        var observes = section.Type is GroupType.Histogram or GroupType.NativeHistogram or GroupType.Summary;
        Only(section.Observations is not null && !observes, "observations", "histograms and summaries");
        Only(section.Buckets is not null && section.Type is not (GroupType.Histogram or GroupType.NativeHistogram), "buckets", "histograms");
        Only(section.Quantiles is not null && section.Type != GroupType.Summary, "quantiles", "summaries");
        Only(section.Decimals is not null && observes, "decimals", "gauges and counters");

        void Only(bool isWrong, string key, string types)
        {
            if (isWrong) report.Error($"{path}.{key}", $"is for {types} only; leave it out, or change the type");
        }
    }

    private void CheckAscending(IReadOnlyList<double>? values, string path)
    {
        if (values is null || report.Failed(path)) return;
        for (var i = 1; i < values.Count; i++)
        {
            if (values[i] <= values[i - 1]) report.Error($"{path}[{i}]", $"must be above the one before, {values[i - 1]}, got {values[i]}");
        }
    }

    private void CheckSize(IReadOnlyList<SeriesGroupOptions> groups)
    {
        var series = groups.Sum(group => GroupSize.Of(group).Series);
        if (series > GroupSize.MostSeries)
        {
            report.Error(Root, $"together at most {GroupSize.MostSeries} series are allowed, as Prometheus counts them, got {series}: {Largest(group => GroupSize.Of(group).Series)}");
            return;
        }

        var bytes = groups.Sum(group => GroupSize.Of(group).Bytes);
        if (bytes > GroupSize.MostBytes)
            report.Error(Root, $"values of all groups may take at most {GroupSize.MostBytes >> 20} MiB, got {bytes >> 20} MiB: {Largest(group => GroupSize.Of(group).Bytes >> 20)}");

        string Largest(Func<SeriesGroupOptions, long> size) =>
            string.Join(", ", groups.OrderByDescending(size).Take(3).Select(group => $"{group.Id} has {size(group)}"));
    }
}
