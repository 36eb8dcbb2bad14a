using MathNet.Numerics.Distributions;
using MathNet.Numerics.Integration;
using MetricsSim.Core.Numerics;
using MetricsSim.Core.Randomness;
using Xunit;

namespace MetricsSim.Core.Tests.Numerics;

public sealed class ClampedLogNormalTests
{
    public static TheoryData<double, double, double, double> Laws => new()
    {
        { 1800, 0.8, 10, 7200 },
        { 600, 0.6, 10, 7200 },
        { 300, 0.4, 10, 7200 },
        { 300, 1.5, 100, 900 },
        { 5, 0.3, 10, 20 },
        { 900, 0.5, 0, 1000 },
    };

    /// <summary>E[D] = low + ∫ P(D > x) dx from low to high.</summary>
    [Theory]
    [MemberData(nameof(Laws))]
    public void Mean_is_the_integral_of_the_survival_function(double median, double sigma, double low, double high)
    {
        var law = new ClampedLogNormal(median, sigma, low, high);
        Assert.Equal(low + Integrate(x => 1 - LogNormal.CDF(Math.Log(median), sigma, x), low, high), law.Mean, law.Mean * 1e-9);
    }

    [Theory]
    [MemberData(nameof(Laws))]
    public void The_mean_up_to_a_limit_is_the_integral_up_to_it(double median, double sigma, double low, double high)
    {
        var law = new ClampedLogNormal(median, sigma, low, high);
        foreach (var limit in new[] { low + 1, 0.5 * (low + high), high - 0.01 })
        {
            var integral = low + Integrate(x => 1 - LogNormal.CDF(Math.Log(median), sigma, x), low, limit);
            Assert.Equal(integral, law.MeanUpTo(limit), integral * 1e-9);
        }

        Assert.Equal(low / 2, law.MeanUpTo(low / 2));
        Assert.Equal(0, law.MeanUpTo(-1));
        Assert.Equal(law.Mean, law.MeanUpTo(high + 1));
    }

    [Fact]
    public void Without_clamps_the_mean_is_that_of_the_log_normal() =>
        Assert.Equal(600 * Math.Exp(0.18), new ClampedLogNormal(600, 0.6, 0, 1e12).Mean, 1e-9);

    [Theory]
    [MemberData(nameof(Laws))]
    public void Draws_invert_the_distribution_function(double median, double sigma, double low, double high)
    {
        var law = new ClampedLogNormal(median, sigma, low, high);
        for (var u = 0.0005; u < 1; u += 0.001)
            Assert.Equal(Math.Clamp(LogNormal.InvCDF(Math.Log(median), sigma, u), low, high), law.Draw(u), high * 1e-10);
    }

    /// <summary>P(D* ≤ x) = E[D; D ≤ x] / E[D], the length-biased law of D (Cox, Renewal Theory, 1962, §5.4), its atoms at the clamps.</summary>
    [Theory]
    [MemberData(nameof(Laws))]
    public void Length_biased_draws_invert_their_distribution_function(double median, double sigma, double low, double high)
    {
        var law = new ClampedLogNormal(median, sigma, low, high);
        var mu = Math.Log(median);
        var atomLow = low * LogNormal.CDF(mu, sigma, low) / law.Mean;
        var atomHigh = high * (1 - LogNormal.CDF(mu, sigma, high)) / law.Mean;
        for (var u = 0.005; u < 1; u += 0.01)
        {
            var drawn = law.DrawLengthBiased(u);
            if (u < atomLow) Assert.Equal(low, drawn);
            else if (u > 1 - atomHigh) Assert.Equal(high, drawn);
            else Assert.Equal(u, atomLow + (Integrate(x => x * LogNormal.PDF(mu, sigma, x), low, drawn) / law.Mean), 1e-8);
        }
    }

    /// <summary>E[D*] = E[D²]/E[D]; without clamps D* is log-normal (μ + σ², σ).</summary>
    [Fact]
    public void Without_clamps_the_length_biased_law_is_a_shifted_log_normal()
    {
        var law = new ClampedLogNormal(600, 0.6, 0, 1e12);
        for (var u = 0.001; u < 1; u += 0.01)
            Assert.Equal(LogNormal.InvCDF(Math.Log(600) + 0.36, 0.6, u), law.DrawLengthBiased(u), 1e-6);
    }

    [Theory]
    [MemberData(nameof(Laws))]
    public void Samples_have_the_mean(double median, double sigma, double low, double high)
    {
        var law = new ClampedLogNormal(median, sigma, low, high);
        var random = new KeyedRandom(11);
        var sample = Enumerable.Range(0, 20_000).Select(i => law.Draw(random.Draw((ulong)i, Purpose.Session).UniformA)).ToArray();
        Statistics.AssertNear(law.Mean, Statistics.Mean(sample), Math.Sqrt(Statistics.Variance(sample) / sample.Length));
        Assert.All(sample, length => Assert.InRange(length, low, high));
    }

    private static double Integrate(Func<double, double> f, double from, double to)
    {
        const int Panels = 60;
        var sum = 0.0;
        for (var i = 0; i < Panels; i++)
            sum += GaussLegendreRule.Integrate(f, from + ((to - from) * i / Panels), from + ((to - from) * (i + 1) / Panels), 20);
        return sum;
    }
}
