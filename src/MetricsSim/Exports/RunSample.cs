using MetricsSim.Analysis.Runs;
using MetricsSim.Core.Engine;

namespace MetricsSim.Exports;

/// <summary>The world as a whole at an instant of a run, and what happened since the sample before.</summary>
/// <param name="lastTick">End of the run.</param>
internal sealed class RunSample(long lastTick)
{
    private WorldReading _before = new();

    /// <summary>The world.</summary>
    public WorldReading Now { get; private set; } = new();

    /// <summary>Simulated time.</summary>
    public DateTimeOffset Time { get; private set; }

    /// <summary>Time since the run's start.</summary>
    public TimeSpan Elapsed { get; private set; }

    /// <summary>Losses of published counters known by then.</summary>
    public long Losses { get; private set; }

    /// <summary>Whether none follows.</summary>
    public bool IsLast => Now.Tick == lastTick;

    /// <summary>Share of the requests that ended since the sample before and were given up; NaN when none ended.</summary>
    public double ErrorRate => (double)(Now.GivenUp - _before.GivenUp) / (Now.Requests - _before.Requests);

    /// <summary>Takes the next one.</summary>
    /// <param name="world">At a tick boundary; a run begins at tick 0.</param>
    /// <param name="losses">Losses of published counters known by then.</param>
    public void Take(World world, long losses)
    {
        (_before, Now) = (Now, _before);
        world.Read(Now);
        (Time, Elapsed, Losses) = (world.Now, world.Options.Tick * world.Tick, losses);
    }

    /// <summary>A quantile of successful requests' durations since the sample before.</summary>
    /// <param name="quantile">0–1.</param>
    /// <returns>Milliseconds; NaN when none succeeded.</returns>
    public double Milliseconds(double quantile) => DurationQuantile.Between(quantile, _before.Durations, Now.Durations) * 1000;
}
