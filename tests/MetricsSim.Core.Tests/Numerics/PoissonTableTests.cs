using MetricsSim.Core.Numerics;
using Xunit;

namespace MetricsSim.Core.Tests.Numerics;

public sealed class PoissonTableTests
{
    [Theory]
    [InlineData(0.01)]
    [InlineData(1)]
    [InlineData(7.5)]
    [InlineData(400)]
    [InlineData(250_000)]
    public void Draws_are_the_quantiles_of_the_law(double mean)
    {
        var table = new PoissonTable();
        table.Prepare(3);
        table.Prepare(mean);
        var law = new MathNet.Numerics.Distributions.Poisson(mean);
        var deviation = Math.Sqrt(mean);
        foreach (var k in new[] { -3.0, -1, 0, 0.5, 1, 3 }.Select(z => Math.Floor(mean + (z * deviation))).Where(k => k >= 0).Distinct())
        {
            var (below, upTo) = (k == 0 ? 0 : law.CumulativeDistribution(k - 1), law.CumulativeDistribution(k));
            Assert.Equal(k, table.Draw(below + (0.01 * (upTo - below))));
            Assert.Equal(k, table.Draw(below + (0.99 * (upTo - below))));
        }

        Assert.InRange(table.Draw(1e-16), 0, mean);
        Assert.InRange(table.Draw(1 - 1e-16), mean + (7 * deviation), mean + (12 * deviation) + 20);
    }

    [Fact]
    public void Nothing_comes_of_a_mean_of_zero()
    {
        var table = new PoissonTable();
        table.Prepare(0);
        Assert.Equal(0, table.Draw(0.999999));
    }

    [Fact]
    public void Large_means_are_drawn_as_normal_ones()
    {
        var table = new PoissonTable();
        table.Prepare(4e6);
        Assert.Equal(4e6, table.Draw(0.5));
        Assert.Equal(4e6 + 2000, table.Draw(0.841344746068543), 1.0);
    }
}
