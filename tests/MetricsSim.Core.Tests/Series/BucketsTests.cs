using MetricsSim.Core.Series;
using Xunit;

namespace MetricsSim.Core.Tests.Series;

public sealed class BucketsTests
{
    [Fact]
    public void Bounds_are_those_of_the_design_and_the_conventions()
    {
        Assert.Equal([10, 30, 60, 300, 600, 1800, 3600, 7200], Buckets.SessionDuration.Bounds);
        Assert.Equal(Enumerable.Range(0, 14).Select(k => Math.Round(0.01 * Math.Pow(2, k), 2)), Buckets.OperationDuration.Bounds);
        Assert.Equal(Enumerable.Range(0, 14).Select(k => Math.Pow(4, k)), Buckets.TokenUsage.Bounds);
        // The largest k with 0.1 · 1.2^k ≤ 100 is 37.
        Assert.Equal(Enumerable.Range(0, 38).Select(k => Math.Round(0.1 * Math.Pow(1.2, k), 6)), Buckets.RequestDuration.Bounds);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(10_000_000, 0)]
    [InlineData(10_000_001, 1)]
    [InlineData(30_000_000, 1)]
    [InlineData(599_999_999, 4)]
    [InlineData(7_200_000_000, 7)]
    [InlineData(7_200_000_001, 8)]
    [InlineData(long.MaxValue, 8)]
    public void A_bound_belongs_to_its_bucket(long micros, int expected) => Assert.Equal(expected, Buckets.SessionDuration.IndexOf(micros));

    [Fact]
    public void The_search_agrees_with_a_scan()
    {
        foreach (var (buckets, scale) in new[] { (Buckets.RequestDuration, 1e6), (Buckets.OperationDuration, 1e6), (Buckets.TokenUsage, 1) })
        {
            foreach (var bound in buckets.Bounds)
            {
                for (var value = (long)Math.Round(bound * scale) - 1; value <= (bound * scale) + 1; value++)
                    Assert.Equal(buckets.Bounds.Count(other => Math.Round(other * scale) < value), buckets.IndexOf(value));
            }
        }
    }
}
