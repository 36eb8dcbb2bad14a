namespace MetricsSim.Analysis.Learning;

/// <summary>What was seen of one series: finite values at rising times.</summary>
/// <param name="Times">Seconds since the Unix epoch.</param>
/// <param name="Values">A value for each time.</param>
public sealed record Trajectory(double[] Times, double[] Values)
{
    /// <summary>Seconds from the first to the last value.</summary>
    public double Span => Times.Length == 0 ? 0 : Times[^1] - Times[0];

    /// <summary>The rates of a counter between each two of its values, at the later one's time; what falls began anew from 0, as PromQL has it.</summary>
    /// <returns>Rates per second, one fewer than values.</returns>
    public Trajectory Rates()
    {
        if (Times.Length < 2) return new([], []);
        var rates = new double[Times.Length - 1];
        for (var i = 0; i < rates.Length; i++) rates[i] = Increase(i) / (Times[i + 1] - Times[i]);
        return new(Times[1..], rates);
    }

    /// <summary>How much a counter rose from a value to the next.</summary>
    /// <param name="at">The earlier value.</param>
    internal double Increase(int at) => Values[at + 1] >= Values[at] ? Values[at + 1] - Values[at] : Math.Max(0, Values[at + 1]);
}
