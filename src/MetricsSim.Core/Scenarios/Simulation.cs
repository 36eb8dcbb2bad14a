using MetricsSim.Core.Engine;
using MetricsSim.Core.Faults;
using MetricsSim.Core.Randomness;

namespace MetricsSim.Core.Scenarios;

/// <summary>
/// One play of a scenario. Its events fire at the first tick boundary at or after their time; its load, enablement, bursts and faults
/// are its own, and end with it.
/// </summary>
internal sealed partial class Simulation
{
    private readonly WorldOptions _options;
    private readonly WorldEvents _events;
    private readonly ulong _seed;
    private readonly KeyedRandom _random;
    private readonly List<(double Multiplier, long EndTick)> _bursts = [];
    private readonly FaultRoster _faults;
    private int _next;

    public Simulation(string id, Scenario scenario, StartSimulation start, long tick, WorldOptions options, WorldEvents events)
    {
        Id = id;
        Scenario = scenario;
        Compress = start.Compress;
        StartTick = tick;
        _options = options;
        _events = events;
        _seed = start.Seed ?? options.Seed;
        _random = new KeyedRandom(_seed);
        _faults = new FaultRoster(options, _random, id, events);
        var duration = start.Duration is { } shorter && shorter < scenario.Duration ? shorter : scenario.Duration;
        EndTick = At(duration);
    }

    public string Id { get; }

    public Scenario Scenario { get; }

    public double Compress { get; }

    public long StartTick { get; }

    public long EndTick { get; private set; }

    public SimulationState State { get; private set; } = SimulationState.Running;

    /// <summary>Factor on arrivals: load × bursts × growth.</summary>
    public double Load => _bursts.Aggregate(BaseLoad * Growth, (load, burst) => load * burst.Multiplier);

    /// <summary>Share of users it enables, 0–1.</summary>
    public double EnabledShare { get; private set; } = 1;

    public IEnumerable<ActiveFault> Faults => _faults.Active;

    public IEnumerable<FaultStatus> FaultStatus => _faults.Status;

    private double BaseLoad { get; set; } = 1;

    private double Growth { get; set; } = 1;

    /// <summary>Ends what has run out and fires what is due.</summary>
    /// <param name="tick">The tick that is about to be stepped.</param>
    /// <returns>Whether anything about the simulation changed.</returns>
    public bool Advance(long tick)
    {
        if (State != SimulationState.Running) return false;
        var changed = Expire(tick);
        while (_next < Scenario.Timeline.Count && At(Scenario.Timeline[_next].Time) is var due && due <= tick && due <= EndTick)
        {
            var entry = Scenario.Timeline[_next];
            _events.Tell(WorldEventKind.TimelineEvent, due, this, entry);
            Fire(entry.Event, due);
            _next++;
            changed = true;
        }

        if (tick < EndTick) return changed;
        End(SimulationState.Completed, EndTick);
        return true;
    }

    /// <summary>Ends the simulation and all its effects.</summary>
    public void End(SimulationState state, long tick)
    {
        State = state;
        EndTick = tick;
        BaseLoad = Growth = EnabledShare = 1;
        _bursts.Clear();
        _faults.Clear(tick);
        _events.Tell(state == SimulationState.Completed ? WorldEventKind.SimulationCompleted : WorldEventKind.SimulationStopped, tick, this);
    }

    public SimulationStatus Status(long tick)
    {
        var running = State == SimulationState.Running;
        var planned = At(Scenario.Duration);
        var passed = Math.Min(tick, EndTick) - StartTick;
        var length = Math.Max(1, running || State == SimulationState.Completed ? EndTick - StartTick : planned - StartTick);
        var next = running && _next < Scenario.Timeline.Count && At(Scenario.Timeline[_next].Time) <= EndTick ? Scenario.Timeline[_next] : null;
        return new SimulationStatus(
            Id,
            Scenario.Id,
            State,
            Instant(StartTick),
            Instant(EndTick),
            State == SimulationState.Completed ? 1 : Math.Clamp((double)passed / length, 0, 1),
            Compress,
            _next,
            next is null ? null : new NextEvent(next.Event.Name, next.Description, Instant(At(next.Time))),
            _faults.Count);
    }

    /// <summary>Ends the bursts and faults that have run out; a loop, since RemoveAll would allocate its predicate in every tick.</summary>
    private bool Expire(long tick)
    {
        var before = _bursts.Count;
        for (var i = _bursts.Count - 1; i >= 0; i--)
        {
            if (_bursts[i].EndTick <= tick) _bursts.RemoveAt(i);
        }

        return _faults.Expire(tick) | (_bursts.Count < before);
    }

    private long At(TimeSpan time) => StartTick + Ticks(time);

    /// <summary>Whole ticks, rounded up, but not for the rounding of the division: a time that falls on a tick stays there.</summary>
    private long Ticks(TimeSpan time) => (long)Math.Ceiling((time.Ticks / Compress / _options.Tick.Ticks) - 1e-6);

    private DateTimeOffset Instant(long tick) => _options.Start + (_options.Tick * tick);

    private void Fire(ScenarioEvent what, long tick)
    {
        switch (what)
        {
            case StartEvent start:
                BaseLoad = start.Baseline ?? 1;
                EnabledShare = (start.UserPercentage ?? 100) / 100;
                break;
            case IncreaseLoadEvent load:
                BaseLoad = load.Multiplier ?? BaseLoad;
                EnabledShare = load.UserPercentage / 100 ?? EnabledShare;
                break;
            case BurstLoadEvent burst:
                _bursts.Add((burst.Multiplier, tick + Math.Max(1, Ticks(burst.Duration))));
                break;
            case GrowthSimulationEvent growth:
                Growth = growth.GrowthRate;
                break;
            case InjectFailureEvent failure:
                // The entry's place in its scenario keys the affected set, so that a replay hits the same sessions.
                var key = KeyedRandom.KeyOf($"{Scenario.Id}/{_next}");
                var ticks = failure.Duration is { } length ? Math.Max(1, Ticks(length)) : (long?)null;
                _faults.Begin(FaultRoster.IdOf(_random, KeyedRandom.KeyOf($"{Id}/{_next}")), failure.Fault, key, tick, ticks);
                break;
            case RecoveryEvent:
                BaseLoad = 1;
                _bursts.Clear();
                _faults.Clear(tick);
                break;
            case DeployEvent:
                // A deployment is a mark on the timeline; what it breaks is an event of its own.
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(what), what, "Not an event of a timeline.");
        }
    }
}
