using MathNet.Numerics.Distributions;
using Xunit;

namespace MetricsSim.Core.Tests;

/// <summary>
/// The tests' statistics. Seeds are fixed, so a test either always passes or always fails; the levels say how odd a right program would
/// have to be to fail with a seed: five standard errors are about 6e-7, the other critical values 1e-4.
/// </summary>
internal static class Statistics
{
    public const double Level = 1e-4;

    public static double Mean(IReadOnlyCollection<double> sample) => sample.Sum() / sample.Count;

    public static double Variance(IReadOnlyCollection<double> sample)
    {
        var mean = Mean(sample);
        return sample.Sum(x => (x - mean) * (x - mean)) / (sample.Count - 1);
    }

    /// <summary>Asserts that an estimate lies within five of its standard errors.</summary>
    public static void AssertNear(double expected, double actual, double standardError, string what = "estimate") =>
        Assert.True(
            Math.Abs(actual - expected) <= 5 * standardError,
            $"{what}: {actual} is {Math.Abs(actual - expected) / standardError:f1} standard errors ({standardError:g3}) from {expected}");

    /// <summary>Asserts a count of a Poisson law, whose variance is its mean.</summary>
    public static void AssertPoisson(double expected, double count, string what = "count") =>
        AssertNear(expected, count, Math.Sqrt(expected), what);

    /// <summary>Asserts a number of successes of a binomial law: variance np(1 − p).</summary>
    public static void AssertShare(double share, long successes, long trials, string what = "share") =>
        AssertNear(trials * share, successes, Math.Sqrt(trials * share * (1 - share)), what);

    /// <summary>Asserts mean and variance of a normal sample: standard errors s/√n and s²·√(2/(n − 1)).</summary>
    public static void AssertNormalMoments(double mean, double variance, IReadOnlyCollection<double> sample)
    {
        AssertNear(mean, Mean(sample), Math.Sqrt(variance / sample.Count), "mean");
        AssertNear(variance, Variance(sample), variance * Math.Sqrt(2.0 / (sample.Count - 1)), "variance");
    }

    /// <summary>
    /// One-sample Kolmogorov–Smirnov: √n·D against the Kolmogorov quantile, P(K > x) ≤ 2e^(−2x²). A law with atoms also gives its left
    /// limits, and the test is conservative then (Noether 1963).
    /// </summary>
    public static void AssertFollows(IEnumerable<double> sample, Func<double, double> cdf, Func<double, double>? leftLimit = null)
    {
        var sorted = sample.Order().ToArray();
        leftLimit ??= cdf;
        var distance = 0.0;
        for (int from = 0, to; from < sorted.Length; from = to)
        {
            for (to = from + 1; to < sorted.Length && sorted[to] == sorted[from];) to++;
            distance = Math.Max(distance, Math.Abs(((double)from / sorted.Length) - leftLimit(sorted[from])));
            distance = Math.Max(distance, Math.Abs(((double)to / sorted.Length) - cdf(sorted[from])));
        }

        var limit = KolmogorovQuantile / Math.Sqrt(sorted.Length);
        Assert.True(distance <= limit, $"Kolmogorov–Smirnov distance {distance:f5} over {limit:f5} with n = {sorted.Length}");
    }

    /// <summary>Two-sample Kolmogorov–Smirnov with the same quantile at n·m/(n + m).</summary>
    public static void AssertSameLaw(IEnumerable<double> first, IEnumerable<double> second)
    {
        var a = first.Order().ToArray();
        var b = second.Order().ToArray();
        var distance = 0.0;
        for (int i = 0, j = 0; i < a.Length && j < b.Length;)
        {
            if (a[i] <= b[j]) i++;
            else j++;
            distance = Math.Max(distance, Math.Abs(((double)i / a.Length) - ((double)j / b.Length)));
        }

        var limit = KolmogorovQuantile * Math.Sqrt((a.Length + b.Length) / ((double)a.Length * b.Length));
        Assert.True(distance <= limit, $"two-sample Kolmogorov–Smirnov distance {distance:f5} over {limit:f5}");
    }

    /// <summary>Pearson's χ² of counts against expected counts of the same total, one degree of freedom less than cells.</summary>
    public static void AssertChiSquare(IReadOnlyList<double> expected, IReadOnlyList<long> counts)
    {
        Assert.All(expected, cell => Assert.True(cell >= 5, "a cell expects less than 5: the χ² law is no approximation then"));
        var statistic = expected.Zip(counts, (e, n) => (n - e) * (n - e) / e).Sum();
        var limit = ChiSquared.InvCDF(expected.Count - 1, 1 - Level);
        Assert.True(statistic <= limit, $"χ² {statistic:f1} over {limit:f1} with {expected.Count - 1} degrees of freedom");
    }

    /// <summary>Fisher's index of dispersion: (n − 1)s²/m of Poisson counts is χ² with n − 1 degrees of freedom; two-sided.</summary>
    public static void AssertPoissonDispersion(IReadOnlyCollection<double> counts)
    {
        var statistic = (counts.Count - 1) * Variance(counts) / Mean(counts);
        var low = ChiSquared.InvCDF(counts.Count - 1, Level);
        var high = ChiSquared.InvCDF(counts.Count - 1, 1 - Level);
        Assert.True(statistic >= low && statistic <= high, $"dispersion {statistic:f1} outside {low:f1} to {high:f1}");
    }

    private static double KolmogorovQuantile => Math.Sqrt(-0.5 * Math.Log(Level / 2));
}
