using System.Threading.Channels;
using MetricsSim.Analysis.Runs;
using MetricsSim.Analysis.Truth;
using MetricsSim.Core.Engine;
using MetricsSim.Core.Scenarios;
using MetricsSim.Core.Series;

namespace MetricsSim.Hosting.Runs;

/// <summary>
/// Records the simulations of a running daemon, and its faults, as <c>run</c> records a world of its own. The loop feeds it; whoever judges
/// or asks reads it from another thread. Memory is bounded whatever the number of simulations and their length.
/// </summary>
internal sealed partial class LiveRuns : ILoopObserver
{
    /// <summary>Most simulations recorded at once.</summary>
    public const int MostRecorded = 32;

    /// <summary>Most samples of one; a longer one is recorded in longer samples.</summary>
    public const int MostSamples = 20_000;

    /// <summary>Most samples of all that are recorded at once, of about half a kilobyte each.</summary>
    public const int MostSamplesTogether = 100_000;

    /// <summary>Ended simulations that are kept, as many as the world remembers.</summary>
    public const int MostEnded = 256;

    /// <summary>Ended faults outside of simulations that are kept.</summary>
    public const int MostLoose = 1000;

    private static readonly TimeSpan AuditEvery = TimeSpan.FromSeconds(60);

    private readonly Lock _lock = new();
    private readonly TimeProvider _time;
    private readonly LiveHistory _history;
    private readonly LiveAudit _audit = new();
    private readonly WorldReading _reading = new();
    private readonly List<LiveRun> _runs = [];
    private readonly List<LiveRun> _recorded = [];
    private readonly List<LiveRun> _ended = [];
    private readonly List<FaultSpan> _loose = [];
    private readonly List<FaultSpan> _open = [];
    private readonly List<FaultSpan> _unstamped = [];
    private readonly List<WorldEvent> _heard = [];
    private readonly Channel<bool> _changes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private WorldOptions _options;
    private SeriesLayout _layout;

    /// <summary>Begins to record a world.</summary>
    /// <param name="world">The world, at the tick from which on everything is told.</param>
    /// <param name="time">The wall clock.</param>
    public LiveRuns(World world, TimeProvider time)
        : this(world, time, new LiveHistory(world.Options.Tick)) =>
        Stepped(world);

    private LiveRuns(World world, TimeProvider time, LiveHistory history)
    {
        _time = time;
        (_options, _layout) = (world.Options, world.Layout);
        _history = history;
    }

    /// <summary>Has an item when an incident began or ended, or a simulation ended; completed by <see cref="Complete"/>.</summary>
    public ChannelReader<bool> Changes => _changes.Reader;

    /// <summary>How many older incidents and verdicts have been dropped.</summary>
    public long Dropped { get; private set; }

    /// <inheritdoc />
    public void Hear(WorldEvent told)
    {
        // What a start causes at once is told before the command that asked for it, so all waits for the end of the step or command.
        if (told.Kind is WorldEventKind.FaultStarted or WorldEventKind.FaultEnded or WorldEventKind.SimulationCompleted or WorldEventKind.SimulationStopped)
            _heard.Add(told);
    }

    /// <inheritdoc />
    public void Applied(World world, WorldCommand command, CommandOutcome outcome)
    {
        lock (_lock)
        {
            (_options, _layout) = (world.Options, world.Layout);
            if (command is StartSimulation start && outcome is { Applied: true, Simulation: { } simulation }) Begin(world, start, simulation);
            Settle();
        }
    }

    /// <inheritdoc />
    public void Stepped(World world)
    {
        lock (_lock)
        {
            (_options, _layout) = (world.Options, world.Layout);
            Record(world);
            Settle();
        }
    }

    /// <summary>Says that nothing more will be told.</summary>
    public void Complete() => _changes.Writer.TryComplete();

