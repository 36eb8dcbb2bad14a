using MetricsSim.Configuration.Declarations;

namespace MetricsSim.Configuration.Document;

/// <summary><c>benchmarks</c>.</summary>
internal sealed record BenchmarksSection
{
    [Key("A whole dashboard: metricssim dashboards bench holds its loads against it; see docs/dashboard-bench.md.")]
    public DashboardLoadSection DashboardLoad { get; init; } = new();

    [Key("Single queries: the longest each kind may take in metricssim dashboards bench; see docs/dashboard-bench.md.")]
    public QueryPerformanceSection QueryPerformance { get; init; } = new();

    [Key("The most series there may be: metricssim cardinality holds the world, or a Prometheus, against it.")]
    public CardinalityLimitsSection CardinalityLimits { get; init; } = new();
}

/// <summary><c>benchmarks.dashboard_load</c>.</summary>
internal sealed record DashboardLoadSection
{
    [Key("Longest time a dashboard may take to load, where it shows time_range.", Min = 0, AboveMin = true)]
    public TimeSpan TargetTime { get; init; } = TimeSpan.FromSeconds(2);

    [Key("Panels that it should not have more of: more are a warning.", Min = 1, Max = 10_000)]
    public int Panels { get; init; } = 20;

    [Key("The time shown at which target_time counts.", Min = 0, AboveMin = true)]
    public TimeSpan TimeRange { get; init; } = TimeSpan.FromHours(24);
}

/// <summary><c>benchmarks.query_performance</c>.</summary>
internal sealed record QueryPerformanceSection
{
    [Key("Values as they are, maybe added up or compared.", Min = 0, AboveMin = true)]
    public TimeSpan SimpleCounter { get; init; } = TimeSpan.FromMilliseconds(100);

    [Key("A function over a range of time, such as rate or increase.", Min = 0, AboveMin = true)]
    public TimeSpan RateCalculation { get; init; } = TimeSpan.FromMilliseconds(500);

    [Key("A quantile of a histogram.", Min = 0, AboveMin = true)]
    public TimeSpan HistogramQuantile { get; init; } = TimeSpan.FromSeconds(1);

    [Key("Several ranges of time together, a join of series, a subquery.", Min = 0, AboveMin = true)]
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
