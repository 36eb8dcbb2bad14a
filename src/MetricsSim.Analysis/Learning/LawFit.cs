using MathNet.Numerics.Statistics;
using MetricsSim.Core.Groups;
using MetricsSim.Core.Numerics;

namespace MetricsSim.Analysis.Learning;

/// <summary>Finds the law that explains what was seen of some series, all of which are taken to follow the same one.</summary>
public static class LawFit
{
    private const double ConstantShare = 1e-9;

    // With less than this many times 1/θ of data a return to the mean can't be told from a random walk.
    private const double LeastReturns = 5;

    // Where levels stay: a mean reversion of years.
    private const double StayingTheta = 1e-9;

    /// <summary>Finds the law of gauges.</summary>
    /// <param name="series">Series with at least one value each.</param>
    public static LearnedLaw OfGauge(IReadOnlyList<Trajectory> series)
    {
        if (series.Count == 0) return new(new ConstantProcess(0), LearnedLaw.Forever, "no finite value: 0 is assumed");
        var firsts = series.Select(one => one.Values[0]).ToArray();
        var whole = series.All(HasWholeValues);
        if (series.All(one => one.Values.Length < 2)) return Staying(firsts, "one reading; that it stays is assumed") with { Whole = whole };
        if (series.All(one => Array.TrueForAll(one.Values, value => IsNear(value, one.Values[0])))) return Staying(firsts, Measured(series)) with { Whole = whole };
        var daily = DailyCycleFit.Of(series);
        var moments = new SeriesMoments(Without(daily, series));
        return (moments.IsIndependent ? IndependentGauge(moments) : MovingGauge(moments, series)) with { Daily = daily, Whole = whole };
    }

    /// <summary>Finds the law of the rates of counters, in units per second.</summary>
    /// <param name="series">Series with at least one value each.</param>
    public static LearnedLaw OfCounter(IReadOnlyList<Trajectory> series)
    {
        var rates = series.Select(one => one.Rates()).Where(one => one.Values.Length > 0).ToList();
        if (rates.Count == 0) return new(new ConstantProcess(0), LearnedLaw.Forever, "one reading; that it doesn't rise is assumed");
        var interval = SeriesMoments.IntervalOf(series);
        var basis = Measured(series);
        var values = rates.SelectMany(one => one.Values).ToArray();
        if (Array.TrueForAll(values, rate => IsNear(rate, values[0]))) return new(new ConstantProcess(values[0]), interval, basis) { Whole = series.All(HasWholeValues) };
        var daily = DailyCycleFit.Of(rates);
        return OfRates(new SeriesMoments(Without(daily, rates)), interval, series.All(HasWholeValues), basis) with { Daily = daily };
    }

    /// <summary>Finds the law of counters of which one reading and their age are known.</summary>
    /// <param name="values">The value of each.</param>
    /// <param name="age">Seconds they have risen for, &gt; 0.</param>
    /// <param name="interval">Time between changes.</param>
    /// <param name="basis">Where the age is from.</param>
    public static LearnedLaw OfAge(IReadOnlyList<double> values, double age, TimeSpan interval, string basis)
    {
        var rates = values.Select(value => Math.Max(0, value) / age).ToArray();
        var whole = values.All(value => value == Math.Truncate(value));
        var mean = rates.Length == 0 ? 0 : rates.Average();
        if (mean == 0) return new(new ConstantProcess(0), interval, basis) { Whole = whole };
        // Counts of one Poisson law differ by no more than their root.
        var variance = rates.PopulationVariance();
        if (whole && variance * age / mean < 1.4) return new(new PoissonProcess(mean), interval, basis) { Whole = true };
        if (Array.TrueForAll(rates, rate => IsNear(rate, rates[0]))) return new(new ConstantProcess(mean), interval, basis) { Whole = whole };
        return new(RateOf(mean, variance, StayingTheta), interval, $"{basis}; each series keeps a level of its own") { Whole = whole };
    }

    private static LearnedLaw OfRates(SeriesMoments moments, TimeSpan interval, bool whole, string basis)
    {
        var variance = moments.Deviation * moments.Deviation;
        // Of a Poisson process the variance of the counts in intervals is their mean: of the rates it is the mean over the interval.
        if (whole && variance * interval.TotalSeconds / moments.Mean is > 0.7 and < 1.4) return new(new PoissonProcess(moments.Mean), interval, basis) { Whole = true };
        // Where series differ from each other more than from themselves, which of them is busy should last.
        if (moments.LevelShare > 0.5) return new(RateOf(moments.Mean, variance, StayingTheta), interval, $"{basis}; each series keeps a level of its own") { Whole = whole };
        ValueProcess process = moments.IsIndependent && moments.HugsZero ? LogNormalOf(moments.Mean, variance) : RateOf(moments.Mean, variance, moments.Theta);
        return new(process, interval, basis) { Whole = whole };
    }

