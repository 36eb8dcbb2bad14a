namespace MetricsSim.Reports;

/// <summary>An axis of logarithms.</summary>
/// <param name="Low">Its lower end, &gt; 0.</param>
/// <param name="High">Its upper end.</param>
internal sealed record LogAxis(double Low, double High)
{
    /// <summary>From this many decades on 2 and 5 have no label of their own.</summary>
    private const double Crowded = 2.6;

    private const double Margin = 1.25;

    /// <summary>Whether a tick has a label, and where it is.</summary>
    /// <param name="At">The value.</param>
    /// <param name="Labelled">Whether it has one.</param>
    internal readonly record struct Tick(double At, bool Labelled);

    /// <summary>An axis just around values.</summary>
    /// <param name="values">At least one, all &gt; 0.</param>
    public static LogAxis Around(IReadOnlyCollection<double> values) => new(values.Min() / Margin, values.Max() * Margin);

    /// <summary>An axis of whole decades, at least one.</summary>
    /// <param name="values">At least one, all &gt; 0.</param>
    public static LogAxis Decades(IReadOnlyCollection<double> values)
    {
        var low = Math.Floor(Math.Log10(values.Min()) + 1e-9);
        return new(Math.Pow(10, low), Math.Pow(10, Math.Max(low + 1, Math.Ceiling(Math.Log10(values.Max()) - 1e-9))));
    }

    /// <summary>Place of a value, 0–1 from the lower end to the upper.</summary>
    public double Place(double value) => Math.Log(value / Low) / Math.Log(High / Low);

    /// <summary>All of 1 to 9 times powers of ten that are on it, ascending.</summary>
    public IEnumerable<Tick> Ticks()
    {
        var decades = Math.Log10(High / Low);
        for (var power = (int)Math.Floor(Math.Log10(Low)); power <= Math.Ceiling(Math.Log10(High)); power++)
        {
            for (var digit = 1; digit <= 9; digit++)
            {
                var at = digit * Math.Pow(10, power);
                if (at >= Low * (1 - 1e-9) && at <= High * (1 + 1e-9)) yield return new(at, digit == 1 || (digit is 2 or 5 && decades < Crowded));
            }
        }
    }
}
