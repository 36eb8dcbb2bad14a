namespace MetricsSim.Core.Groups;

/// <summary>When the series of a group come and go: all of it follows from the options and the time, so there is no state to keep.</summary>
/// <param name="options">Options of the group.</param>
internal sealed class LifecyclePlan(SeriesGroupOptions options)
{
    private const double GoldenRatio = 0.61803398874989484820;
    // Three tenths of ten must not be two.
    private const double Rounding = 1e-6;

    private readonly int _rows = options.Labels.Count;

    /// <summary>Rows of all shards that were replaced up to a time since tick 0.</summary>
    public long ReplacedAt(TimeSpan at) =>
        options.Lifecycle is ChurningLifecycle churning ? (long)Math.Floor((at.Ticks / churning.Interval.Ticks * churning.Fraction * _rows) + Rounding) : 0;

    /// <summary>How many had a row's place before, when so many were replaced.</summary>
    /// <param name="row">Number of the row among those of all shards.</param>
    /// <param name="replaced">From <see cref="ReplacedAt"/>.</param>
    public long GenerationOf(int row, long replaced) => replaced <= row ? 0 : ((replaced - 1 - row) / _rows) + 1;

    /// <summary>The spike at a time since tick 0, or −1.</summary>
    public long SpikeAt(TimeSpan at)
    {
        if (options.Lifecycle is not SpikingLifecycle spiking) return -1;
        var since = at - (spiking.Interval / 2);
        return since >= TimeSpan.Zero && since.Ticks % spiking.Interval.Ticks < spiking.Duration.Ticks ? since.Ticks / spiking.Interval.Ticks : -1;
    }

    /// <summary>Spikes that began up to a time since tick 0.</summary>
    public long SpikesUpTo(TimeSpan at) =>
        options.Lifecycle is SpikingLifecycle spiking && at >= spiking.Interval / 2 ? ((at - (spiking.Interval / 2)).Ticks / spiking.Interval.Ticks) + 1 : 0;

    /// <summary>Whether a row is on the page; the rows begin evenly spread over the time it takes to come and go.</summary>
    /// <param name="row">Number of the row among those of all shards.</param>
    /// <param name="at">Time since tick 0.</param>
    public bool IsThere(int row, TimeSpan at)
    {
        if (options.Lifecycle is not IntermittentLifecycle intermittent) return true;
        var period = (intermittent.On + intermittent.Off).Ticks;
        var place = row * GoldenRatio;
        return (at.Ticks + (long)((place - Math.Floor(place)) * period)) % period < intermittent.On.Ticks;
    }
}
