using MetricsSim.Configuration.Declarations;

namespace MetricsSim.Configuration.Document;

/// <summary><c>benchmarks</c>.</summary>
internal sealed record BenchmarksSection
{
    [Key("A whole dashboard.", NotYet = "benchmarks of dashboards come later")]
    public DashboardLoadSection DashboardLoad { get; init; } = new();

    [Key("Single queries: the longest each kind may take.", NotYet = "benchmarks of queries come later")]
    public QueryPerformanceSection QueryPerformance { get; init; } = new();

    [Key("The most series there may be: metricssim cardinality holds the world, or a Prometheus, against it.")]
    public CardinalityLimitsSection CardinalityLimits { get; init; } = new();
}

/// <summary><c>benchmarks.dashboard_load</c>.</summary>
internal sealed record DashboardLoadSection
{
    [Key("Longest time a dashboard may take to load.", Min = 0, AboveMin = true)]
    public TimeSpan TargetTime { get; init; } = TimeSpan.FromSeconds(2);

    [Key("Panels on it.", Min = 1, Max = 10_000)]
    public int Panels { get; init; } = 20;

    [Key("Range of time its panels ask for.", Min = 0, AboveMin = true)]
    public TimeSpan TimeRange { get; init; } = TimeSpan.FromHours(24);
}

/// <summary><c>benchmarks.query_performance</c>.</summary>
internal sealed record QueryPerformanceSection
{
    [Key("A plain counter.", Min = 0, AboveMin = true)]
    public TimeSpan SimpleCounter { get; init; } = TimeSpan.FromMilliseconds(100);

    [Key("A rate.", Min = 0, AboveMin = true)]
    public TimeSpan RateCalculation { get; init; } = TimeSpan.FromMilliseconds(500);

    [Key("A quantile of a histogram.", Min = 0, AboveMin = true)]
    public TimeSpan HistogramQuantile { get; init; } = TimeSpan.FromSeconds(1);

    [Key("An aggregation over many series.", Min = 0, AboveMin = true)]
    public TimeSpan ComplexAggregation { get; init; } = TimeSpan.FromSeconds(2);
}

/// <summary><c>benchmarks.cardinality_limits</c>.</summary>
internal sealed record CardinalityLimitsSection
{
    [Key("Series in all.", Min = 1, Max = 1_000_000_000)]
    public int TotalSeries { get; init; } = 1_000_000;

    [Key("Series of one metric.", Min = 1, Max = 1_000_000_000)]
    public int PerMetric { get; init; } = 10_000;

    [Key("Combinations of labels of one metric.", Min = 1, Max = 1_000_000_000)]
    public int LabelCombinations { get; init; } = 10_000;
}
