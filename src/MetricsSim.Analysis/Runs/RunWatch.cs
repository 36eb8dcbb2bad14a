using MetricsSim.Core.Engine;

namespace MetricsSim.Analysis.Runs;

/// <summary>Somebody who looks on while a scenario is played, at its start, at every interval from there, and at its end.</summary>
/// <param name="Interval">Simulated time between two looks; rounded to whole ticks, at least one.</param>
/// <param name="Look">
/// Is given the world at a tick boundary and the losses of published counters known by then. It must only read: the run is the same
/// whether or not anybody looks.
/// </param>
public sealed record RunWatch(TimeSpan Interval, Action<World, long> Look)
{
    /// <summary>The interval in ticks.</summary>
    /// <param name="tick">Length of a tick.</param>
    /// <returns>At least 1.</returns>
    public long Ticks(TimeSpan tick) => Math.Max(1, (long)Math.Round(Interval / tick));
}
