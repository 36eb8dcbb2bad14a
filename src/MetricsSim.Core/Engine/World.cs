using MetricsSim.Core.Activity;
using MetricsSim.Core.Backend;
using MetricsSim.Core.Groups;
using MetricsSim.Core.Population;
using MetricsSim.Core.Randomness;
using MetricsSim.Core.Scenarios;
using MetricsSim.Core.Series;
using MetricsSim.Core.Workload;

namespace MetricsSim.Core.Engine;

/// <summary>
/// The simulated world: one writer steps it tick by tick; between steps it can be read. Not safe for concurrent use: its owner
/// takes commands and snapshots at tick boundaries.
/// </summary>
public sealed partial class World
{
    private readonly ILanes _lanes;
    private readonly PopulationFamilies _families;
    private readonly WorldFamilies _worldFamilies;
    private readonly SeriesGroups _groups;
    private readonly int _published;
    private readonly PopulationRecorder[] _recorders;
    private readonly UserBlock[] _blocks;
    private readonly Seasonality _seasonality;
    private readonly SimulationSet _simulations;
    private readonly QueueingBackend _backend;
    private readonly Action<int> _stepLane;
    private readonly double _arrivalsPerTick;
    private readonly long _tickMicros;
    private readonly long _activityTicks;
    private TickContext _tick;
    private double _countedShare = -1;
    private int _enabledUsers;

    /// <summary>Makes the world at tick 0, in its stationary state.</summary>
    /// <param name="options">Validated options.</param>
    /// <param name="lanes">Where parts of a tick run; null is the caller's thread.</param>
    public World(WorldOptions options, ILanes? lanes = null)
        : this(options, lanes, stationary: true)
    {
    }

    /// <summary>Makes the world at tick 0: in its stationary state, or without any session, to be filled with what another world was.</summary>
    private World(WorldOptions options, ILanes? lanes, bool stationary)
    {
        Options = options;
        _lanes = lanes ?? SerialLane.Instance;
        _stepLane = StepLane;
        var random = new KeyedRandom(options.Seed);
        var directory = new UserDirectory(options.Population, random);
        _families = new PopulationFamilies(options, new UserRows(options, directory, false), new UserRows(options, directory, true));
        _worldFamilies = new WorldFamilies(options);
        _published = _families.PublishedBy(options.Telemetry.Shard);
        _groups = new SeriesGroups(options, _lanes);
        Layout = new SeriesLayout([.. _families.Published.Take(_published), .. _groups.Families, .. options.Telemetry.Shard.IsFirst ? _worldFamilies.All : []]);
        _recorders = new PopulationRecorder[_lanes.Count];
        for (var lane = 0; lane < _recorders.Length; lane++) _recorders[lane] = new PopulationRecorder(_families, lane == 0 ? null : _recorders[0]);
        _seasonality = new Seasonality(options.Activity.Seasonal);
        _simulations = new SimulationSet(options);
        _counterBase = new CounterBase(_families.All);
        _hiddenRows = new HiddenRows(_families);
        _requestSeries = new RequestSeries(options, _families.Users);
        _quirkedValues = new QuirkedValues(_families, options, random);
        _samples = CountSamples();
        _samplesOfSession = _families.BySession.Sum(family => _families.All[family].Leaves.Count * SamplesOf(_families.All[family]));
        _backend = new QueueingBackend(options.Backend, options.Population.Total, options.Tick);
        _tickMicros = (long)options.Tick.TotalMicroseconds;
        _arrivalsPerTick = options.Workload.SessionsPerHour * options.Tick.TotalHours;
        var brownian = options.Activity.Brownian;
        _activityTicks = Math.Max(1, (long)Math.Round(brownian.Dt * brownian.TimeUnit.Ticks / options.Tick.Ticks));
        // The step is what the whole ticks came to, so that the law is exact for any tick.
        var step = _activityTicks * options.Tick / brownian.TimeUnit;
        var process = new OrnsteinUhlenbeck(brownian.MeanReversion, step, brownian.LowerBound, brownian.UpperBound);
        var laws = new WorkloadLaws(options);
        var total = options.Population.Total;
        _blocks = new UserBlock[(total + UserBlock.Size - 1) / UserBlock.Size];
        var arrivals = options.Workload.SessionsPerHour / 3600 * SeasonAt(0);
        _lanes.Run(lane =>
        {
            for (var i = lane; i < _blocks.Length; i += _lanes.Count)
            {
                var first = i * UserBlock.Size;
                _blocks[i] = new UserBlock(first, Math.Min(UserBlock.Size, total - first), options, directory, laws, process, random, _families);
                if (stationary) _blocks[i].StartStationary(arrivals);
            }
        });
        if (stationary) _backend.StartAt(_blocks.Sum(block => Sum(block.Active)) / options.Workload.RequestInterval.TotalSeconds);
    }

