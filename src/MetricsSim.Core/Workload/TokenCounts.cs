namespace MetricsSim.Core.Workload;

/// <summary>Tokens of one request by type.</summary>
/// <param name="Input">Uncached input.</param>
/// <param name="Output">Output.</param>
/// <param name="CacheRead">Read from the prompt cache.</param>
/// <param name="CacheCreation">Written to the prompt cache.</param>
public readonly record struct TokenCounts(int Input, int Output, int CacheRead, int CacheCreation)
{
    /// <summary>All of them.</summary>
    public long Total => (long)Input + Output + CacheRead + CacheCreation;
}
