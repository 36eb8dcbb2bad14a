namespace MetricsSim.Core.Faults;

/// <summary>What a fault breaks. The names in files and on the wire are these in snake_case.</summary>
public enum FaultType
{
    /// <summary>A share of sessions, or those of one model, get <c>service_unavailable</c> for every attempt.</summary>
    ModelOutage,

    /// <summary>Every attempt of every session fails with <c>service_unavailable</c>.</summary>
    TotalOutage,

    /// <summary>Capacity is lost in steps.</summary>
    CascadeFailure,

    /// <summary>Requests take longer on the way.</summary>
    NetworkLatency,

    /// <summary>Sessions fail to start.</summary>
    AuthenticationFailures,

    /// <summary>A share of requests is answered 429.</summary>
    RateLimiting,

    /// <summary>Capacity shrinks.</summary>
    ResourceExhaustion,

    /// <summary>The metrics endpoint answers 503.</summary>
    ExporterDown,

    /// <summary>The metrics endpoint is slow to answer.</summary>
    ScrapeDelay,

    /// <summary>Counters begin at zero again.</summary>
    CounterReset,

    /// <summary>The series of some users are missing.</summary>
    SeriesGap,

    /// <summary>Requests bring a series each.</summary>
    CardinalityExplosion,

    /// <summary>Timestamps that are sent are wrong.</summary>
    ClockSkew,
}
