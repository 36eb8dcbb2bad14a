using MetricsSim.Configuration.Declarations;

namespace MetricsSim.Configuration.Document;

/// <summary><c>scenarios.*.timeline[]</c>.</summary>
[DecidedBy("event")]
internal abstract record TimelineEntrySection
{
    [Key("From the scenario's start, at most its duration.", Required = true, Min = 0)]
    public TimeSpan Time { get; init; }

    [Key("Why, for people.", Max = 4096)]
    public string Description { get; init; } = "";
}

/// <summary>Enables a share of the users and sets a baseline load.</summary>
[Variant("start")]
internal sealed record StartSection : TimelineEntrySection
{
    [Key("Share of users that is enabled, in percent.", Min = 0, Max = 100, WhenAbsent = "all")]
    public double? UserPercentage { get; init; }

    [Key("Load to begin with.", Min = 0, Max = 10_000, WhenAbsent = "1")]
    public double? Baseline { get; init; }
}

/// <summary>Sets the load, or the enabled share of users, or both.</summary>
[Variant("increase_load")]
internal sealed record IncreaseLoadSection : TimelineEntrySection
{
    [Key("Load, absolute against 1. It or user_percentage must be given.", Min = 0, Max = 10_000, WhenAbsent = "the present one")]
    public double? Multiplier { get; init; }

    [Key("Share of users that is enabled, in percent; a larger share contains the smaller.", Min = 0, Max = 100, WhenAbsent = "the present one")]
    public double? UserPercentage { get; init; }
}

/// <summary>Multiplies the present load for a while.</summary>
[Variant("burst_load")]
internal sealed record BurstLoadSection : TimelineEntrySection
{
    [Key("Factor on the present load.", Required = true, Min = 0, Max = 10_000)]
    public double Multiplier { get; init; }

    [Key("How long.", Required = true, Min = 0, AboveMin = true)]
    public TimeSpan Duration { get; init; }
}

/// <summary>Scales the population's activity.</summary>
[Variant("growth_simulation")]
internal sealed record GrowthSection : TimelineEntrySection
{
    [Key("Factor on everybody's activity, absolute.", Required = true, Min = 0, Max = 10_000)]
    public double GrowthRate { get; init; }
}

/// <summary>Ends this simulation's faults and bursts and sets its load to 1.</summary>
[Variant("recovery")]
internal sealed record RecoverySection : TimelineEntrySection;

/// <summary>Marks a deployment.</summary>
[Variant("deploy")]
internal sealed record DeploySection : TimelineEntrySection
{
    [Key("Version that is deployed.", Min = 1, Max = 256, WhenAbsent = "not said")]
    public string? Version { get; init; }

    [Key("Service that is deployed.", Min = 1, Max = 256, WhenAbsent = "the backend")]
    public string? Service { get; init; }
}