    /// <summary>What the world was made from.</summary>
    public WorldOptions Options { get; }

    /// <summary>Ticks stepped so far.</summary>
    public long Tick { get; private set; }

    /// <summary>Simulated time of <see cref="Tick"/>.</summary>
    public DateTimeOffset Now => Options.Start + (Options.Tick * Tick);

    /// <summary>Families the world publishes.</summary>
    public SeriesLayout Layout { get; }

    /// <summary>
    /// Called for everything that happens, within <see cref="Step()"/> and <see cref="Apply"/> and in order; it must be quick and not
    /// touch the world. Null, and nothing is made.
    /// </summary>
    public Action<WorldEvent>? Observer
    {
        get => _simulations.Events.Observer;
        set => _simulations.Events.Observer = value;
    }

    /// <summary>The population, for tests of its laws.</summary>
    internal IReadOnlyList<UserBlock> Blocks => _blocks;

    /// <summary>The backend, for tests of its laws.</summary>
    internal QueueingBackend Backend => _backend;

    /// <summary>Steps one tick. Allocates nothing but when a scenario's event fires or a table grows.</summary>
    public void Step()
    {
        _simulations.Advance(Tick);
        FollowFaults();
        var from = Tick * _tickMicros;
        _backend.BeginTick(_simulations.Faults.CapacityShare(from));
        var exposure = _arrivalsPerTick * SeasonAt(Tick) * _simulations.Load;
        var activityStep = Tick > 0 && Tick % _activityTicks == 0 ? Tick / _activityTicks : -1;
        // A wait for a server that may never come is not added to anything: nobody is let in.
        var wait = _backend.Sheds ? 0 : (long)(_backend.Wait * 1e6);
        _tick = new TickContext(
            from, from + _tickMicros, exposure, _simulations.EnabledShare, activityStep, wait, _backend.Sheds, _simulations.Faults);
        if (_blocks.Length == 1) StepBlock(0, 0);
        else _lanes.Run(_stepLane);
        var (admitted, shed) = (0L, 0L);
        foreach (var block in _blocks)
        {
            admitted += block.Admitted;
            shed += block.Shed;
        }

        _backend.EndTick(admitted, shed);
        _requestSeries.Take(_recorders);
        Tick++;
        _groups.Step(Tick);
        TellClientEvents();
    }

    /// <summary>Steps many ticks.</summary>
    /// <param name="ticks">How many, ≥ 0.</param>
    public void Step(long ticks)
    {
        for (long i = 0; i < ticks; i++) Step();
    }

    /// <summary>Applies a command at the present tick boundary, or says why not and changes nothing.</summary>
    /// <param name="command">What is asked.</param>
    /// <returns>What became of it.</returns>
    public CommandOutcome Apply(WorldCommand command)
    {
        var outcome = _simulations.Apply(command, Tick);
        FollowFaults();
        return outcome;
    }

