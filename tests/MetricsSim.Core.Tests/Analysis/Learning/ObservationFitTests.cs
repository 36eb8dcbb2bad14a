using MetricsSim.Analysis.Learning;
using Xunit;

namespace MetricsSim.Core.Tests.Analysis.Learning;

public sealed class ObservationFitTests
{
    private static readonly double[] Bounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

    [Theory]
    [InlineData(0.2, 0.8)]
    [InlineData(0.02, 0.3)]
    [InlineData(3, 1.5)]
    public void A_log_normal_law_is_found_in_its_buckets(double median, double sigma)
    {
        var simulated = new Simulated(20);
        var seen = Enumerable.Range(0, 20_000).Select(_ => simulated.LogNormal(median, sigma)).ToList();
        var law = ObservationFit.OfHistogram(Bounds, [.. Bounds.Select(bound => (double)seen.Count(x => x <= bound))], seen.Count, seen.Sum());
        Assert.InRange(law.Median, 0.95 * median, 1.05 * median);
        Assert.InRange(law.Sigma, 0.9 * sigma, 1.1 * sigma);
    }

    [Fact]
    public void A_log_normal_law_is_found_in_its_quantiles()
    {
        var law = ObservationFit.OfSummary([(0, 0.01), (0.5, 0.2), (0.9, 0.2 * Math.Exp(0.8 * 1.2815515655446004)), (0.99, double.NaN), (1, 50)], 100, 30);
        Assert.Equal(0.2, law.Median, 1e-9);
        Assert.Equal(0.8, law.Sigma, 1e-9);
    }

    [Fact]
    public void What_is_not_measured_is_assumed_and_said()
    {
        Assert.Equal((0.25, "no observations yet, so their law is assumed"), Told(ObservationFit.OfHistogram(Bounds, new double[11], 0, 0)));
        var one = ObservationFit.OfHistogram([1, 2], [50, 100], 100, 90);
        Assert.Equal((1.0, "median of observations measured, their spread assumed"), (Math.Round(one.Median, 9), one.Basis));
        var none = ObservationFit.OfHistogram([10], [100], 100, 200);
        Assert.Equal((Math.Round(2 * Math.Exp(-0.32), 9), "mean of observations measured, their spread assumed"), (Math.Round(none.Median, 9), none.Basis));
        Assert.Equal("mean of observations measured, their spread assumed", ObservationFit.OfSummary([], 10, 5).Basis);
        Assert.Equal("observations assumed", ObservationFit.OfSummary([], 10, 0).Basis);
        Assert.Equal("no observations yet, so their law is assumed", ObservationFit.OfSummary([(0.5, double.NaN)], 0, 0).Basis);

        static (double, string) Told(ObservationLaw law) => (law.Median, law.Basis);
    }
}
