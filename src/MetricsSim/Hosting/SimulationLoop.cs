using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using MetricsSim.Configuration;
using MetricsSim.Core.Engine;
using MetricsSim.Core.Series;
using MetricsSim.Exposition;
using MetricsSim.Hosting.Journal;
using MetricsSim.Hosting.Runs;

namespace MetricsSim.Hosting;

/// <summary>
/// The one writer of the world: it runs the ticks when they are due and, between any two of them, serves whoever asked for a change
/// or a snapshot. Late ticks are caught up one by one with messages served in between, so a scrape never waits behind a catch-up.
/// </summary>
internal sealed partial class SimulationLoop : IDisposable
{
    /// <summary>Most snapshots alive at once; with slow readers on all of them a scrape waits for the first to end.</summary>
    public const int SnapshotLimit = 8;

    // However many ask, ticks go on.
    private const int ServedBetweenTicks = 256;

    private static readonly TimeSpan LongestBatch = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan HeartbeatInterval = TimeSpan.FromSeconds(1);
    private readonly CatchUp? _catchUp;
    private readonly LoopJournal? _journal;
    private readonly TimeProvider _time;
    private readonly RuntimeMetrics _metrics;
    private readonly ILogger _log;
    private readonly ILoopObserver? _observer;
    private readonly LagWatch _lagWatch;
    private readonly ITimer _timer;
    private readonly ITimer _heartbeat;
    private readonly Queue<LoopMessage> _batch = new();
    private readonly Queue<SnapshotMessage> _waiting = new();
    private readonly Channel<LoopMessage> _inbox =
        Channel.CreateUnbounded<LoopMessage>(new UnboundedChannelOptions { SingleReader = true });

    private ImmutableArray<Action<WorldStatus>> _listeners = [];
    private World _world;
    private SnapshotPool _snapshots;
    private volatile SimulatorConfig? _reloaded;
    private SharedSnapshot? _current;
    private TickPacer? _pacer;
    private volatile ClockState _clock;
    private volatile Published? _published;
    private volatile bool _stopped;
    private volatile bool _catchingUp;

