using MathNet.Numerics.LinearRegression;
using MetricsSim.Core.Numerics;

namespace MetricsSim.Analysis.Learning;

/// <summary>
/// Looks for a daily cycle: least squares of a level, a trend and one wave a day through the mean of all series. A wave counts if it explains
/// enough of what the trend leaves, and if it is higher than what the rest, taken as a mean-reverting process or a random walk, makes by chance.
/// </summary>
public static class DailyCycleFit
{
    /// <summary>The wave must explain this share of the variance.</summary>
    public const double LeastExplained = 0.5;

    private const double Day = 24 * 3600;
    private const double LeastAmplitude = 0.05;

    // The square of a wave's height by chance is exponential: six times its mean has a probability of e⁻⁶.
    private const double LeastChance = 6;
    private const double LeastReturns = 100;

    /// <summary>Looks for the cycle.</summary>
    /// <param name="series">Series of one law, none of them empty.</param>
    /// <returns>The cycle, or null if there is less than a day of data, or no wave that explains enough.</returns>
    public static DailyCycle? Of(IReadOnlyList<Trajectory> series)
    {
        var means = new SortedDictionary<double, (double Sum, int Count)>();
        foreach (var one in series)
        {
            for (var i = 0; i < one.Times.Length; i++)
            {
                var (sum, count) = means.GetValueOrDefault(one.Times[i]);
                means[one.Times[i]] = (sum + one.Values[i], count + 1);
            }
        }

        var times = means.Keys.ToArray();
        if (times.Length < 24) return null;
        // From n samples a step apart to n steps: a day of them covers the day.
        var step = (times[^1] - times[0]) / (times.Length - 1);
        if (times[^1] - times[0] + step < Day) return null;
        var values = means.Values.Select(mean => mean.Sum / mean.Count).ToArray();
        return Fit(times, values);
    }

    private static DailyCycle? Fit(double[] times, double[] values)
    {
        var middle = times.Average();
        var span = times[^1] - times[0];
        double[][] trend = [.. times.Select(time => new[] { 1, (time - middle) / span })];
        double[][] wave = [.. times.Select((time, i) => (double[])[.. trend[i], MathNet.Numerics.Trig.Cos(2 * Math.PI * time / Day), MathNet.Numerics.Trig.Sin(2 * Math.PI * time / Day)])];
        var (_, left) = Residuals(trend, values);
        var (fit, rest) = Residuals(wave, values);
        var (total, unexplained) = (Squares(left), Squares(rest));
        if (total <= 1e-12 * Squares(values)) return null;
        var explained = 1 - (unexplained / total);
        var (level, height) = (fit[0], Math.Sqrt((fit[2] * fit[2]) + (fit[3] * fit[3])));
        if (level <= 0 || explained < LeastExplained || height / level < LeastAmplitude || height * height < LeastChance * ByChance(rest, span)) return null;
        var peak = Math.Atan2(fit[3], fit[2]) / (2 * Math.PI);
        return new(Math.Min(1, height / level), TimeSpan.FromSeconds(Math.Round((peak < 0 ? peak + 1 : peak) * Day) % Day), explained);
    }

    /// <summary>
    /// Mean square of the height of a wave that a process has by chance: 4 S(ω) / T with the spectral density of a mean-reverting process,
    /// S(ω) = 2θσ² / (θ² + ω²); of a random walk of n steps s it is about s²n / 5.
    /// </summary>
    private static double ByChance(double[] rest, double span)
    {
        var step = rest.Zip(rest.Skip(1), (a, b) => (b - a) * (b - a)).Average();
        var variance = Squares(rest) / rest.Length;
        if (variance <= 0) return 0;
        var theta = -PortableMath.Log(Math.Clamp(1 - (step / variance / 2), 1e-3, 1 - 1e-9)) * (rest.Length - 1) / span;
        // Taking trend and wave out of a walk makes it look as if it came back, some 25 times in a day.
        if (theta * span < LeastReturns) return step * rest.Length / 5;
        const double Omega = 2 * Math.PI / Day;
        return 8 * theta * variance / (((theta * theta) + (Omega * Omega)) * span);
    }

    private static (double[] Fit, double[] Left) Residuals(double[][] rows, double[] values)
    {
        var fit = MultipleRegression.QR(rows, values, intercept: false);
        return (fit, [.. rows.Zip(values, (row, value) => value - row.Zip(fit, (x, factor) => x * factor).Sum())]);
    }

    private static double Squares(double[] values) => values.Sum(value => value * value);
}
