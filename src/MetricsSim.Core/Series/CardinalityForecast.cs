using MetricsSim.Core.Engine;
using MetricsSim.Core.Groups;

namespace MetricsSim.Core.Series;

/// <summary>Series of a metric by its name in Prometheus.</summary>
/// <param name="Metric">The name, of histograms and summaries with <c>_bucket</c>, <c>_sum</c> or <c>_count</c>.</param>
/// <param name="Series">Series in the head of a Prometheus at the most.</param>
/// <param name="Combinations">Combinations of labels among them, <c>le</c> and <c>quantile</c> left out.</param>
public sealed record MetricCardinality(string Metric, double Series, double Combinations);

/// <summary>Series at an instant of simulated time.</summary>
/// <param name="Hour">Hours since tick 0.</param>
/// <param name="Page">Series on the page.</param>
/// <param name="Head">Series in the head of a Prometheus that scraped from tick 0 on: those there were in the last <see cref="CardinalityForecast.HeadSpan"/>.</param>
/// <param name="Created">Series there ever were since tick 0.</param>
public sealed record CardinalityAt(int Hour, double Page, double Head, double Created);

/// <summary>
/// What a world's series come to in a Prometheus over its first day, told from options alone by <see cref="SeriesForecast"/>, in whose
/// words the numbers are to be taken.
/// </summary>
public sealed class CardinalityForecast
{
    /// <summary>
    /// The most that the head of a Prometheus spans: it is compacted when it holds one and a half blocks of 2 h
    /// (https://github.com/prometheus/prometheus/blob/main/tsdb/head.go, <c>compactable</c>).
    /// </summary>
    public static readonly TimeSpan HeadSpan = TimeSpan.FromHours(3);

    private const int Hours = 24;
    private readonly WorldOptions _options;
    private readonly SeriesForecast _series;

    /// <summary>Makes the forecast: takes time in proportion to the users.</summary>
    /// <param name="options">Validated options.</param>
    public CardinalityForecast(WorldOptions options)
    {
        _options = options;
        _series = new SeriesForecast(options);
        Day = [.. Enumerable.Range(0, Hours + 1).Select(At)];
        Peak = Day.Max(at => at.Head);
        Sessions = _series.PerSession == 0 ? 0 : Enumerable.Range(0, Hours + 1).Max(hour => InHead(hour, _series.SessionsAt, _series.SessionsStarted));
        Metrics = [.. Population().Concat(OfGroups()).OrderByDescending(metric => metric.Series).ThenBy(metric => metric.Metric, StringComparer.Ordinal)];
    }

    /// <summary>Every hour from 0 to 24.</summary>
    public IReadOnlyList<CardinalityAt> Day { get; }

    /// <summary>The most series in the head in the day.</summary>
    public double Peak { get; }

    /// <summary>The metrics, those with the most series first, each at its own most of the day.</summary>
    public IReadOnlyList<MetricCardinality> Metrics { get; }

    /// <summary>The families that these come from, and their sessions.</summary>
    internal IReadOnlyList<FamilyForecast> Families => _series.Families;

    /// <summary>The most sessions with series in the head in the day; 0 without <c>session_id</c>.</summary>
    internal double Sessions { get; }

    /// <summary>The most series of a group in the head in the day.</summary>
    /// <param name="group">Index of the group.</param>
    internal double MostOf(int group) =>
        Enumerable.Range(0, Hours + 1).Max(hour => InHead(hour, _series.Groups[group].SeriesAt, _series.Groups[group].SeriesCreated));

    private static double InHead(int hour, Func<TimeSpan, double> at, Func<TimeSpan, TimeSpan, double> created)
    {
        var to = TimeSpan.FromHours(hour);
        var from = to > HeadSpan ? to - HeadSpan : TimeSpan.Zero;
        return at(from) + created(from, to);
    }

    private CardinalityAt At(int hour)
    {
        var now = TimeSpan.FromHours(hour);
        return new(hour, _series.SeriesAt(now), InHead(hour, _series.SeriesAt, _series.SeriesCreated),
            _series.SeriesAt(TimeSpan.Zero) + _series.SeriesCreated(TimeSpan.Zero, now));
    }

    private IEnumerable<MetricCardinality> Population() =>
        _series.Families.SelectMany(family => Named(family.Family, (family.Lasting + (family.PerSession * Sessions)) / family.Family.SamplesPerSeries));

    private IEnumerable<MetricCardinality> OfGroups()
    {
        for (var i = 0; i < _options.SeriesGroups.Count; i++)
        {
            var group = _options.SeriesGroups[i];
            var perMetric = MostOf(i) / group.Metrics;
            for (var metric = 0; metric < group.Metrics; metric++)
            {
                var family = GroupFamilies.Of(group, metric);
                foreach (var named in Named(family, perMetric / family.SamplesPerSeries)) yield return named;
            }
        }
    }

    private static IEnumerable<MetricCardinality> Named(MetricFamily family, double combinations)
    {
        if (combinations <= 0) return [];
        return family.Type switch
        {
            MetricType.Histogram =>
            [
                new(family.Name + "_bucket", combinations * (family.Bounds.Count + 1), combinations),
                new(family.Name + "_count", combinations, combinations),
                new(family.Name + "_sum", combinations, combinations),
            ],
            MetricType.Summary =>
            [
                .. family.Quantiles.Count > 0 ? [new MetricCardinality(family.Name, combinations * family.Quantiles.Count, combinations)] : Array.Empty<MetricCardinality>(),
                new(family.Name + "_count", combinations, combinations),
                new(family.Name + "_sum", combinations, combinations),
            ],
            MetricType.Counter => [new(family.Name + "_total", combinations, combinations)],
            MetricType.Info => [new(family.Name + "_info", combinations, combinations)],
            _ => [new(family.Name, combinations, combinations)],
        };
    }
}
