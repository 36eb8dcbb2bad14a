using MetricsSim.Core.Engine;
using MetricsSim.Core.Faults;
using MetricsSim.Core.Randomness;

namespace MetricsSim.Core.Scenarios;

/// <summary>
/// The simulations of a world, the operator's own load and faults, and how they compose: loads multiply, of enabled shares the smallest
/// counts (a larger share contains the smaller); for faults see <see cref="FaultField"/>.
/// </summary>
internal sealed partial class SimulationSet
{
    /// <summary>Ended simulations that are remembered.</summary>
    private const int Remembered = 256;

    private readonly WorldOptions _options;
    private readonly KeyedRandom _random;
    private readonly AmbientFaults _ambient;
    private readonly FaultRoster _ownFaults;
    private readonly List<Simulation> _running = [];
    private readonly List<SimulationStatus> _ended = [];
    private ulong _started;
    private ulong _faultsAdded;

    public SimulationSet(WorldOptions options)
    {
        _options = options;
        _random = new KeyedRandom(options.Seed);
        Events = new WorldEvents(options);
        _ambient = new AmbientFaults(options, Events);
        _ownFaults = new FaultRoster(options, _random, null, Events);
    }

    /// <summary>Hears of everything that happens.</summary>
    public WorldEvents Events { get; }

    /// <summary>The operator's factor on arrivals, a part of <see cref="Load"/>.</summary>
    public double ManualLoad { get; private set; } = 1;

    /// <summary>Factor on arrivals.</summary>
    public double Load { get; private set; } = 1;

    /// <summary>Share of users that are enabled, 0–1.</summary>
    public double EnabledShare { get; private set; } = 1;

    /// <summary>Faults in force.</summary>
    public FaultField Faults { get; private set; } = FaultField.None;

    public IReadOnlyList<Simulation> Running => _running;

    public IReadOnlyList<SimulationStatus> Status(long tick) =>
        [.. Enumerable.Reverse(_running).Select(simulation => simulation.Status(tick)), .. Enumerable.Reverse(_ended)];

    public IReadOnlyList<FaultStatus> FaultStatus() => [.. _ownFaults.Status, .. _running.SelectMany(simulation => simulation.FaultStatus), .. _ambient.Status];

    public CommandOutcome Apply(WorldCommand command, long tick)
    {
        var outcome = command switch
        {
            StartSimulation start => Start(start, tick),
            StopSimulation stop => Stop(stop.SimulationId, tick),
            SetLoad load => Set(load.Multiplier),
            AddFault add => Add(add, tick),
            RemoveFault remove => Remove(remove.FaultId, tick),
            _ => throw new ArgumentOutOfRangeException(nameof(command), command, "Not a command for simulations."),
        };
        Compose(tick);
        return outcome;
    }

    /// <summary>Fires what is due, and begins and ends faults of the background, at the tick about to be stepped. Composes only when something changed, so a quiet tick allocates nothing.</summary>
    public void Advance(long tick)
    {
        var changed = _ambient.Advance(tick) | _ownFaults.Expire(tick);
        for (var i = 0; i < _running.Count; i++) changed |= _running[i].Advance(tick);
        if (!changed) return;
        Retire(tick);
        Compose(tick);
    }

    private CommandOutcome Start(StartSimulation start, long tick)
    {
        if (!_options.Scenarios.TryGetValue(start.ScenarioId, out var scenario))
            return new(CommandProblem.NotFound, null, $"no scenario '{start.ScenarioId}'; there are: {string.Join(", ", _options.Scenarios.Keys.Order(StringComparer.Ordinal))}");
        if (start is SwitchScenario)
        {
            foreach (var running in _running) running.End(SimulationState.Stopped, tick);
            Retire(tick);
        }

        var simulation = new Simulation(NewId(), scenario, start, tick, _options, Events);
        _running.Add(simulation);
        Events.Tell(WorldEventKind.SimulationStarted, tick, simulation);
        // Events at time 0 act at the very boundary at which the simulation starts.
        simulation.Advance(tick);
        Retire(tick);
        return new(null, simulation.Status(tick), null);
    }

