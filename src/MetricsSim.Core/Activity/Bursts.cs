using MetricsSim.Core.Engine;

namespace MetricsSim.Core.Activity;

/// <summary>The factor of regular bursts: burst k covers [(k+½)·interval, + duration) since tick 0.</summary>
public static class Bursts
{
    /// <summary>The factor at a time.</summary>
    /// <param name="options">Validated options.</param>
    /// <param name="elapsed">Simulated time since tick 0, ≥ 0.</param>
    /// <returns>The intensity within a burst, else 1.</returns>
    public static double Factor(BurstOptions options, TimeSpan elapsed)
    {
        if (!options.Enabled) return 1;
        var interval = options.Interval.Ticks;
        var phase = elapsed.Ticks - (interval / 2);
        return phase >= 0 && phase % interval < options.Duration.Ticks ? options.Intensity : 1;
    }
}
