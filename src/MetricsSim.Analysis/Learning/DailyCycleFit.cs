using MathNet.Numerics.LinearRegression;

namespace MetricsSim.Analysis.Learning;

/// <summary>Looks for a daily cycle: least squares of a level and one wave a day through the mean of all series.</summary>
public static class DailyCycleFit
{
    /// <summary>The wave must explain this share of the variance.</summary>
    public const double LeastExplained = 0.5;

    private const double Day = 24 * 3600;
    private const double LeastAmplitude = 0.05;

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
        var rows = times.Select(time => new[] { 1, MathNet.Numerics.Trig.Cos(2 * Math.PI * time / Day), MathNet.Numerics.Trig.Sin(2 * Math.PI * time / Day) }).ToArray();
        var mean = values.Average();
        var total = values.Sum(value => (value - mean) * (value - mean));
        if (total <= 1e-18 * mean * mean * values.Length) return null;
        var (level, a, b) = MultipleRegression.QR(rows, values, intercept: false) is [var c, var x, var y] ? (c, x, y) : default;
        var left = rows.Zip(values, (row, value) => value - level - (a * row[1]) - (b * row[2])).Sum(residual => residual * residual);
        var explained = 1 - (left / total);
        var amplitude = Math.Sqrt((a * a) + (b * b)) / level;
        if (level <= 0 || explained < LeastExplained || amplitude < LeastAmplitude) return null;
        var peak = Math.Atan2(b, a) / (2 * Math.PI);
        return new(Math.Min(1, amplitude), TimeSpan.FromSeconds(Math.Round((peak < 0 ? peak + 1 : peak) * Day) % Day), explained);
    }
}
