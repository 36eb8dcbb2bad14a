using System.Globalization;
using MetricsSim.Core.Series;

namespace MetricsSim.Core.Groups;

/// <summary>
/// A group of purely synthetic series (config: <c>series_groups.*</c>), design §3.6: metrics of one type whose series have the same labels,
/// follow one law and live one kind of life.
/// </summary>
public sealed record SeriesGroupOptions
{
    /// <summary>What tells it from other groups; keys its randomness.</summary>
    public required string Id { get; init; }

    /// <summary>Name of its metrics without <c>_total</c>; with several, each gets a number.</summary>
    public required string Name { get; init; }

    /// <summary>One sentence for <c># HELP</c>.</summary>
    public string Help { get; init; } = "";

    /// <summary>Unit that the name ends in, or null.</summary>
    public string? Unit { get; init; }

    /// <summary>Number of metrics, at least 1.</summary>
    public int Metrics { get; init; } = 1;

    /// <summary>Type of the metrics.</summary>
    public GroupType Type { get; init; } = GroupType.Gauge;

    /// <summary>The labels of its series, alike for each metric.</summary>
    public required GroupLabels Labels { get; init; }

    /// <summary>
    /// Law of gauges; of counters that of the increase per second, of histograms and summaries that of the observations per second. What is
    /// negative counts as 0 there.
    /// </summary>
    public ValueProcess Values { get; init; } = new ConstantProcess(1);

    /// <summary>Median of what histograms and summaries observe, &gt; 0: a log-normal law.</summary>
    public double ObservationMedian { get; init; } = 0.2;

    /// <summary>Its σ, ≥ 0.</summary>
    public double ObservationSigma { get; init; } = 0.8;

    /// <summary>Upper bounds of a histogram's buckets, ascending, without +Inf; text formats show those of a native one too.</summary>
    public IReadOnlyList<double> Buckets { get; init; } = DefaultBuckets;

    /// <summary>Quantiles of a summary, 0 to 1, ascending.</summary>
    public IReadOnlyList<double> Quantiles { get; init; } = DefaultQuantiles;

    /// <summary>Time between changes of a value; rounded to whole ticks, at least one.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Decimals that gauges, and increases of counters, are rounded to, 0 to 6; null to leave them as they are.</summary>
    public int? Decimals { get; init; }

    /// <summary>Height of the daily cycle on all values, as a share of them, 0 to 1.</summary>
    public double DailyAmplitude { get; init; }

    /// <summary>Local time of its peak, from midnight.</summary>
    public TimeSpan DailyPeak { get; init; } = TimeSpan.FromHours(14);

    /// <summary>How long its series live.</summary>
    public Lifecycle Lifecycle { get; init; } = new StableLifecycle();

    /// <summary>Bounds of the official client libraries' histograms.</summary>
    public static IReadOnlyList<double> DefaultBuckets { get; } = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

    /// <summary>Median, 90th and 99th percentile.</summary>
    public static IReadOnlyList<double> DefaultQuantiles { get; } = [0.5, 0.9, 0.99];

    /// <summary>The name of one of the metrics; its number stands before the unit, which must stay last.</summary>
    /// <param name="metric">0 ≤ metric &lt; <see cref="Metrics"/>.</param>
    public string NameOf(int metric)
    {
        if (Metrics == 1) return Name;
        var digits = Math.Max(3, (Metrics - 1).ToString(CultureInfo.InvariantCulture).Length);
        var number = "_" + metric.ToString(CultureInfo.InvariantCulture).PadLeft(digits, '0');
        return Unit is null ? Name + number : string.Concat(Name.AsSpan(0, Name.Length - Unit.Length - 1), number, "_", Unit);
    }

    /// <summary>Whether a group of other options goes on in this one: nothing but the text for people may differ.</summary>
    /// <param name="before">The other options.</param>
    internal bool GoesOnFrom(SeriesGroupOptions before) =>
        WithoutLists(this) == WithoutLists(before with { Help = Help })
        && Labels.Equals(before.Labels) && Buckets.SequenceEqual(before.Buckets) && Quantiles.SequenceEqual(before.Quantiles);

    private static SeriesGroupOptions WithoutLists(SeriesGroupOptions options) => options with { Labels = GroupLabels.None, Buckets = [], Quantiles = [] };
}

/// <summary>Types of synthetic metrics.</summary>
public enum GroupType
{
    /// <summary>A value that goes up and down.</summary>
    Gauge,

    /// <summary>A value that never falls.</summary>
    Counter,

    /// <summary>Counts by bucket, a sum and a count.</summary>
    Histogram,

    /// <summary>A histogram with exponential buckets, in formats that can show them.</summary>
    NativeHistogram,

    /// <summary>Quantiles, a sum and a count.</summary>
    Summary,
}
