using MathNet.Numerics.Statistics;
using MetricsSim.Core.Numerics;

namespace MetricsSim.Analysis.Learning;

/// <summary>What series of one law have in common: moments over all of their values, and how much of a value the next one keeps.</summary>
internal sealed class SeriesMoments
{
    /// <summary>Takes the moments.</summary>
    /// <param name="series">Series with at least one value each.</param>
    public SeriesMoments(IReadOnlyList<Trajectory> series)
    {
        Values = [.. series.SelectMany(one => one.Values)];
        Levels = [.. series.Where(one => one.Values.Length > 0).Select(one => one.Values.Average())];
        Steps = [.. series.SelectMany(one => one.Values.Zip(one.Values.Skip(1), (a, b) => b - a))];
        Interval = IntervalOf(series);
        Span = series.Max(one => one.Span);
        var all = new DescriptiveStatistics(Values);
        (Mean, Deviation, Skewness, Kurtosis, Minimum, Maximum) = (all.Mean, all.StandardDeviation, all.Skewness, all.Kurtosis, all.Minimum, all.Maximum);
        // One value a series says nothing of how it changes: then it doesn't.
        var halfStep = Steps.Length == 0 ? 0 : Steps.Sum(step => step * step) / Steps.Length / 2;
        Kept = Deviation > 0 && Steps.Length > 0 ? Unbiased(1 - (halfStep / (Deviation * Deviation)), Values.Length) : 1;
    }

    public double[] Values { get; }

    /// <summary>The mean of each series.</summary>
    public double[] Levels { get; }

    /// <summary>The differences between each two values.</summary>
    public double[] Steps { get; }

    /// <summary>The usual time between two values.</summary>
    public TimeSpan Interval { get; }

    /// <summary>Seconds that the longest series covers.</summary>
    public double Span { get; }

    public double Mean { get; }

    public double Deviation { get; }

    public double Skewness { get; }

    /// <summary>Of a normal law 0, of a uniform one −1.2.</summary>
    public double Kurtosis { get; }

    public double Minimum { get; }

    public double Maximum { get; }

    /// <summary>Autocorrelation over one interval, around the mean of all series: 1 − half the mean square of steps over the variance.</summary>
    public double Kept { get; }

    /// <summary>Whether a value says nothing of the next: the autocorrelation is within two standard errors of 0.</summary>
    public bool IsIndependent => Kept < 2 / Math.Sqrt(Values.Length);

    /// <summary>Whether a normal law of these moments goes below 0 often, where no value does.</summary>
    public bool HugsZero => Minimum >= 0 && Deviation > Mean / 2.5;

    /// <summary>Mean reversion per second.</summary>
    public double Theta => -PortableMath.Log(Math.Clamp(Kept, 1e-3, 1 - 1e-9)) / Interval.TotalSeconds;

    /// <summary>The share of the variance that is between series, rather than within them: 0 to 1.</summary>
    public double LevelShare => Levels.Length <= 1 ? 0 : Steps.Length == 0 ? 1 : Math.Min(1, Levels.PopulationVariance() / (Deviation * Deviation));

    /// <summary>The usual time between two values, in whole ms.</summary>
    /// <param name="series">Any series.</param>
    public static TimeSpan IntervalOf(IReadOnlyList<Trajectory> series)
    {
        var steps = series.SelectMany(one => one.Times.Zip(one.Times.Skip(1), (a, b) => b - a)).ToArray();
        return TimeSpan.FromMilliseconds(steps.Length == 0 ? 1000 : Math.Max(1, Math.Round(steps.Median() * 1000)));
    }

    // The estimate of an autocorrelation φ from n values is too small by about (1 + 3φ) / n (Kendall 1954).
    private static double Unbiased(double phi, int n) => n > 10 ? ((n * phi) + 1) / (n - 3) : phi;
}
