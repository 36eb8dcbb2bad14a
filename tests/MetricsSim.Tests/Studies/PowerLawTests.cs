using MetricsSim.Studies;
using Xunit;

namespace MetricsSim.Tests.Studies;

/// <summary>Fits of power laws against closed forms.</summary>
public sealed class PowerLawTests
{
    [Theory]
    [InlineData(3, 1.0)]
    [InlineData(0.02, 0.5)]
    [InlineData(7e-6, 1.37)]
    [InlineData(100, -0.25)]
    public void A_law_without_noise_is_found_again(double factor, double exponent)
    {
        var law = PowerLaw.Fit([.. new[] { 10e3, 30e3, 100e3, 1e6 }.Select(x => new PlotPoint(x, factor * Math.Pow(x, exponent)))])!;
        Assert.Equal(exponent, law.Exponent, 1e-9);
        Assert.Equal(factor, law.Factor, factor * 1e-9);
        Assert.Equal(1, law.RSquared!.Value, 1e-9);
        Assert.Equal(factor * Math.Pow(5e4, exponent), law.At(5e4), law.At(5e4) * 1e-9);
    }

    [Fact]
    public void With_noise_it_is_the_line_of_least_squares_through_the_logarithms()
    {
        // ln x = 0, 1, 2 and ln y = 0, 2, 1: slope Σ(x−1)(y−1) / Σ(x−1)² = 1/2, intercept 1 − 1/2, R² = (1/2)² · Σ(x−1)² / Σ(y−1)² = 1/4.
        var law = PowerLaw.Fit([new(1, 1), new(Math.E, Math.E * Math.E), new(Math.E * Math.E, Math.E)])!;
        Assert.Equal(0.5, law.Exponent, 1e-12);
        Assert.Equal(Math.Exp(0.5), law.Factor, 1e-12);
        Assert.Equal(0.25, law.RSquared!.Value, 1e-12);
    }

    [Fact]
    public void What_failed_or_took_no_time_is_left_out()
    {
        var law = PowerLaw.Fit([new(10, 20), new(100, 200), new(1000, double.PositiveInfinity), new(10_000, 0)])!;
        Assert.Equal((1, 2, (double?)null), (Math.Round(law.Exponent, 9), Math.Round(law.Factor, 9), law.RSquared));
    }

    [Fact]
    public void One_place_makes_no_line() => Assert.Null(PowerLaw.Fit([new(10, 1), new(10, 2), new(20, double.PositiveInfinity)]));

    [Theory]
    [InlineData(CapacityKind.Interpolated, 31622.7766, 1, 100)]
    [InlineData(CapacityKind.Interpolated, 10_000, 10, 100)]
    [InlineData(CapacityKind.BeyondLargest, 1e6, 1, 2)]
    [InlineData(CapacityKind.BelowSmallest, 10_000, 11, 200)]
    [InlineData(CapacityKind.BeforeFailure, 10_000, 1, double.PositiveInfinity)]
    internal void The_largest_cardinality_within_a_limit(CapacityKind kind, double series, double small, double middle)
    {
        // With 1 ms at 10 k and 100 ms at 100 k a limit of 10 ms is half way between the logarithms; what comes after a miss decides nothing.
        var capacity = Capacity.Of([new(10e3, small), new(100e3, middle), new(1e6, 2)], limit: 10)!;
        Assert.Equal((kind, series), (capacity.Kind, Math.Round(capacity.Series, 4)));
    }

    [Fact]
    public void A_limit_is_held_against_what_a_cost_comes_to_at_times() =>
        Assert.Equal(CapacityKind.Interpolated, Capacity.Of([new(10e3, 1, 5), new(100e3, 2, 20)], limit: 10)!.Kind);

    [Fact]
    public void Nothing_measured_has_no_capacity() => Assert.Null(Capacity.Of([], 10));
}