    private static OuProcess RateOf(double mean, double variance, double theta)
    {
        var deviation = Math.Sqrt(variance);
        if (deviation <= mean / 2.5) return new(mean, deviation, theta);
        (mean, deviation) = RectifiedNormal.Of(mean, variance);
        return new(mean, deviation, theta);
    }

    private static LearnedLaw Staying(double[] values, string basis)
    {
        if (Array.TrueForAll(values, value => IsNear(value, values[0]))) return new(new ConstantProcess(values[0]), LearnedLaw.Forever, basis);
        var (min, max) = (values.Min(), values.Max());
        // Over a wide range a uniform law would leave out the small values.
        ValueProcess process = min > 0 && max / min > 10 ? LogNormal(values) : new UniformProcess(min, max);
        return new(process, LearnedLaw.Forever, $"{basis}; each series keeps a level of its own");
    }

    private static LearnedLaw MovingGauge(SeriesMoments moments, IReadOnlyList<Trajectory> series)
    {
        var basis = Measured(series);
        if (moments is { HugsZero: true, LevelShare: > 0.9, Minimum: > 0 }) return Staying(moments.Levels, basis);
        if (moments.HugsZero || (moments.Theta * moments.Span < LeastReturns && Drifts(series)))
        {
            var start = Math.Clamp(series.Select(one => one.Values[0]).Median(), moments.Minimum, moments.Maximum);
            return new(new WalkProcess(start, moments.Steps.PopulationStandardDeviation(), moments.Minimum, moments.Maximum), moments.Interval, $"{basis}; it wanders within its range");
        }

        return new(new OuProcess(moments.Mean, moments.Deviation, moments.Theta), moments.Interval, $"{basis}; it returns to its mean within about {Math.Round(1 / moments.Theta, 1)} s");
    }

    private static LearnedLaw IndependentGauge(SeriesMoments moments)
    {
        ValueProcess process = moments switch
        {
            _ when Array.TrueForAll(moments.Values, IsCount) && moments.Deviation * moments.Deviation / moments.Mean is > 0.8 and < 1.25 => new PoissonProcess(moments.Mean),
            { Kurtosis: < -0.8, Skewness: > -0.4 and < 0.4 } => new UniformProcess(moments.Minimum, moments.Maximum),
            { Minimum: > 0, Skewness: > 0.5 } => LogNormal(moments.Values),
            { HugsZero: true } => new UniformProcess(moments.Minimum, moments.Maximum),
            // A normal law: a process that forgets within an interval.
            _ => new OuProcess(moments.Mean, moments.Deviation, moments.Theta),
        };
        return new(process, moments.Interval, $"measured over {moments.Values.Length} values, which don't depend on each other");
    }

    // Series that were always apart didn't come to that by wandering.
    private static bool Drifts(IReadOnlyList<Trajectory> series) => series.Count == 1
        || series.Select(one => one.Values[0]).PopulationVariance() < series.Select(one => one.Values[^1]).PopulationVariance() / 2;

    private static LogNormalProcess LogNormal(double[] values)
    {
        var logs = values.Select(PortableMath.Log).ToArray();
        return new(PortableMath.Exp(logs.Average()), logs.PopulationStandardDeviation());
    }

    private static LogNormalProcess LogNormalOf(double mean, double variance)
    {
        var square = PortableMath.Log(1 + (variance / (mean * mean)));
        return new(mean * PortableMath.Exp(-square / 2), Math.Sqrt(square));
    }

    private static IReadOnlyList<Trajectory> Without(DailyCycle? daily, IReadOnlyList<Trajectory> series) => daily is null
        ? series
        : [.. series.Select(one => one with { Values = [.. one.Values.Zip(one.Times, (value, time) => value / Math.Max(0.01, daily.Factor(time)))] })];

    private static string Measured(IReadOnlyList<Trajectory> series) => $"measured over {Math.Round(series.Max(one => one.Span))} s";

    private static bool HasWholeValues(Trajectory series) => Array.TrueForAll(series.Values, value => value == Math.Truncate(value));

    private static bool IsCount(double value) => value >= 0 && value == Math.Truncate(value);

    private static bool IsNear(double value, double first) => Math.Abs(value - first) <= ConstantShare * Math.Abs(first);
}
