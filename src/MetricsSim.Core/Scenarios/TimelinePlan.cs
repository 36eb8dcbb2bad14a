using MetricsSim.Core.Engine;

namespace MetricsSim.Core.Scenarios;

/// <summary>
/// When a play of a scenario does what, in ticks since its start: the timeline as <see cref="StartSimulation"/> plays it, known before
/// the first tick is stepped.
/// </summary>
public sealed record TimelinePlan
{
    /// <summary>Length of the play.</summary>
    public required long Ticks { get; init; }

    /// <summary>The entries that fire before the end, in order.</summary>
    public required IReadOnlyList<PlannedEvent> Events { get; init; }

    /// <summary>The faults, in order of start.</summary>
    public required IReadOnlyList<PlannedFault> Faults { get; init; }

    /// <summary>End of the baseline: the first event after tick 0, or the end; 0 when a fault is there from the beginning.</summary>
    public long BaselineTicks =>
        Events.FirstOrDefault(planned => planned.Tick > 0 || planned.Entry.Event is InjectFailureEvent)?.Tick ?? Ticks;

    /// <summary>Plans a play.</summary>
    /// <param name="scenario">What is played.</param>
    /// <param name="start">Its length and compression.</param>
    /// <param name="tick">Length of a tick.</param>
    /// <returns>The plan.</returns>
    public static TimelinePlan Of(Scenario scenario, StartSimulation start, TimeSpan tick)
    {
        // As the simulation rounds: up to whole ticks, but not for the rounding of the division.
        long At(TimeSpan time) => (long)Math.Ceiling((time.Ticks / start.Compress / tick.Ticks) - 1e-6);
        var end = At(start.Duration is { } shorter && shorter < scenario.Duration ? shorter : scenario.Duration);
        var events = scenario.Timeline.Select(entry => new PlannedEvent(At(entry.Time), entry)).Where(planned => planned.Tick < end).ToList();
        var faults = new List<PlannedFault>();
        for (var i = 0; i < events.Count; i++)
        {
            if (events[i].Entry.Event is not InjectFailureEvent failure) continue;
            var stop = failure.Duration is { } length ? Math.Min(end, events[i].Tick + Math.Max(1, At(length))) : end;
            if (events.Skip(i + 1).FirstOrDefault(later => later.Entry.Event is RecoveryEvent) is { } recovery) stop = Math.Min(stop, recovery.Tick);
            if (stop > events[i].Tick) faults.Add(new PlannedFault(failure.Fault, events[i].Tick, stop, events[i].Entry.Description));
        }

        return new TimelinePlan { Ticks = end, Events = events, Faults = faults };
    }
}

/// <summary>A timeline entry with its tick.</summary>
/// <param name="Tick">Tick boundary at which it fires, since the start.</param>
/// <param name="Entry">The entry.</param>
public sealed record PlannedEvent(long Tick, TimelineEntry Entry);

/// <summary>A fault with the ticks it is in force.</summary>
/// <param name="Fault">What breaks.</param>
/// <param name="Start">First tick.</param>
/// <param name="End">First tick after it.</param>
/// <param name="Description">Why, for people.</param>
public sealed record PlannedFault(Faults.FaultSpec Fault, long Start, long End, string Description);
