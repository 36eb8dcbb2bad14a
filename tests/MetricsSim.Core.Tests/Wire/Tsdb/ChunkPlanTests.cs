using MetricsSim.Wire.Tsdb;
using Xunit;

namespace MetricsSim.Core.Tests.Wire.Tsdb;

public sealed class ChunkPlanTests
{
    private const long Monday = 1_767_607_200_000;

    // A real Prometheus 2.42 made chunks of these sizes from samples at these intervals.
    [Theory]
    [InlineData(15_000, 0, 120)]
    [InlineData(15_000, 5_400_000, 120)]
    [InlineData(15_000, 6_750_000, 30)]
    [InlineData(15_000, 7_185_000, 1)]
    [InlineData(1_000, 0, 117)]
    [InlineData(5_000, 0, 120)]
    [InlineData(10_000, 0, 120)]
    [InlineData(30_000, 0, 120)]
    [InlineData(60_000, 0, 120)]
    [InlineData(300_000, 0, 24)]
    [InlineData(7_200_000, 0, 1)]
    [InlineData(86_400_000, 0, 1)]
    public void Ends_chunks_as_the_head_does(long interval, long after, int expected) =>
        Assert.Equal(expected, ChunkPlan.Samples(Monday + after, interval));

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(999)]
    [InlineData(15_000)]
    [InlineData(31_000)]
    [InlineData(33_333)]
    [InlineData(8_000_000)]
    public void Chunks_follow_on_each_other_and_stay_within_two_hours(long interval)
    {
        for (var time = Monday; time < Monday + BlockRange.Shortest;)
        {
            var samples = ChunkPlan.Samples(time, interval);
            Assert.InRange(samples, 1, ChunkPlan.MostSamples);
            Assert.Equal(time / BlockRange.Shortest, (time + ((samples - 1) * interval)) / BlockRange.Shortest);
            time += samples * interval;
        }
    }
}
