using MetricsSim.Core.Engine;
using MetricsSim.Core.Faults;
using MetricsSim.Core.Randomness;

namespace MetricsSim.Core.Scenarios;

/// <summary>
/// The simulations of a world and how they compose: loads multiply, of enabled shares the smallest counts (a larger share contains the
/// smaller); for faults see <see cref="FaultField"/>.
/// </summary>
internal sealed class SimulationSet(WorldOptions options)
{
    /// <summary>Ended simulations that are remembered.</summary>
    private const int Remembered = 256;

    private readonly KeyedRandom _random = new(options.Seed);
    private readonly AmbientFaults _ambient = new(options);
    private readonly List<Simulation> _running = [];
    private readonly List<Simulation> _ended = [];
    private ulong _started;

    /// <summary>Factor on arrivals.</summary>
    public double Load { get; private set; } = 1;

    /// <summary>Share of users that are enabled, 0–1.</summary>
    public double EnabledShare { get; private set; } = 1;

    /// <summary>Faults in force.</summary>
    public FaultField Faults { get; private set; } = FaultField.None;

    public IReadOnlyList<Simulation> Running => _running;

    public IReadOnlyList<SimulationStatus> Status(long tick) =>
        [.. Enumerable.Reverse(_running).Concat(Enumerable.Reverse(_ended)).Select(simulation => simulation.Status(tick))];

    public CommandOutcome Apply(WorldCommand command, long tick)
    {
        var outcome = command switch
        {
            StartSimulation start => Start(start, tick),
            StopSimulation stop => Stop(stop.SimulationId, tick),
            _ => throw new ArgumentOutOfRangeException(nameof(command), command, "Not a command for simulations."),
        };
        Compose();
        return outcome;
    }

    /// <summary>Fires what is due, and begins and ends faults of the background, at the tick about to be stepped. Composes only when something changed, so a quiet tick allocates nothing.</summary>
    public void Advance(long tick)
    {
        var changed = _ambient.Advance(tick);
        for (var i = 0; i < _running.Count; i++) changed |= _running[i].Advance(tick);
        if (!changed) return;
        Retire();
        Compose();
    }

    private CommandOutcome Start(StartSimulation start, long tick)
    {
        if (!options.Scenarios.TryGetValue(start.ScenarioId, out var scenario))
            return new(CommandProblem.NotFound, null, $"no scenario '{start.ScenarioId}'; there are: {string.Join(", ", options.Scenarios.Keys.Order(StringComparer.Ordinal))}");
        var unsupported = scenario.Timeline.Select(entry => entry.Event).OfType<InjectFailureEvent>()
            .Select(failure => failure.Fault.Type).Where(type => !type.ActsOnWorld()).Distinct().Select(type => type.SnakeCase()).ToArray();
        if (unsupported.Length > 0)
            return new(CommandProblem.NotSupported, null, $"scenario '{scenario.Id}' uses failure types that are not simulated yet: {string.Join(", ", unsupported)}");
        if (start is SwitchScenario)
        {
            foreach (var running in _running) running.End(SimulationState.Stopped, tick);
            Retire();
        }

        var simulation = new Simulation(NewId(), scenario, start, tick, options);
        _running.Add(simulation);
        // Events at time 0 act at the very boundary at which the simulation starts.
        simulation.Advance(tick);
        Retire();
        return new(null, simulation.Status(tick), null);
    }

    private CommandOutcome Stop(string id, long tick)
    {
        if (_ended.Find(ended => ended.Id == id) is { } done)
            return new(CommandProblem.AlreadyEnded, done.Status(tick), $"simulation '{id}' has already ended");
        if (_running.Find(running => running.Id == id) is not { } simulation)
            return new(CommandProblem.NotFound, null, $"no simulation '{id}'");
        simulation.End(SimulationState.Stopped, tick);
        Retire();
        return new(null, simulation.Status(tick), null);
    }

    private void Retire()
    {
        _ended.AddRange(_running.Where(simulation => simulation.State != SimulationState.Running));
        _running.RemoveAll(simulation => simulation.State != SimulationState.Running);
        if (_ended.Count > Remembered) _ended.RemoveRange(0, _ended.Count - Remembered);
    }

    private void Compose()
    {
        Load = _running.Aggregate(1.0, (load, simulation) => load * simulation.Load);
        EnabledShare = _running.Aggregate(1.0, (share, simulation) => Math.Min(share, simulation.EnabledShare));
        Faults = new FaultField(_running.SelectMany(simulation => simulation.Faults).Concat(_ambient.Active));
    }

    private string NewId()
    {
        while (true)
        {
            var id = $"sim_{_random.Draw(_started++, Purpose.Identifier, 0, 2).W0:x8}";
            if (_running.Concat(_ended).All(simulation => simulation.Id != id)) return id;
        }
    }
}
