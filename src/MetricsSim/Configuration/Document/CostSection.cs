using MetricsSim.Configuration.Declarations;

namespace MetricsSim.Configuration.Document;

/// <summary><c>costs_per_1k_tokens.*</c>, in USD.</summary>
internal sealed record CostSection
{
    [Key("USD per 1000 input tokens.", Required = true, Min = 0, Max = 1000)]
    public double Input { get; init; }

    [Key("USD per 1000 output tokens.", Required = true, Min = 0, Max = 1000)]
    public double Output { get; init; }

    [Key("USD per 1000 tokens read from the cache.", Min = 0, Max = 1000, WhenAbsent = "0.1 × input")]
    public double? CacheRead { get; init; }

    [Key("USD per 1000 tokens written to the cache.", Min = 0, Max = 1000, WhenAbsent = "1.25 × input")]
    public double? CacheCreation { get; init; }
}
