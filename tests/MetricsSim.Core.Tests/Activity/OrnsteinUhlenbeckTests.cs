using MetricsSim.Core.Activity;
using MetricsSim.Core.Numerics;
using MetricsSim.Core.Randomness;
using Xunit;

namespace MetricsSim.Core.Tests.Activity;

/// <summary>
/// The laws of the process of Uhlenbeck and Ornstein, Phys. Rev. 36 (1930) 823, with its exact transition (Gillespie 1996), unbounded:
/// stationary N(b, (cv·b)²), autocorrelation e^(−θτ), and from x₀ after Δ N(b + (x₀ − b)e^(−θΔ), (cv·b)²(1 − e^(−2θΔ))).
/// </summary>
public sealed class OrnsteinUhlenbeckTests
{
    private const double Theta = 0.1;
    private const double Mean = 1.2;
    private const double Deviation = 0.3 * Mean;
    private const int Paths = 20_000;
    private static readonly KeyedRandom Random = new(1930);

    [Fact]
    public void Stays_stationary()
    {
        var process = Unbounded(step: 0.1);
        var now = Start(process);
        for (var step = 1; step <= 100; step++) Step(process, now, step);
        Statistics.AssertNormalMoments(Mean, Deviation * Deviation, now);
        Statistics.AssertFollows(now, x => MathNet.Numerics.Distributions.Normal.CDF(Mean, Deviation, x));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(0.1, 10)]
    [InlineData(0.1, 100)]
    [InlineData(5, 8)]
    public void Autocorrelation_is_exponential(double delta, int steps)
    {
        var process = Unbounded(delta);
        var start = Start(process);
        var now = start.ToArray();
        for (var step = 1; step <= steps; step++) Step(process, now, step);
        var expected = Math.Exp(-Theta * delta * steps);
        var correlation = MathNet.Numerics.Statistics.Correlation.Pearson(start, now);
        // Standard error of a normal sample's correlation: (1 − ρ²)/√n.
        Statistics.AssertNear(expected, correlation, (1 - (expected * expected)) / Math.Sqrt(Paths), "autocorrelation");
    }

    [Theory]
    [InlineData(0.6)]
    [InlineData(6)]
    [InlineData(30)]
    public void One_step_equals_ten_of_a_tenth_in_law(double delta)
    {
        const double From = Mean + (3 * Deviation);
        var one = Enumerable.Repeat(From, Paths).ToArray();
        Step(Unbounded(delta), one, 1);
        var ten = Enumerable.Repeat(From, Paths).ToArray();
        for (var step = 2; step <= 11; step++) Step(Unbounded(delta / 10), ten, step);
        var mean = Mean + ((From - Mean) * Math.Exp(-Theta * delta));
        var variance = Deviation * Deviation * (1 - Math.Exp(-2 * Theta * delta));
        Statistics.AssertNormalMoments(mean, variance, one);
        Statistics.AssertNormalMoments(mean, variance, ten);
        Statistics.AssertSameLaw(one, ten);
    }

    [Fact]
    public void Without_deviation_it_decays_to_its_mean()
    {
        var process = Unbounded(1);
        Assert.Equal(1 + Math.Exp(-Theta), process.Next(2, 1, 0, 1.7), 1e-15);
        Assert.Equal(1, process.Stationary(1, 0, 1.7));
    }

    [Theory]
    [InlineData(0.5, 0.5)]
    [InlineData(3, 3)]
    [InlineData(0.3, 0.7)]
    [InlineData(-0.2, 1.2)]
    [InlineData(5.25, 4.75)]
    [InlineData(-4.4, 4.6)]
    [InlineData(-9, 0.5)]
    public void Reflects_at_its_bounds(double unbounded, double expected)
    {
        // Without deviation a stationary value is its mean, reflected; what is still outside after a reflection at each lands on a bound.
        var process = new OrnsteinUhlenbeck(Theta, 1, 0.5, 5);
        Assert.Equal(expected, process.Stationary(unbounded, 0, 0), 1e-12);
    }

    [Theory]
    [InlineData(0.05, 5, 0.1, 0.2)]
    [InlineData(0.05, 5, 4.9, 3)]
    [InlineData(0.9, 1.1, 1, 10)]
    public void Never_leaves_its_bounds(double low, double high, double mean, double deviation)
    {
        var process = new OrnsteinUhlenbeck(Theta, 0.1, low, high);
        for (var path = 0; path < 50; path++)
        {
            var x = process.Stationary(mean, deviation, Z(path, 0));
            for (var step = 1; step < 200; step++)
            {
                Assert.InRange(x, low, high);
                x = process.Next(x, mean, deviation, Z(path, step));
            }
        }
    }

    private static OrnsteinUhlenbeck Unbounded(double step) => new(Theta, step, double.NegativeInfinity, double.PositiveInfinity);

    private static double[] Start(OrnsteinUhlenbeck process) =>
        [.. Enumerable.Range(0, Paths).Select(path => process.Stationary(Mean, Deviation, Z(path, 0)))];

    private static void Step(OrnsteinUhlenbeck process, double[] now, int step)
    {
        for (var path = 0; path < now.Length; path++) now[path] = process.Next(now[path], Mean, Deviation, Z(path, step));
    }

    private static double Z(int path, int step) => Normal.Quantile(Random.Draw((ulong)path, Purpose.ActivityStep, step).UniformA);
}
