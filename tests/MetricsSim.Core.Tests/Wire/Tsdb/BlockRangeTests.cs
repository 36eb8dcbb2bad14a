using MetricsSim.Wire.Tsdb;
using Xunit;

namespace MetricsSim.Core.Tests.Wire.Tsdb;

public sealed class BlockRangeTests
{
    private const long Hour = 3_600_000;

    [Theory]
    [InlineData(0, 2)]
    [InlineData(2, 2)]
    [InlineData(5, 2)]
    [InlineData(6, 6)]
    [InlineData(18, 18)]
    [InlineData(53, 18)]
    [InlineData(24 * 31, 486)]
    public void Is_the_longest_of_the_compaction_within_the_limit(long limit, long hours) =>
        Assert.Equal(hours * Hour, BlockRange.LengthWithin(limit * Hour));

    [Theory]
    [InlineData(0, 2, 0, 2)]
    [InlineData(1, 2, 0, 2)]
    [InlineData(2, 2, 2, 4)]
    [InlineData(491_002, 6, 490_998, 491_004)]
    public void Begins_at_whole_multiples_of_its_length(long time, long length, long start, long end) =>
        Assert.Equal(new BlockRange(start * Hour, end * Hour), BlockRange.Of(time * Hour, length * Hour));
}
