using MetricsSim.Core.Numerics;
using MetricsSim.Core.Randomness;
using Xunit;
using Reference = MathNet.Numerics.Distributions.Normal;

namespace MetricsSim.Core.Tests.Numerics;

public sealed class NormalTests
{
    /// <summary>Quantiles that Wichura gives as a check of AS 241 (Applied Statistics 37 (1988), p. 478), to 16 figures.</summary>
    [Theory]
    [InlineData(0.25, -0.6744897501960817)]
    [InlineData(0.001, -3.090232306167814)]
    [InlineData(1e-20, -9.262340089798408)]
    [InlineData(0.5, 0)]
    public void Gives_the_published_quantiles(double p, double expected) => Assert.Equal(expected, Normal.Quantile(p), 5e-15);

    [Fact]
    public void Agrees_with_an_independent_implementation()
    {
        for (var p = 1e-12; p < 1e-3; p *= 1.1) AssertClose(p);
        for (var p = 0.001; p < 0.9995; p += 0.000717) AssertClose(p);
        for (var p = 1e-9; p < 1e-3; p *= 1.3) AssertClose(1 - p);
    }

    [Fact]
    public void Is_odd_and_rises()
    {
        var last = double.NegativeInfinity;
        for (var p = 1 / 1024.0; p < 1; p += 1 / 1024.0)
        {
            var z = Normal.Quantile(p);
            Assert.Equal(-z, Normal.Quantile(1 - p));
            Assert.True(z > last, $"at {p}");
            last = z;
        }
    }

    [Fact]
    public void Draws_are_standard_normal()
    {
        var random = new KeyedRandom(1);
        var sample = Enumerable.Range(0, 20_000).Select(i => Normal.Quantile(random.Draw((ulong)i, Purpose.Profile).UniformA)).ToArray();
        Statistics.AssertNormalMoments(0, 1, sample);
        Statistics.AssertFollows(sample, x => Reference.CDF(0, 1, x));
    }

    private static void AssertClose(double p)
    {
        var z = Normal.Quantile(p);
        // MathNet inverts its own erfc to about 1e-14; near 1 the rounding of 1 − p adds ε/φ(z).
        Assert.Equal(Reference.InvCDF(0, 1, p), z, (1e-13 * Math.Max(1, Math.Abs(z))) + (1.2e-16 / Reference.PDF(0, 1, z)));
    }
}
