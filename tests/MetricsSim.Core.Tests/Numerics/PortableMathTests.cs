using System.Runtime.Intrinsics;
using MetricsSim.Core.Numerics;
using Xunit;

namespace MetricsSim.Core.Tests.Numerics;

/// <summary>Against the platform's correctly rounded-to-an-ulp functions; an ulp is 1.1e-16 to 2.2e-16 relative.</summary>
public sealed class PortableMathTests
{
    private const double Tolerance = 1e-15;

    [Fact]
    public void Exp_agrees_over_its_range()
    {
        for (var x = -707.9; x <= 708.9; x += 0.00713) AssertClose(Math.Exp(x), PortableMath.Exp(x), x);
        for (var x = 1e-300; x < 1; x *= 7.3)
        {
            AssertClose(Math.Exp(x), PortableMath.Exp(x), x);
            AssertClose(Math.Exp(-x), PortableMath.Exp(-x), -x);
        }
    }

    [Fact]
    public void Sine_of_turns_agrees_over_many_turns()
    {
        for (var x = -3.0; x <= 3; x += 0.000713) Assert.Equal(Math.Sin(2 * Math.PI * x), PortableMath.SinOfTurns(x), 4e-15);
        // Whole turns don't count, and quarters are exact.
        Assert.Equal([0, 1, 0, -1, 0, 1], new[] { 0, 0.25, 0.5, 0.75, 1e9, 1e9 + 0.25 }.Select(x => PortableMath.SinOfTurns(x) + 0.0));
    }

    [Fact]
    public void Exp_of_four_has_the_bits_of_one()
    {
        for (var x = -707.9; x <= 708.4; x += 0.0713)
        {
            var four = PortableMath.Exp(Vector256.Create(x, x + 0.1, x + 0.2, x + 0.5));
            Assert.Equal((PortableMath.Exp(x), PortableMath.Exp(x + 0.1), PortableMath.Exp(x + 0.2), PortableMath.Exp(x + 0.5)), (four[0], four[1], four[2], four[3]));
        }
    }

    [Fact]
    public void Log_agrees_over_its_range()
    {
        for (var x = 2.3e-308; x < 1e308; x *= 1.00713) AssertClose(Math.Log(x), PortableMath.Log(x), x);
        for (var x = 0.5; x < 2; x += 0.0000713) AssertClose(Math.Log(x), PortableMath.Log(x), x);
        for (var step = 1e-15; step < 0.1; step *= 1.7)
        {
            AssertClose(Math.Log(1 + step), PortableMath.Log(1 + step), 1 + step);
            AssertClose(Math.Log(1 - step), PortableMath.Log(1 - step), 1 - step);
        }
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(-709, 0)]
    [InlineData(710, double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity, 0)]
    [InlineData(double.PositiveInfinity, double.PositiveInfinity)]
    [InlineData(double.NaN, double.NaN)]
    public void Exp_has_its_edges(double x, double expected) => Assert.Equal(expected, PortableMath.Exp(x));

    [Theory]
    [InlineData(1, 0)]
    [InlineData(0, double.NegativeInfinity)]
    [InlineData(-1, double.NaN)]
    [InlineData(double.PositiveInfinity, double.PositiveInfinity)]
    [InlineData(double.NaN, double.NaN)]
    public void Log_has_its_edges(double x, double expected) => Assert.Equal(expected, PortableMath.Log(x));

    [Fact]
    public void Each_undoes_the_other()
    {
        // The absolute error of a logarithm is the relative error of the power: |x|·ε.
        for (var x = -700.0; x <= 700; x += 0.317) Assert.Equal(x, PortableMath.Log(PortableMath.Exp(x)), Tolerance * Math.Max(1, Math.Abs(x)));
    }

    private static void AssertClose(double expected, double actual, double x) =>
        Assert.True(Math.Abs(actual - expected) <= Tolerance * Math.Abs(expected), $"at {x:r}: {actual:r} is not {expected:r}");
}
