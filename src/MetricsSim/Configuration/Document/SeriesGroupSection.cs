using MetricsSim.Configuration.Declarations;
using MetricsSim.Core.Groups;

namespace MetricsSim.Configuration.Document;

/// <summary><c>series_groups.*</c>.</summary>
internal sealed record SeriesGroupSection
{
    [Key("Name of the metrics, with or without _total for counters; several get a number each.", Pattern = "[a-zA-Z_:][a-zA-Z0-9_:]*", PatternText = "a metric name", Max = 512, WhenAbsent = "the group's id")]
    public string? Name { get; init; }

    [Key("What the metrics are, for # HELP.", Max = 4096)]
    public string Help { get; init; } = "";

    [Key("Unit of the metrics, which the name must end in.", Pattern = "[a-zA-Z0-9_:]+", PatternText = "a unit such as seconds", Max = 64, WhenAbsent = "none")]
    public string? Unit { get; init; }

    [Key("Number of metrics.", Min = 1, Max = 100_000)]
    public int Metrics { get; init; } = 1;

    [Key("Series of each metric, at most one for each combination of the labels' values.", Min = 1, Max = 10_000_000, WhenAbsent = "all combinations; 1 where labels is a number")]
    public int? Series { get; init; }

    [Key("Type of the metrics.")]
    public GroupType Type { get; init; } = GroupType.Gauge;

    [Key("How many labels a series has, or the labels by name: each with its values, or how many.", WhenAbsent = "2, unless label_sets are given")]
    public GroupLabelsValue? Labels { get; init; }

    [Key("Length of label names, where labels is a number.", Min = 1, Max = 256, WhenAbsent = "8")]
    public int? LabelNameLength { get; init; }

    [Key("Length of label values, where labels is a number or a label says none.", Min = 1, Max = 1024, WhenAbsent = "8")]
    public int? LabelValueLength { get; init; }

    [Key("The labels of each series, instead of labels and series.", Max = 1024, WhenAbsent = "none")]
    public IReadOnlyList<OrderedDictionary<string, string>>? LabelSets { get; init; }

    [Key("Process of gauges' values, of counters' increase per second, of observations per second.", WhenAbsent = "uniform from 0 to 100 for gauges, else poisson with rate 1")]
    public ValuesSection? Values { get; init; }

    [Key("What histograms and summaries observe: log-normal values.", WhenAbsent = "median 0.2, sigma 0.8")]
    public ObservationsSection? Observations { get; init; }

    [Key("Upper bounds of histograms' buckets, ascending, without +Inf.", Min = 1, WhenAbsent = "0.005 to 10, as client libraries have them")]
    public IReadOnlyList<double>? Buckets { get; init; }

    [Key("Quantiles of summaries, ascending.", Max = 1, WhenAbsent = "0.5, 0.9, 0.99")]
    public IReadOnlyList<double>? Quantiles { get; init; }

    [Key("Time between changes of a value, rounded to whole ticks.", Min = 0, AboveMin = true, WhenAbsent = "the tick")]
    public TimeSpan? Interval { get; init; }

    [Key("Decimals of gauges and of what counters are increased by.", Min = 0, Max = 6, WhenAbsent = "as many as there are; 0 for counters with poisson values")]
    public int? Decimals { get; init; }

    [Key("The daily cycle of all values.")]
    public DailySection Daily { get; init; } = new();

    [Key("How long series live.", WhenAbsent = "they stay")]
    public LifecycleSection? Lifecycle { get; init; }
}

/// <summary><c>series_groups.*.observations</c>.</summary>
internal sealed record ObservationsSection
{
    [Key("Median.", Min = 1e-9, Max = 1e12)]
    public double Median { get; init; } = 0.2;

    [Key("Standard deviation of the logarithm.", Min = 0, Max = 3)]
    public double Sigma { get; init; } = 0.8;
}

/// <summary><c>series_groups.*.daily</c>.</summary>
internal sealed record DailySection
{
    [Key("Height of the cycle, as a share of the values.", Min = 0, Max = 1)]
    public double Amplitude { get; init; }

    [Key("Time of the day at which it peaks, in the zone of activity_models.seasonal.timezone.")]
    public TimeOnly Peak { get; init; } = new(14, 0);
}

/// <summary>Labels of a group: how many, or which.</summary>
/// <param name="Count">How many, while none is named.</param>
/// <param name="Named">The labels by name, or null.</param>
internal sealed record GroupLabelsValue(int Count, OrderedDictionary<string, LabelValuesValue>? Named);

/// <summary>Values of a label: which, or how many.</summary>
/// <param name="Listed">The values, or null.</param>
/// <param name="Made">How they are made, or null.</param>
internal sealed record LabelValuesValue(Texts? Listed, MadeValuesSection? Made);

/// <summary><c>series_groups.*.labels.*</c>, where values are made.</summary>
internal sealed record MadeValuesSection
{
    [Key("Number of values.", Required = true, Min = 1, Max = 10_000_000)]
    public int Cardinality { get; init; } = 1;

    [Key("Length of the values, the prefix included.", Min = 1, Max = 1024, WhenAbsent = "label_value_length; with a prefix as short as can be")]
    public int? Length { get; init; }

    [Key("What the values begin with; numbers follow.", Min = 1, Max = 512, WhenAbsent = "letters and digits without a meaning")]
    public string? Prefix { get; init; }
}
