namespace MetricsSim.Core.Engine;

/// <summary>What users do in their sessions (config: <c>workload</c>). Laws of session length are in <see cref="SegmentOptions"/>.</summary>
public sealed record WorkloadOptions
{
    /// <summary>Sessions per hour of a user of activity 1 at season, burst and load 1.</summary>
    public double SessionsPerHour { get; init; } = 2;

    /// <summary>Shortest session.</summary>
    public TimeSpan MinSession { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Longest session.</summary>
    public TimeSpan MaxSession { get; init; } = TimeSpan.FromHours(2);

    /// <summary>Mean time between a session's API requests.</summary>
    public TimeSpan RequestInterval { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Share of sessions that end failed without a cause, 0–1.</summary>
    public double BaseSessionFailure { get; init; } = 0.01;

    /// <summary>Given-up requests in a row after which a session fails, at least 1.</summary>
    public int GiveUpsToFail { get; init; } = 3;
}

/// <summary>A model: its share of sessions and its prices (config: <c>model_distribution</c>, <c>costs_per_1k_tokens</c>).</summary>
/// <param name="Id">Model id, the label <c>model</c>.</param>
/// <param name="Fraction">Share of sessions, 0–1.</param>
/// <param name="InputPer1k">USD per 1000 input tokens.</param>
/// <param name="OutputPer1k">USD per 1000 output tokens.</param>
/// <param name="CacheReadPer1k">USD per 1000 tokens read from the cache.</param>
/// <param name="CacheCreationPer1k">USD per 1000 tokens written to the cache.</param>
public sealed record ModelOptions(
    string Id, double Fraction, double InputPer1k, double OutputPer1k, double CacheReadPer1k, double CacheCreationPer1k)
{
    /// <summary>Current model ids at list prices; cache read is 0.1 ×, cache creation 1.25 × the input price.</summary>
    public static IReadOnlyList<ModelOptions> Defaults { get; } =
    [
        FromInputOutput("claude-opus-4-5-20251101", 0.3, 0.005, 0.025),
        FromInputOutput("claude-sonnet-4-5-20250929", 0.6, 0.003, 0.015),
        FromInputOutput("claude-haiku-4-5-20251001", 0.1, 0.001, 0.005),
    ];

    /// <summary>A model whose cache prices follow from its input price.</summary>
    /// <param name="id">Model id.</param>
    /// <param name="fraction">Share of sessions.</param>
    /// <param name="input">USD per 1000 input tokens.</param>
    /// <param name="output">USD per 1000 output tokens.</param>
    /// <returns>The model.</returns>
    public static ModelOptions FromInputOutput(string id, double fraction, double input, double output) =>
        new(id, fraction, input, output, input * 0.1, input * 1.25);
}
