using MetricsSim.Configuration.Declarations;
using MetricsSim.Core.Faults;

namespace MetricsSim.Configuration.Document;

/// <summary>A fault begins; its type decides its parameters.</summary>
[Variant("inject_failure")]
[DecidedBy("type")]
internal abstract record FaultSection : TimelineEntrySection, IVariant
{
    [Key("How long.", Min = 0, AboveMin = true, WhenAbsent = "until a recovery, or the scenario's end")]
    public TimeSpan? Duration { get; init; }

    /// <summary>The value of <c>type</c>.</summary>
    public string Variant { get; set; } = "";
}

/// <summary>Faults without parameters.</summary>
[Variant("total_outage", "exporter_down", "counter_reset")]
internal sealed record PlainFaultSection : FaultSection;

/// <summary>Faults of a share of sessions, requests or series.</summary>
[Variant("cascade_failure", "rate_limiting", "series_gap")]
internal sealed record PartialFaultSection : FaultSection
{
    [Key("Share that is hit, in percent.", Min = 0, Max = 100)]
    public double AffectedPercentage { get; init; } = 100;
}

/// <summary>An outage of models.</summary>
[Variant("model_outage")]
internal sealed record ModelOutageSection : FaultSection
{
    [Key("Share of sessions that is hit, in percent.", Min = 0, Max = 100)]
    public double AffectedPercentage { get; init; } = 100;

    [Key("Model it is limited to; one of model_distribution.", Min = 1, Max = 256, WhenAbsent = "all")]
    public string? Model { get; init; }
}

/// <summary>Added delay.</summary>
[Variant("network_latency", "scrape_delay")]
internal sealed record DelayFaultSection : FaultSection
{
    [Key("Least added delay in ms.", Min = 0, Max = 3_600_000, WhenAbsent = "0")]
    public double? MinDelay { get; init; }

    [Key("Largest added delay in ms; not below min_delay.", Required = true, Min = 0, Max = 3_600_000)]
    public double? MaxDelay { get; init; }

    [Key("Share that is hit, in percent.", Min = 0, Max = 100)]
    public double AffectedPercentage { get; init; } = 100;
}

/// <summary>Series without end.</summary>
[Variant("cardinality_explosion")]
internal sealed record ExplosionFaultSection : FaultSection
{
    [Key("Share of API requests that add a series of their own, in percent.", Min = 0, Max = 100)]
    public double AffectedPercentage { get; init; } = 100;

    [Key("Series added at most.", Min = 1, Max = FaultSpec.MostSeries)]
    public int MaxSeries { get; init; } = FaultSpec.DefaultMaxSeries;
}

/// <summary>A clock that is off.</summary>
[Variant("clock_skew")]
internal sealed record SkewFaultSection : FaultSection
{
    [Key("How far the exporter's clock is ahead in seconds, negative where it is behind.", Min = -FaultSpec.MostOffsetSeconds, Max = FaultSpec.MostOffsetSeconds)]
    public double OffsetSeconds { get; init; } = FaultSpec.DefaultOffsetSeconds;
}

/// <summary>Sessions that fail to start.</summary>
[Variant("authentication_failures")]
internal sealed record AuthenticationFaultSection : FaultSection
{
    [Key("Share of sessions that is hit, in percent.", Min = 0, Max = 100)]
    public double AffectedPercentage { get; init; } = 100;

    [Key("When users try again.", Min = 0, AboveMin = true, WhenAbsent = "60s")]
    public TimeSpan? RetryAfter { get; init; }
}

/// <summary>Resources that run out.</summary>
[Variant("resource_exhaustion")]
internal sealed record ExhaustionFaultSection : FaultSection
{
    [Key("Share of capacity that is lost, in percent, over the first half of the fault; 100 leaves nothing.", Min = 0, Max = 100)]
    public double AffectedPercentage { get; init; } = 50;

    [Key("Resources that run out.", Min = 1, WhenAbsent = "all")]
    public IReadOnlyList<string>? AffectedResources { get; init; }
}
