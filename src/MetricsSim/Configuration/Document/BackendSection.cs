using MetricsSim.Configuration.Declarations;

namespace MetricsSim.Configuration.Document;

/// <summary><c>backend</c>.</summary>
internal sealed record BackendSection
{
    [Key("Requests per second it can serve.",
        Min = 0, AboveMin = true, Max = 1_000_000_000, WhenAbsent = "1.5 × users.total, or what concurrency serves")]
    public double? Capacity { get; init; }

    [Key("Servers. Given alone it decides capacity: concurrency / mean service time. Given with capacity it must be ⌈capacity × mean service time⌉.",
        Min = 1, Max = 1_000_000_000, WhenAbsent = "⌈capacity × mean service time⌉")]
    public int? Concurrency { get; init; }

    [Key("Log-normal service time; its mean is median · e^(σ²/2).")]
    public ServiceTimeSection ServiceTime { get; init; } = new();

    [Key("Longest an attempt may take.", Min = 0, AboveMin = true, Max = 3600)]
    public TimeSpan Timeout { get; init; } = Defaults.World.Backend.Timeout;

    [Key("Longest wait before attempts are shed.", Min = 0, Max = 3600)]
    public TimeSpan MaxQueueDelay { get; init; } = Defaults.World.Backend.MaxQueueDelay;

    [Key("Attempts after the first.", Min = 0, Max = 20)]
    public int Retries { get; init; } = Defaults.World.Backend.Retries;

    [Key("Pause before the first retry; doubles with each, with jitter.", Min = 0, Max = 3600)]
    public TimeSpan RetryBackoff { get; init; } = Defaults.World.Backend.RetryBackoff;

    [Key("What a shed attempt costs, in attempts.", Min = 0, Max = 1)]
    public double ShedCost { get; init; } = Defaults.World.Backend.ShedCost;

    [Key("Chance that an attempt fails without a cause, 0 to 1.", Min = 0, Max = 1)]
    public double BaseFailure { get; init; } = Defaults.World.Backend.BaseFailure;
}

/// <summary><c>backend.service_time</c>.</summary>
internal sealed record ServiceTimeSection
{
    [Key("Median.", Min = 0, AboveMin = true, Max = 3600)]
    public TimeSpan Median { get; init; } = TimeSpan.FromSeconds(Defaults.World.Backend.ServiceTimeMedian);

    [Key("σ of the log.", Min = 0, Max = 3)]
    public double Sigma { get; init; } = Defaults.World.Backend.ServiceTimeSigma;
}
