using MetricsSim.Core.Engine;
using MetricsSim.Core.Faults;
using MetricsSim.Core.Scenarios;

namespace MetricsSim.Core.Checkpoints;

/// <summary>
/// How what a running simulation plays is written: its own definition, not its name in the catalogue, since it goes on as it began
/// whatever becomes of the catalogue. Only what the play needs is kept; assertions and texts about the scenario stay in the catalogue.
/// </summary>
internal static class ScenarioState
{
    public static void Write(StateWriter to, Scenario scenario)
    {
        to.Write(scenario.Id);
        to.Write(scenario.Name);
        to.Write(scenario.Duration);
        to.Write(scenario.Timeline.Count);
        foreach (var entry in scenario.Timeline)
        {
            to.Write(entry.Time);
            to.Write(entry.Description);
            Write(to, entry.Event);
        }
    }

    public static Scenario Read(StateReader from)
    {
        var scenario = new Scenario { Id = from.Text(), Name = from.Text(), Duration = from.Read<TimeSpan>() };
        var timeline = new List<TimelineEntry>();
        for (var left = from.Read<int>(); left > 0; left--)
        {
            var (time, description) = (from.Read<TimeSpan>(), from.Text());
            timeline.Add(new TimelineEntry(time, ReadEvent(from), description));
        }

        return scenario with { Timeline = timeline };
    }

    public static void Write(StateWriter to, FaultSpec spec)
    {
        to.Write(spec.Type.SnakeCase());
        to.Write(spec.AffectedPercentage);
        to.WriteOptional(spec.Model);
        to.Write(spec.MinDelayMilliseconds);
        to.Write(spec.MaxDelayMilliseconds);
        to.Write(spec.RetryAfter);
        to.Write(spec.MaxSeries);
        to.Write(spec.OffsetSeconds);
        to.Write(spec.AffectedResources.Count);
        foreach (var resource in spec.AffectedResources) to.Write(resource);
    }

    public static FaultSpec ReadFault(StateReader from)
    {
        var name = from.Text();
        if (!FaultTypes.TryParse(name, out var type)) throw from.Damaged($"there is no failure type '{name}'");
        var spec = new FaultSpec
        {
            Type = type,
            AffectedPercentage = from.Finite("affected percentage"),
            Model = from.OptionalText(),
            MinDelayMilliseconds = from.Optional<double>(),
            MaxDelayMilliseconds = from.Optional<double>(),
            RetryAfter = from.Optional<TimeSpan>(),
            MaxSeries = from.Optional<int>(),
            OffsetSeconds = from.Optional<double>(),
        };
        var resources = new List<string>();
        for (var left = from.Read<int>(); left > 0; left--) resources.Add(from.Text());
        return spec with { AffectedResources = resources };
    }

    /// <summary>Writes a simulation that has ended, of which nothing but this is left.</summary>
    public static void Write(StateWriter to, SimulationStatus ended)
    {
        to.Write(ended.SimulationId);
        to.Write(ended.ScenarioId);
        to.Write(ended.State);
        to.Write(ended.StartedAt);
        to.Write(ended.EndsAt);
        to.Write(ended.Progress);
        to.Write(ended.Compress);
        to.Write(ended.EventsFired);
    }

    public static SimulationStatus ReadEnded(StateReader from) => new(
        from.Text(),
        from.Text(),
        from.Enum<SimulationState>(),
        from.Instant(),
        from.Instant(),
        from.Finite("progress"),
        from.Finite("compression"),
        from.Read<int>(),
        NextEvent: null,
        ActiveFaults: 0);

    private static void Write(StateWriter to, ScenarioEvent what)
    {
        to.Write(what.Name);
        switch (what)
        {
            case StartEvent start:
                to.Write(start.UserPercentage);
                to.Write(start.Baseline);
                break;
            case IncreaseLoadEvent load:
                to.Write(load.Multiplier);
                to.Write(load.UserPercentage);
                break;
            case BurstLoadEvent burst:
                to.Write(burst.Multiplier);
                to.Write(burst.Duration);
                break;
            case GrowthSimulationEvent growth:
                to.Write(growth.GrowthRate);
                break;
            case InjectFailureEvent failure:
                Write(to, failure.Fault);
                to.Write(failure.Duration);
                break;
            case RecoveryEvent:
                break;
            case DeployEvent deploy:
                to.WriteOptional(deploy.Version);
                to.WriteOptional(deploy.Service);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(what), what, "Not an event of a timeline.");
        }
    }

    private static ScenarioEvent ReadEvent(StateReader from) => from.Text() switch
    {
        "start" => new StartEvent(from.Optional<double>(), from.Optional<double>()),
        "increase_load" => new IncreaseLoadEvent(from.Optional<double>(), from.Optional<double>()),
        "burst_load" => new BurstLoadEvent(from.Finite("load"), from.Read<TimeSpan>()),
        "growth_simulation" => new GrowthSimulationEvent(from.Finite("growth")),
        "inject_failure" => new InjectFailureEvent(ReadFault(from), from.Optional<TimeSpan>()),
        "recovery" => new RecoveryEvent(),
        "deploy" => new DeployEvent(from.OptionalText(), from.OptionalText()),
        var name => throw from.Damaged($"there is no event '{name}'"),
    };
}