    /// <summary>Makes a loop over a world that nobody else touches from now on.</summary>
    /// <param name="world">The world.</param>
    /// <param name="speed">Simulated time per wall time, &gt; 0.</param>
    /// <param name="time">The clock that paces.</param>
    /// <param name="metrics">Where ticks are counted.</param>
    /// <param name="log">Where it says that it lags.</param>
    /// <param name="observer">Sees all that happens; may be null.</param>
    /// <param name="journal">Where changes are noted before they take effect; null for nowhere.</param>
    /// <param name="catchUp">What happened before and is to be gone through first; null for a new run.</param>
    public SimulationLoop(
        World world, double speed, TimeProvider time, RuntimeMetrics metrics, ILogger log, ILoopObserver? observer = null, LoopJournal? journal = null, CatchUp? catchUp = null)
    {
        _journal = journal;
        _catchUp = catchUp;
        _catchingUp = catchUp is not null;
        _clock = catchUp?.Clock ?? new ClockState(speed, Paused: false);
        Events = new EventHub(time);
        _observer = observer;
        _time = time;
        _metrics = metrics;
        _log = log;
        _lagWatch = new LagWatch(time);
        Adopt(world);
        _timer = time.CreateTimer(static loop => ((SimulationLoop)loop!).Wake(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _heartbeat = time.CreateTimer(
            static loop => ((SimulationLoop)loop!)._inbox.Writer.TryWrite(HeartbeatMessage.Instance), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The families of a snapshot that is taken now.</summary>
    public SeriesLayout Layout => _world.Layout;

    /// <summary>Whether a first status is out, and the loop has not ended.</summary>
    public bool IsReady => _published is not null && !_stopped && !_catchingUp;

    /// <summary>How far a resumed run has come on its way to where its clock is; null when there is nothing to catch up with.</summary>
    public CatchUpProgress? CatchingUp => _catchingUp ? _catchUp!.Progress : null;

    /// <summary>Why changes can't be noted, and so are refused; null if they can.</summary>
    public string? JournalFailure => _journal?.Failure;

    /// <summary>Whether it goes on with a run of another process.</summary>
    public bool IsResumed => _catchUp is not null;

    /// <summary>Whether the loop has ended.</summary>
    public bool IsStopped => _stopped;

    /// <summary>Numbers for people, as of the last batch of ticks or command.</summary>
    /// <exception cref="SimulationStoppedException">The loop has not begun.</exception>
    public WorldStatus Status => (_published ?? throw new SimulationStoppedException("The simulation has not begun.")).Status;

    /// <summary>Wall time of <see cref="Status"/>; null before the first.</summary>
    public DateTimeOffset? LastUpdate => _published?.At;

    /// <summary>What happens in the world, and to its clock.</summary>
    public EventHub Events { get; }

    /// <summary>How the simulated clock runs.</summary>
    public ClockState Clock => _clock;

    /// <summary>The configuration that the latest reload brought; null before the first.</summary>
    public SimulatorConfig? Reloaded => _reloaded;

    /// <summary>Has every new status handed over, on the loop's thread: listeners must be quick and not throw.</summary>
    /// <param name="listener">Called after each batch of ticks and each command.</param>
    public void Subscribe(Action<WorldStatus> listener) =>
        ImmutableInterlocked.Update(ref _listeners, static (all, one) => all.Add(one), listener);

    /// <summary>Sends a command.</summary>
    /// <param name="command">What is asked; it is applied at the next tick boundary.</param>
    /// <returns>What became of it.</returns>
    /// <exception cref="SimulationStoppedException">The loop has ended.</exception>
    /// <exception cref="CatchingUpException">It is not there yet.</exception>
    /// <exception cref="JournalFailedException">The command could not be noted, and was not applied.</exception>
    public Task<CommandOutcome> SendAsync(WorldCommand command)
    {
        var message = new CommandMessage(command);
        Send(message);
        return message.Outcome;
    }

    /// <summary>Changes the clock: the next tick comes at the new speed, and none while it is paused; scrapes and commands go on.</summary>
    /// <param name="speed">Simulated time per wall time, &gt; 0; null keeps it.</param>
    /// <param name="paused">Whether to pause; null leaves that.</param>
    /// <returns>How the clock runs then.</returns>
    /// <exception cref="SimulationStoppedException">The loop has ended.</exception>
    /// <exception cref="CatchingUpException">It is not there yet.</exception>
    /// <exception cref="JournalFailedException">The change could not be noted, and has no effect.</exception>
    public Task<ClockState> SetClockAsync(double? speed, bool? paused)
    {
        var message = new ClockMessage(speed, paused);
        Send(message);
        return message.Outcome;
    }

    /// <summary>Swaps the configuration between two ticks: a snapshot is of the old world or of the new one.</summary>
    /// <param name="config">The new configuration.</param>
    /// <returns>A task that ends once it is in effect.</returns>
    /// <exception cref="ArgumentException">It changes what a running world keeps; the message is for people.</exception>
    /// <exception cref="SimulationStoppedException">The loop has ended.</exception>
    /// <exception cref="CatchingUpException">It is not there yet.</exception>
    /// <exception cref="JournalFailedException">The change could not be noted, and has no effect.</exception>
    public Task ReloadAsync(SimulatorConfig config)
    {
        var message = new ReloadMessage(config);
        Send(message);
        return message.Done;
    }

    /// <summary>Takes a snapshot of the present tick boundary; readers at the same tick share one copy.</summary>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <returns>A hold on it, to be disposed.</returns>
    /// <exception cref="SimulationStoppedException">The loop has ended.</exception>
    public ValueTask<SnapshotLease> AcquireSnapshotAsync(CancellationToken cancellation)
    {
        var message = new SnapshotMessage(cancellation);
        if (!_inbox.Writer.TryWrite(message)) message.Fail(new SimulationStoppedException());
        return new ValueTask<SnapshotLease>(message.Lease);
    }

    /// <summary>Runs until told to stop; what was asked before that is still served.</summary>
    /// <param name="stop">Ends it at the next tick boundary.</param>
    /// <returns>A task that ends with the loop and fails if the world does.</returns>
    public async Task RunAsync(CancellationToken stop)
    {
        await Task.Yield();
        Exception? failure = null;
        try
        {
            if (!_catchingUp) Prepare();
            Publish();
            if (Begin(stop) is not { } pacer) return;
            HandOutClientEvents();
            while (!stop.IsCancellationRequested)
            {
                Serve();
                if (pacer.IsDue) RunBatch(pacer, stop);
                else await WaitAsync(pacer, stop);
            }
        }
        catch (Exception e) when (e is not OperationCanceledException || !stop.IsCancellationRequested)
        {
            failure = e;
            throw;
        }
        finally
        {
            Close(failure);
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _timer.Dispose();
        _heartbeat.Dispose();
    }

    [MemberNotNull(nameof(_world), nameof(_snapshots))]
    private void Adopt(World world)
    {
        _world = world;
        _world.Observer = Hear;
        _snapshots = new SnapshotPool(world.Layout, new PageSource(world.Layout, world.Options.Telemetry.Created), SnapshotLimit, Wake);
    }

    /// <summary>Takes upon itself what would make the first scrape slow: encoding labels, and memory that is touched for the first time.</summary>
    private void Prepare()
    {
        _snapshots.Pages.Prepare();
        Copy()?.Release();
    }

    private TickPacer? Begin(CancellationToken stop)
    {
        if (_catchUp is not null)
        {
            Adopt(_catchUp.Run(_world, _observer, Publish, stop));
            if (stop.IsCancellationRequested) return null;
            Prepare();
            _catchingUp = false;
            Publish();
        }

        _pacer = _catchUp?.Pacer(_world) ?? new TickPacer(_time, _world.Options.Tick, _clock.Speed);
        if (_journal is null) return _pacer;
        _journal.Beat(_world, _pacer.PositionAt(_time.GetTimestamp()));
        _heartbeat.Change(HeartbeatInterval, HeartbeatInterval);
        return _pacer;
    }

    private void Send(LoopMessage message)
    {
        if (_catchingUp) message.Fail(new CatchingUpException());
        else if (!_inbox.Writer.TryWrite(message)) message.Fail(new SimulationStoppedException());
    }

    private async Task WaitAsync(TickPacer pacer, CancellationToken stop)
    {
        _timer.Change(pacer.UntilNext, Timeout.InfiniteTimeSpan);

        // The clock may have moved on between the two readings; a timer that is set too late would lose the tick until the next message.
        if (pacer.IsDue) return;
        try
        {
            await _inbox.Reader.WaitToReadAsync(stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The caller's loop ends.
        }
    }

    private void RunBatch(TickPacer pacer, CancellationToken stop)
    {
        long batch = _time.GetTimestamp();
        ForgetCurrent();
        do
        {
            TimeSpan lag = pacer.Lag;
            long started = _time.GetTimestamp();
            _world.Step();
            _observer?.Stepped(_world);
            pacer.Advance();
            _metrics.RecordTick(_time.GetElapsedTime(started), lag);
            if (_lagWatch.ShouldTell(lag)) Log.Lagging(_log, lag.TotalSeconds);
        }
        while (pacer.IsDue && !_inbox.Reader.TryPeek(out _) && _time.GetElapsedTime(batch) < LongestBatch && !stop.IsCancellationRequested);
        Publish();
    }

    private void Publish()
    {
        WorldStatus status = _world.Status();
        _published = new Published(status, _time.GetUtcNow());
        foreach (Action<WorldStatus> listener in _listeners) listener(status);
    }

    private void Close(Exception? failure)
    {
        _inbox.Writer.TryComplete();
        if (failure is null && _pacer is not null)
        {
            while (_inbox.Reader.TryPeek(out _)) Serve();
            _journal?.Close(_world, _pacer.PositionAt(_time.GetTimestamp()));
        }

        _stopped = true;
        var reason = failure is null
            ? new SimulationStoppedException()
            : new SimulationStoppedException("The simulation failed.", failure);
        while (_batch.TryDequeue(out LoopMessage? message) || _inbox.Reader.TryRead(out message)) message.Fail(reason);
        while (_waiting.TryDequeue(out SnapshotMessage? request)) request.Fail(reason);
        ForgetCurrent();
    }

    private void Wake() => _inbox.Writer.TryWrite(WakeMessage.Instance);

    private sealed record Published(WorldStatus Status, DateTimeOffset At);
}
