using MetricsSim.Core.Groups;

namespace MetricsSim.Analysis.Learning;

/// <summary>A law for the values of a group's series, as far as data tells it.</summary>
/// <param name="Process">The process; of what is counted, that of the rate per second.</param>
/// <param name="Interval">Time between its changes.</param>
/// <param name="Basis">What was measured and what is assumed, in a few words.</param>
public sealed record LearnedLaw(ValueProcess Process, TimeSpan Interval, string Basis)
{
    /// <summary>The interval of values that are drawn once and stay.</summary>
    public static readonly TimeSpan Forever = TimeSpan.FromDays(365);

    /// <summary>The daily cycle on top of the process, if the data shows one.</summary>
    public DailyCycle? Daily { get; init; }

    /// <summary>Whether values, or increases, are whole numbers.</summary>
    public bool Whole { get; init; }
}

/// <summary>A cycle that multiplies values by 1 + amplitude · cos(2π (t − peak) / day).</summary>
/// <param name="Amplitude">0 to 1.</param>
/// <param name="Peak">Time of day of the peak, UTC.</param>
/// <param name="Explained">Share of the variance of the series' mean that it explains, 0 to 1.</param>
public sealed record DailyCycle(double Amplitude, TimeSpan Peak, double Explained)
{
    private const double Day = 24 * 3600;

    /// <summary>The factor at a time.</summary>
    /// <param name="time">Seconds since the Unix epoch.</param>
    public double Factor(double time) => 1 + (Amplitude * MathNet.Numerics.Trig.Cos(2 * Math.PI * (time - Peak.TotalSeconds) / Day));
}