    private void Begin(World world, StartSimulation start, SimulationStatus status)
    {
        var scenario = world.Options.Scenarios[start.ScenarioId];
        var plan = TimelinePlan.Of(scenario, start, world.Options.Tick);
        var sample = Math.Max(1, (plan.Ticks + MostSamples - 1) / MostSamples);
        var samples = (plan.Ticks + sample - 1) / sample;
        var full = _recorded.Count == MostRecorded || _recorded.Sum(run => (long)run.Tape!.Series.Count) + samples > MostSamplesTogether;
        var tape = full || samples == 0 ? null : new RunTape(world.Tick, plan.Ticks, sample, world.Options.Tick);
        var asksForLosses = scenario.Assertions.Any(assertion => assertion.Metric == "data_loss");
        var run = new LiveRun(status.SimulationId, scenario, world.Tick)
        {
            Start = start,
            Plan = plan,
            Tape = tape,
            NotRecorded = full ? "not recorded: too many simulations were being recorded at once" : samples == 0 ? "it ended where it began" : null,
            Overloads = tape is null ? null : new OverloadWatch(tape.Series),
            AuditEvery = asksForLosses && tape is not null ? (int)Math.Max(1, AuditEvery.Ticks / tape.Series.Step.Ticks) : 0,
        };
        _runs.Add(run);
        if (tape is null) return;
        world.Read(_reading);
        if (asksForLosses) _audit.Look(world, _reading);
        tape.Record(_reading, _audit.Losses, _time.GetUtcNow().UtcTicks);
        _recorded.Add(run);
    }

    private void Record(World world)
    {
        var tick = world.Tick;
        var (due, audit) = (_history.IsDue(tick), false);
        foreach (var run in _recorded)
        {
            if (!run.Tape!.IsDue(tick)) continue;
            due = true;
            audit |= run.AuditIsDue;
        }

        if (!due) return;
        world.Read(_reading);
        if (audit) _audit.Look(world, _reading);
        var now = _time.GetUtcNow().UtcTicks;
        var changed = _history.IsDue(tick) && _history.Record(_reading, now);
        foreach (var run in _recorded)
        {
            if (!run.Tape!.IsDue(tick)) continue;
            run.Tape.Record(_reading, _audit.Losses, now);
            changed |= run.Overloads!.Advance(run.Tape.Boundary);
        }

        if (changed) Tell();
    }

    /// <summary>Takes down what happened since the last boundary, now that a scraper can see it.</summary>
    private void Settle()
    {
        if (_heard.Count == 0) return;
        foreach (var told in _heard)
        {
            if (told.Kind == WorldEventKind.FaultStarted) Open(told);
            else if (told.Kind == WorldEventKind.FaultEnded) Close(told);
            else End(told);
        }

        _heard.Clear();
        var now = _time.GetUtcNow();
        foreach (var span in _unstamped)
        {
            span.Stamp(now);
            if (span.Owner?.Tape is null && span.Symptoms is null) span.Tape ??= _history.For(span.StartTick);
        }

        _unstamped.Clear();
        Drop();
        Tell();
    }

    private void Open(WorldEvent told)
    {
        var fault = told.Fault!;
        var owner = fault.SimulationId is { } id ? _runs.Find(run => run.Id == id) : null;
        var span = new FaultSpan(fault.FaultId, fault.Fault, TickOf(fault.StartedAt), owner);
        (owner?.Faults ?? _loose).Add(span);
        _open.Add(span);
        _unstamped.Add(span);
    }

    private void Close(WorldEvent told)
    {
        var index = _open.FindIndex(open => open.Id == told.Fault!.FaultId && open.Owner?.Id == told.Fault.SimulationId);
        if (index < 0) return;
        _open[index].EndTick = TickOf(told.Fault!.EndsAt!.Value);
        _unstamped.Add(_open[index]);
        _open.RemoveAt(index);
    }

    private void End(WorldEvent told)
    {
        if (_runs.Find(one => one.Id == told.Simulation!.SimulationId) is not { } run) return;
        (run.State, run.EndedAt) = (told.Simulation!.State, told.At);
        _recorded.Remove(run);
        _ended.Add(run);
        if (_recorded.TrueForAll(other => other.AuditEvery == 0)) _audit.Release();
    }

    private void Drop()
    {
        var ended = _runs.Count(run => run.State != SimulationState.Running);
        for (var i = 0; i < _runs.Count && ended > MostEnded; i++)
        {
            if (_runs[i].State == SimulationState.Running || _ended.Contains(_runs[i])) continue;
            _runs.RemoveAt(i--);
            ended--;
            Dropped++;
        }

        var over = _loose.Count(span => span.WallEnd is not null);
        for (var i = 0; i < _loose.Count && over > MostLoose; i++)
        {
            if (_loose[i].WallEnd is null) continue;
            _loose.RemoveAt(i--);
            over--;
            Dropped++;
        }
    }

    private long TickOf(DateTimeOffset at) => (at - _options.Start).Ticks / _options.Tick.Ticks;

    private void Tell() => _changes.Writer.TryWrite(true);
}
