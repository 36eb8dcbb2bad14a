using MetricsSim.Configuration.Declarations;

namespace MetricsSim.Configuration.Document;

/// <summary><c>series_groups.*.lifecycle</c>.</summary>
[DecidedBy("kind")]
internal abstract record LifecycleSection;

/// <summary>They stay.</summary>
[Variant("stable")]
internal sealed record StableSection : LifecycleSection;

/// <summary>A share is replaced each interval.</summary>
[Variant("churning")]
internal sealed record ChurningSection : LifecycleSection
{
    [Key("Time between replacements.", Min = 0, AboveMin = true)]
    public TimeSpan Interval { get; init; } = TimeSpan.FromMinutes(5);

    [Key("Share of the series that is replaced.", Min = 0, AboveMin = true, Max = 1)]
    public double Fraction { get; init; } = 0.1;

    [Key("Label whose value changes.", Min = 1, Max = 512, WhenAbsent = "the last one")]
    public string? Label { get; init; }
}

/// <summary>They come and go.</summary>
[Variant("intermittent")]
internal sealed record IntermittentSection : LifecycleSection
{
    [Key("How long a series is there.", Min = 0, AboveMin = true)]
    public TimeSpan On { get; init; } = TimeSpan.FromMinutes(5);

    [Key("How long it is missing.", Min = 0, AboveMin = true)]
    public TimeSpan Off { get; init; } = TimeSpan.FromMinutes(1);
}

/// <summary>More for a while.</summary>
[Variant("spiking")]
internal sealed record SpikingSection : LifecycleSection
{
    [Key("Time from one spike to the next; the first begins after half of it.", Min = 0, AboveMin = true)]
    public TimeSpan Interval { get; init; } = TimeSpan.FromMinutes(10);

    [Key("How long a spike lasts; less than the interval.", Min = 0, AboveMin = true)]
    public TimeSpan Duration { get; init; } = TimeSpan.FromMinutes(1);

    [Key("How many times as many series there are in a spike.", Min = 1, AboveMin = true, Max = 1000)]
    public double Factor { get; init; } = 10;

    [Key("Label by which the additional series differ.", Min = 1, Max = 512, WhenAbsent = "the last one")]
    public string? Label { get; init; }
}
