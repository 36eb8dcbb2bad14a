using MetricsSim.Configuration;
using MetricsSim.Core.Engine;
using MetricsSim.Hosting.Runs;

namespace MetricsSim.Hosting.Journal;

/// <summary>How far a run that goes on has come.</summary>
/// <param name="From">The tick it began from.</param>
/// <param name="Tick">The tick it has reached.</param>
/// <param name="Target">The tick at which it is where its clock is.</param>
internal sealed record CatchUpProgress(long From, long Tick, long Target);

/// <summary>
/// Takes a world from where it was saved to where its clock would be had nothing stopped it: the journal's changes at their ticks, and
/// then as many ticks as are due, as fast as the machine can.
/// </summary>
internal sealed class CatchUp
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(100), BetweenLines = TimeSpan.FromSeconds(2);

    private readonly IReadOnlyList<ChangeRecord> _changes;
    private readonly Func<ConfigSource, WorldOptions> _read;
    private readonly ClockReading _clock;
    private readonly long _least;
    private readonly TimeProvider _time;
    private readonly ReplayClock _replay;
    private readonly ILogger _log;
    private readonly TimeSpan _tick;
    private volatile CatchUpProgress _progress;
    private ILoopObserver? _observer;
    private long _lookedAt;
    private long _toldAt;

    /// <summary>Prepares it.</summary>
    /// <param name="from">The tick of the world that was restored.</param>
    /// <param name="tick">Simulated length of a tick.</param>
    /// <param name="changes">Changes that it has not seen, in order.</param>
    /// <param name="read">Reads the configuration of a reload.</param>
    /// <param name="clock">The journal's last reading of the clock.</param>
    /// <param name="least">The last tick that anybody may have seen.</param>
    /// <param name="time">The wall clock.</param>
    /// <param name="replay">The clock of who observes.</param>
    /// <param name="log">Where it says how far it has come.</param>
    public CatchUp(
        long from,
        TimeSpan tick,
        IReadOnlyList<ChangeRecord> changes,
        Func<ConfigSource, WorldOptions> read,
        ClockReading clock,
        long least,
        TimeProvider time,
        ReplayClock replay,
        ILogger log)
    {
        _read = read;
        _replay = replay;
        _tick = tick;
        _changes = changes;
        _clock = clock;
        _least = Math.Max(least, from);
        _time = time;
        _log = log;
        _progress = new CatchUpProgress(from, from, Target);
    }

    /// <summary>Whether the log is told on the way, and not only at the end.</summary>
    public bool TellsProgress { get; init; } = true;

    /// <summary>How far it has come.</summary>
    public CatchUpProgress Progress => _progress;

    /// <summary>How the clock runs.</summary>
    public ClockState Clock => new(_clock.Speed, _clock.Paused);

    private double Position => Math.Max(_least, _clock.PositionAt(_time.GetUtcNow(), _tick));

    // A clock that stands still makes no tick due, not even one that was late when it was stopped.
    private long Target => _clock.Paused ? _least : (long)Position;

    /// <summary>Does it.</summary>
    /// <param name="world">The world that was restored.</param>
    /// <param name="observer">Sees all that happens on the way; may be null.</param>
    /// <param name="look">Called now and then on the way.</param>
    /// <param name="stop">Ends it at a tick boundary; the world is then of no use.</param>
    /// <returns>The world, which another may have replaced on the way.</returns>
    public World Run(World world, ILoopObserver? observer, Action look, CancellationToken stop)
    {
        _observer = observer;
        if (observer is not null) world.Observer = observer.Hear;
        _replay.Show(world.Tick);
        long began = _toldAt = _time.GetTimestamp();
        foreach (ChangeRecord change in _changes)
        {
            Step(world, change.Tick, look, stop);
            if (stop.IsCancellationRequested) return world;
            if (change is CommandRecord command) Apply(world, command.Command);
            if (change is ReloadRecord reload) world = world.Reloaded(_read(reload.Config));
        }

        // While ticks are caught up with, others become due; a machine that is too slow for the speed would never see the end.
        for (long behind = Target - world.Tick, before = long.MaxValue; behind > 0 && behind <= before / 2; before = behind, behind = Target - world.Tick)
        {
            Step(world, Target, look, stop);
            if (stop.IsCancellationRequested) return world;
        }

        _replay.Release();
        TimeSpan taken = _time.GetElapsedTime(began);
        JournalLog.CaughtUp(_log, world.Tick, taken.TotalSeconds);
        return world;
    }

    /// <summary>What paces the world from here on.</summary>
    /// <param name="world">The world, caught up.</param>
    /// <returns>A pacer that shows what the clock would.</returns>
    public TickPacer Pacer(World world) => new(_time, _tick, _clock.Speed, _clock.Paused, world.Tick, Position);

    private void Apply(World world, WorldCommand command)
    {
        CommandOutcome outcome = world.Apply(command);
        if (outcome.Applied) _observer?.Applied(world, command, outcome);
    }

    private void Step(World world, long to, Action look, CancellationToken stop)
    {
        while (world.Tick < to && !stop.IsCancellationRequested)
        {
            _replay.Show(world.Tick + 1);
            world.Step();
            _observer?.Stepped(world);
            if (_time.GetElapsedTime(_lookedAt) < BetweenLooks) continue;
            _lookedAt = _time.GetTimestamp();
            _progress = _progress with { Tick = world.Tick, Target = Target };
            look();
            if (!TellsProgress || _time.GetElapsedTime(_toldAt) < BetweenLines) continue;
            _toldAt = _time.GetTimestamp();
            JournalLog.CatchingUp(_log, _progress.Tick, _progress.Target);
        }
    }
}