    /// <summary>The numbers for people.</summary>
    /// <returns>A fresh, immutable record.</returns>
    public WorldStatus Status()
    {
        var running = _simulations.Running;
        return new WorldStatus
        {
            Tick = Tick,
            SimulatedTime = Now,
            Users = Options.Population.Total,
            EnabledUsers = EnabledUsers(),
            ActiveSessions = _blocks.Sum(block => Sum(block.Active)),
            TotalSessions = _recorders.Sum(lane => lane.TotalSessions),
            TotalRequests = _recorders.Sum(lane => lane.TotalRequests),
            TotalErrors = _recorders.Sum(lane => lane.TotalGivenUp),
            TotalTokens = _recorders.Sum(lane => lane.TotalTokens),
            TotalCost = _recorders.Sum(lane => lane.TotalNanoUsd) / 1e9,
            AverageActivity = _blocks.Sum(block => block.ActivitySum) / Options.Population.Total,
            Load = _simulations.Load,
            ManualLoad = _simulations.ManualLoad,
            Faults = _simulations.FaultStatus(),
            ActiveFaults = _simulations.Faults.All.Count,
            CurrentScenario = running.Count > 0 ? running[^1].Scenario.Id : null,
            Simulations = _simulations.Status(Tick),
        };
    }

    /// <summary>Copies every series' value, at the present tick boundary.</summary>
    /// <param name="snapshot">A snapshot made for <see cref="Layout"/>; may be one used before.</param>
    /// <exception cref="ArgumentException">The snapshot is of another layout.</exception>
    public void CopyTo(Snapshot snapshot)
    {
        if (!ReferenceEquals(snapshot.Layout, Layout)) throw new ArgumentException("The snapshot is of another layout.", nameof(snapshot));
        snapshot.Tick = Tick;
        CopyPopulation(snapshot.Columns);
        CopyTelemetry(snapshot);
        _worldFamilies.Update(Now, _simulations, SeasonAt(Tick), EnabledUsers(), _backend);
        var first = _published + _groups.Families.Count;
        for (var i = 0; first + i < snapshot.Columns.Length; i++) _worldFamilies.Columns[i].CopyTo(snapshot.Columns[first + i], 0);
    }

    private int EnabledUsers()
    {
        // Counting walks all users, so it is done only when the share has changed.
        if (_countedShare != _simulations.EnabledShare)
        {
            _countedShare = _simulations.EnabledShare;
            _enabledUsers = _blocks.Sum(block => block.EnabledUsers(_countedShare));
        }

        return _enabledUsers;
    }

    private static long Sum(ReadOnlySpan<long> values)
    {
        var sum = 0L;
        foreach (var value in values) sum += value;
        return sum;
    }

    private void CopyPopulation(long[][] columns)
    {
        for (var family = 0; family < _published; family++)
        {
            var column = columns[family];
            _recorders[0].Columns[family].CopyTo(column, 0);
            foreach (var lane in _recorders.AsSpan(1))
            {
                // Lanes share the columns whose rows are the users' own; adding those again would double them.
                if (ReferenceEquals(lane.Columns[family], _recorders[0].Columns[family])) continue;
                for (var cell = 0; cell < lane.Columns[family].Length; cell++) column[cell] += lane.Columns[family][cell];
            }
        }

        var active = columns[_families.ActiveSessions];
        active.AsSpan().Clear();
        for (var segment = 0; segment < Options.Population.Segments.Count; segment++)
        {
            var row = _families.ActiveSessionsRow(segment);
            foreach (var block in _blocks) active[row] += block.OwnActive[segment];
        }
    }

    private double SeasonAt(long tick) =>
        _seasonality.Factor(Options.Start + (Options.Tick * tick)) * Bursts.Factor(Options.Activity.Burst, Options.Tick * tick);

    private void StepLane(int lane)
    {
        for (var block = lane; block < _blocks.Length; block += _lanes.Count) StepBlock(block, lane);
    }

    private void StepBlock(int block, int lane) => _blocks[block].Step(_tick, _recorders[lane]);
}
