namespace MetricsSim.Core.Engine;

/// <summary>What serves the requests (config: <c>backend</c>), design §3.4.</summary>
public sealed record BackendOptions
{
    /// <summary>Requests per second it can serve; null is 1.5 × users.</summary>
    public double? Capacity { get; init; }

    /// <summary>Servers; null follows from capacity and mean service time.</summary>
    public int? Concurrency { get; init; }

    /// <summary>Median of the log-normal service time, seconds.</summary>
    public double ServiceTimeMedian { get; init; } = 0.8;

    /// <summary>σ of the log of the service time.</summary>
    public double ServiceTimeSigma { get; init; } = 0.4;

    /// <summary>Longest an attempt may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Longest wait before attempts are shed.</summary>
    public TimeSpan MaxQueueDelay { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Attempts after the first, ≥ 0.</summary>
    public int Retries { get; init; } = 2;

    /// <summary>Pause before the first retry; doubles with each, with jitter.</summary>
    public TimeSpan RetryBackoff { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>What a shed attempt costs, in attempts, 0–1.</summary>
    public double ShedCost { get; init; } = 0.1;

    /// <summary>Chance that an attempt fails without a cause, 0–1.</summary>
    public double BaseFailure { get; init; } = 0.005;
}