    private CommandOutcome Stop(string id, long tick)
    {
        if (_ended.Find(ended => ended.SimulationId == id) is { } done)
            return new(CommandProblem.AlreadyEnded, done, $"simulation '{id}' has already ended");
        if (_running.Find(running => running.Id == id) is not { } simulation)
            return new(CommandProblem.NotFound, null, $"no simulation '{id}'");
        simulation.End(SimulationState.Stopped, tick);
        Retire(tick);
        return new(null, simulation.Status(tick), null);
    }

    private CommandOutcome Set(double multiplier)
    {
        if (multiplier is not (>= 0 and <= SetLoad.Most))
            return new(CommandProblem.OutOfRange, null, $"a load of {multiplier} is not possible: allowed are 0 to {SetLoad.Most}");
        ManualLoad = multiplier;
        return new(null, null, null);
    }

    private CommandOutcome Add(AddFault add, long tick)
    {
        if (add.Duration <= TimeSpan.Zero) return new(CommandProblem.OutOfRange, null, "a fault lasts more than zero seconds");
        var id = NewFaultId();
        // A duration is rounded up to whole ticks, but not for the rounding of the division.
        var ticks = add.Duration is { } length ? Math.Max(1, (long)Math.Ceiling((length / _options.Tick) - 1e-6)) : (long?)null;
        return new(null, null, null) { Fault = _ownFaults.Begin(id, add.Fault, KeyedRandom.KeyOf(id), tick, ticks) };
    }

    private CommandOutcome Remove(string id, long tick)
    {
        if (_ownFaults.End(id, tick) is { } ended) return new(null, null, null) { Fault = ended };
        if (_ambient.Status.Any(fault => fault.FaultId == id)) return new(CommandProblem.NotYours, null, $"fault '{id}' is one of the background and ends by itself");
        return _running.Find(simulation => simulation.FaultStatus.Any(fault => fault.FaultId == id)) is { } owner
            ? new(CommandProblem.NotYours, null, $"fault '{id}' belongs to simulation '{owner.Id}' and ends with it")
            : new(CommandProblem.NotFound, null, $"no fault '{id}' is in force");
    }

    private void Retire(long tick)
    {
        _ended.AddRange(_running.Where(simulation => simulation.State != SimulationState.Running).Select(simulation => simulation.Status(tick)));
        _running.RemoveAll(simulation => simulation.State != SimulationState.Running);
        if (_ended.Count > Remembered) _ended.RemoveRange(0, _ended.Count - Remembered);
    }

    private void Compose(long tick)
    {
        var before = Load;
        // Loads of many simulations would multiply to what no machine can simulate.
        Load = Math.Min(SetLoad.Most, _running.Aggregate(ManualLoad, (load, simulation) => load * simulation.Load));
        EnabledShare = _running.Aggregate(1.0, (share, simulation) => Math.Min(share, simulation.EnabledShare));
        Faults = new FaultField([.. _ownFaults.Active, .. _running.SelectMany(simulation => simulation.Faults), .. _ambient.Active]);
        if (Load != before) Events.Tell(WorldEventKind.LoadChanged, tick, load: Load);
    }

    private string NewFaultId()
    {
        while (true)
        {
            var id = FaultRoster.IdOf(_random, _faultsAdded++);
            if (FaultStatus().All(fault => fault.FaultId != id)) return id;
        }
    }

    private string NewId()
    {
        while (true)
        {
            var id = $"sim_{_random.Draw(_started++, Purpose.Identifier, 0, 2).W0:x8}";
            if (_running.TrueForAll(simulation => simulation.Id != id) && _ended.TrueForAll(ended => ended.SimulationId != id)) return id;
        }
    }
}
