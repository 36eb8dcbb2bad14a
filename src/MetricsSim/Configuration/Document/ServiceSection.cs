using MetricsSim.Configuration.Declarations;

namespace MetricsSim.Configuration.Document;

/// <summary><c>services.*</c>.</summary>
internal sealed record ServiceSection
{
    [Key("Signals by metric name.", Pattern = "[a-zA-Z_:][a-zA-Z0-9_:]*", PatternText = "a metric name")]
    public OrderedDictionary<string, SignalSection> Signals { get; init; } = [];
}

/// <summary><c>services.*.signals.*</c>.</summary>
internal sealed record SignalSection
{
    [Key("Type of the metric.")]
    public SignalTypeName Type { get; init; } = SignalTypeName.Gauge;

    [Key("Level without noise; of a counter its rate per second.", Required = true)]
    public double Baseline { get; init; }

    [Key("Noise around the level.")]
    public NoiseSection Noise { get; init; } = new();

    [Key("The daily cycle.")]
    public DailyCycleSection DailyCycle { get; init; } = new();

    [Key("Bounds the value is kept in.", WhenAbsent = "none")]
    public NumberSpan? Bounds { get; init; }
}

/// <summary>Types of signals.</summary>
internal enum SignalTypeName
{
    /// <summary>Up and down.</summary>
    Gauge,

    /// <summary>Up only.</summary>
    Counter,

    /// <summary>Counts by bucket.</summary>
    Histogram,
}

/// <summary><c>services.*.signals.*.noise</c>.</summary>
internal sealed record NoiseSection
{
    [Key("Independent draws (white), or mean-reverting ones (ou).")]
    public NoiseTypeName Type { get; init; } = NoiseTypeName.White;

    [Key("Standard deviation, in units of the signal.", Min = 0)]
    public double Sigma { get; init; }

    [Key("Time in which a deviation falls to 1/e (ou).", Min = 0, AboveMin = true)]
    public TimeSpan Relaxation { get; init; } = TimeSpan.FromMinutes(5);
}

/// <summary>Kinds of noise.</summary>
internal enum NoiseTypeName
{
    /// <summary>Independent draws.</summary>
    White,

    /// <summary>Ornstein–Uhlenbeck.</summary>
    Ou,
}

/// <summary><c>services.*.signals.*.daily_cycle</c>.</summary>
internal sealed record DailyCycleSection
{
    [Key("Height of the cycle, as a share of the level.", Min = 0, Max = 1)]
    public double Amplitude { get; init; }

    [Key("Local time of the peak, from midnight.", Min = 0, Max = 86_400)]
    public TimeSpan Peak { get; init; } = TimeSpan.FromHours(14);
}
