using MetricsSim.Push;
using Xunit;

namespace MetricsSim.Tests.Push;

public sealed class BackoffTests
{
    [Theory]
    [InlineData(0, new double[] { 5, 10, 20, 25, 25 })]
    [InlineData(1, new double[] { 10, 20, 40, 50, 50 })]
    public void Pauses_double_up_to_the_longest_with_jitter_of_a_half(double random, double[] expected)
    {
        var backoff = new Backoff(TimeSpan.FromMilliseconds(10), TimeSpan.FromMilliseconds(50), () => random);
        Assert.Equal(expected, expected.Select(_ => backoff.Next(null).TotalMilliseconds));
    }

    [Theory]
    [InlineData(20, 20)]
    [InlineData(5, 10)]
    [InlineData(-5, 10)]
    [InlineData(1_000_000, 3600)]
    public void What_is_asked_for_is_waited_for_within_reason(double asked, double expected) =>
        Assert.Equal(expected, new Backoff(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(10), () => 1).Next(TimeSpan.FromSeconds(asked)).TotalSeconds);
}
