using MetricsSim.Core.Engine;
using MetricsSim.Core.Faults;

namespace MetricsSim.Core.Scenarios;

/// <summary>Hands what happens to whoever follows the world; without anybody it makes nothing.</summary>
/// <param name="options">The world's options.</param>
internal sealed class WorldEvents(WorldOptions options)
{
    /// <summary>Who follows, or null.</summary>
    public Action<WorldEvent>? Observer { get; set; }

    /// <summary>Whether a counter reset began that the world has not taken note of yet; then it clears this.</summary>
    public bool ResetDue { get; set; }

    /// <summary>Simulated time of a tick boundary; past what the calendar has, its last moment.</summary>
    public DateTimeOffset Instant(long tick) =>
        tick <= (DateTimeOffset.MaxValue - options.Start).Ticks / options.Tick.Ticks - 1 ? options.Start + (options.Tick * tick) : DateTimeOffset.MaxValue;

    /// <summary>Tells one.</summary>
    /// <param name="kind">What happened.</param>
    /// <param name="tick">When.</param>
    /// <param name="simulation">The simulation, if there is one.</param>
    /// <param name="entry">The entry of its timeline, if it is about one.</param>
    /// <param name="fault">The fault, if it is about one.</param>
    /// <param name="load">The load, if it is about it.</param>
    public void Tell(
        WorldEventKind kind, long tick, Simulation? simulation = null, TimelineEntry? entry = null, FaultStatus? fault = null, double? load = null)
    {
        // A fault that begins and ends at the same boundary is in force at none, and still resets.
        ResetDue |= kind == WorldEventKind.FaultStarted && fault?.Fault.Type == FaultType.CounterReset;
        Observer?.Invoke(new WorldEvent(kind, Instant(tick)) { Simulation = simulation?.Status(tick), Entry = entry, Fault = fault, Load = load });
    }
}
