using MetricsSim.Core.Numerics;
using MetricsSim.Core.Randomness;
using Xunit;
using Reference = MathNet.Numerics.Distributions.Poisson;

namespace MetricsSim.Core.Tests.Numerics;

public sealed class PoissonTests
{
    private const int Draws = 20_000;
    private static readonly KeyedRandom Random = new(3);

    [Fact]
    public void Mean_zero_draws_zero() => Assert.All(Sample(0, 100), count => Assert.Equal(0, count));

    [Theory]
    [InlineData(0.3)]
    [InlineData(50)]
    [InlineData(499.9)]
    [InlineData(1200)]
    public void Has_mean_variance_and_law(double mean)
    {
        var sample = Sample(mean, Draws);
        var values = sample.Select(count => (double)count).ToArray();
        Statistics.AssertNear(mean, Statistics.Mean(values), Math.Sqrt(mean / Draws), "mean");
        // Var(s²) = (μ₄ − σ⁴)/n with μ₄ = λ + 3λ².
        Statistics.AssertNear(mean, Statistics.Variance(values), Math.Sqrt((mean + (2 * mean * mean)) / Draws), "variance");
        AssertLaw(mean, sample);
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(7)]
    [InlineData(300)]
    public void Is_the_least_count_whose_distribution_function_reaches_the_uniform(double mean)
    {
        for (var u = 0.003; u < 1; u += 0.01)
        {
            var count = Poisson.Draw(mean, _ => u);
            Assert.True(Reference.CDF(mean, count) >= u - 1e-11);
            Assert.True(count == 0 || Reference.CDF(mean, count - 1) < u + 1e-11);
        }
    }

    [Fact]
    public void Ends_far_out_in_the_tail()
    {
        Assert.InRange(Poisson.Draw(0.3, _ => 1 - Math.ScaleB(1, -53)), 5, 200);
        Assert.InRange(Poisson.Draw(500, _ => 1 - Math.ScaleB(1, -53)), 650, 2000);
    }

    [Fact]
    public void Takes_a_uniform_for_each_500_of_the_mean()
    {
        var asked = new List<int>();
        Poisson.Draw(1200, draw =>
        {
            asked.Add(draw);
            return 0.5;
        });
        Assert.Equal([0, 1, 2], asked);
    }

    private static int[] Sample(double mean, int draws) =>
        [.. Enumerable.Range(0, draws).Select(i => Poisson.Draw(mean, draw => Random.Draw((ulong)i, Purpose.InitialSessions, 0, draw).UniformA))];

    /// <summary>χ² over about equally likely cells.</summary>
    private static void AssertLaw(double mean, int[] sample)
    {
        var ends = new List<int>();
        for (var count = 0; Reference.CDF(mean, count) < 0.999; count++)
        {
            var below = ends.Count == 0 ? 0 : Reference.CDF(mean, ends[^1]);
            if (Reference.CDF(mean, count) - below >= 0.02 || mean < 5) ends.Add(count);
        }

        var distribution = ends.Select(end => Reference.CDF(mean, end)).ToArray();
        double[] cells = [.. distribution.Select((value, i) => value - (i == 0 ? 0 : distribution[i - 1])), 1 - distribution[^1]];
        var counts = new long[cells.Length];
        foreach (var count in sample) counts[ends.TakeWhile(end => end < count).Count()]++;
        Statistics.AssertChiSquare([.. cells.Select(cell => cell * sample.Length)], counts);
    }
}
