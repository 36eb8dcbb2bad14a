namespace MetricsSim.Core.Series;

/// <summary>Upper bounds of histograms, and the search in them, in integers so that no rounding decides a bucket.</summary>
public sealed class Buckets
{
    private readonly BoundSearch _search;

    private Buckets(IEnumerable<double> bounds, long scale, int lowest, int highest)
    {
        Bounds = [.. bounds];
        _search = new BoundSearch([.. Bounds.Select(bound => (long)Math.Round(bound * scale))]);
        Native = new NativeBuckets(lowest, highest, scale);
    }

    /// <summary>Upper bounds in the unit that is written, without +Inf.</summary>
    public IReadOnlyList<double> Bounds { get; }

    /// <summary>Exponential buckets for the same values, where they are asked for.</summary>
    public NativeBuckets Native { get; }

    /// <summary>Session length, design §4. Native from 1 s to 9 h.</summary>
    public static Buckets SessionDuration { get; } = Seconds([10, 30, 60, 300, 600, 1800, 3600, 7200], 0, 15);

    /// <summary>Operation duration, OpenTelemetry semantic conventions for generative AI metrics: 0.01 · 2^k. Native from 1 ms to 9 h.</summary>
    public static Buckets OperationDuration { get; } =
        Seconds([0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92], -10, 15);

    /// <summary>Request duration: 0.1 · 1.2^k up to 100 s, rounded to µs. Native from 1 ms to 9 h.</summary>
    public static Buckets RequestDuration { get; } = Seconds(Geometric(0.1m, 1.2m, 100m), -10, 15);

    /// <summary>Token usage, OpenTelemetry semantic conventions for generative AI metrics: 4^k. Native from 1 token to 134 M.</summary>
    public static Buckets TokenUsage { get; } =
        new([1, 4, 16, 64, 256, 1024, 4096, 16384, 65536, 262144, 1048576, 4194304, 16777216, 67108864], 1, -1, 27);

    /// <summary>The bucket of a value: the first whose bound is not less, or the number of bounds for +Inf.</summary>
    /// <param name="value">µs for durations, a count for tokens.</param>
    /// <returns>0 ≤ index ≤ number of bounds.</returns>
    public int IndexOf(long value) => _search.IndexOf(value);

    private static Buckets Seconds(IEnumerable<double> bounds, int lowest, int highest) => new(bounds, 1_000_000, lowest, highest);

    private static IEnumerable<double> Geometric(decimal first, decimal factor, decimal limit)
    {
        for (var bound = first; bound <= limit; bound *= factor) yield return (double)Math.Round(bound, 6);
    }
}
