using MetricsSim.Analysis.Learning;
using MetricsSim.Core.Randomness;
using Xunit;

namespace MetricsSim.Core.Tests.Analysis.Learning;

public sealed class DistinctCounterTests
{
    [Theory]
    [InlineData(5)]
    [InlineData(1000)]
    public void Few_are_counted_exactly(int count)
    {
        var counter = new DistinctCounter(1000);
        for (var i = 0; i < 3 * count; i++) Assert.Equal(i < count, counter.Add(Hash(i % count)));
        Assert.Equal((true, (long)count), (counter.IsExact, counter.Count));
    }

    [Fact]
    public void Many_are_estimated()
    {
        var counter = new DistinctCounter(1000);
        for (var i = 0; i < 200_000; i++) counter.Add(Hash(i % 100_000));
        Assert.False(counter.IsExact);
        // The standard error is 1/√1000, 3.2 %.
        Assert.InRange(counter.Count, 90_000, 110_000);
    }

    private static ulong Hash(int i) => new KeyedRandom(3).Draw((ulong)i, Purpose.Profile).BitsA;
}
