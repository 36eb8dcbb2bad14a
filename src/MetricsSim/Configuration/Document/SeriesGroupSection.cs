using MetricsSim.Configuration.Declarations;

namespace MetricsSim.Configuration.Document;

/// <summary><c>series_groups.*</c>.</summary>
internal sealed record SeriesGroupSection
{
    [Key("Number of metrics.", Min = 1, Max = 1_000_000)]
    public int Metrics { get; init; } = 1;

    [Key("Series of each metric.", Min = 1, Max = 100_000_000)]
    public int SeriesPerMetric { get; init; } = 1;

    [Key("Type of the metrics.")]
    public GroupTypeName Type { get; init; } = GroupTypeName.Gauge;

    [Key("Labels of each series.", Min = 0, Max = 100)]
    public int Labels { get; init; } = 2;

    [Key("Length of label names.", Min = 1, Max = 256)]
    public int LabelNameLength { get; init; } = 8;

    [Key("Length of label values.", Min = 1, Max = 1024)]
    public int LabelValueLength { get; init; } = 8;

    [Key("Process the values follow.")]
    public ValueProcessName Values { get; init; } = ValueProcessName.Uniform;

    [Key("Time between changes of a value.", Min = 0, AboveMin = true)]
    public TimeSpan ValueInterval { get; init; } = TimeSpan.FromSeconds(30);

    [Key("How long series live.")]
    public LifecycleSection Lifecycle { get; init; } = new();
}

/// <summary>Types of synthetic metrics.</summary>
internal enum GroupTypeName
{
    /// <summary>Gauge.</summary>
    Gauge,

    /// <summary>Counter.</summary>
    Counter,

    /// <summary>Classic histogram.</summary>
    Histogram,

    /// <summary>Native histogram.</summary>
    NativeHistogram,

    /// <summary>Summary.</summary>
    Summary,
}

/// <summary>Processes of synthetic values.</summary>
internal enum ValueProcessName
{
    /// <summary>Always the same.</summary>
    Constant,

    /// <summary>Uniform draws.</summary>
    Uniform,

    /// <summary>Random walk.</summary>
    Walk,

    /// <summary>Ornstein–Uhlenbeck.</summary>
    Ou,

    /// <summary>Sine.</summary>
    Sine,

    /// <summary>Poisson draws.</summary>
    Poisson,

    /// <summary>Log-normal draws.</summary>
    LogNormal,
}

/// <summary><c>series_groups.*.lifecycle</c>.</summary>
internal sealed record LifecycleSection
{
    [Key("Whether series stay, are replaced, come and go, or come in spikes.")]
    public LifecycleName Type { get; init; } = LifecycleName.Stable;

    [Key("Time between replacements or spikes, or of one turn on and off.", Min = 0, AboveMin = true)]
    public TimeSpan Interval { get; init; } = TimeSpan.FromMinutes(5);

    [Key("Share of series replaced, on, or added, 0 to 1.", Min = 0, Max = 1)]
    public double Fraction { get; init; } = 0.1;
}

/// <summary>Lifecycles of synthetic series.</summary>
internal enum LifecycleName
{
    /// <summary>They stay.</summary>
    Stable,

    /// <summary>A share is replaced each interval.</summary>
    Churning,

    /// <summary>They come and go.</summary>
    Intermittent,

    /// <summary>More for a while.</summary>
    Spiking,
}
