using MetricsSim.Configuration;
using MetricsSim.Core.Engine;

namespace MetricsSim.Hosting;

/// <summary>Something asked of the loop, served at the next tick boundary.</summary>
internal abstract class LoopMessage
{
    /// <summary>Answers that the loop has ended.</summary>
    /// <param name="reason">What the asker gets to see.</param>
    public abstract void Fail(Exception reason);
}

/// <summary>Nothing but a reason to look at the clock, or at who waits.</summary>
internal sealed class WakeMessage : LoopMessage
{
    /// <summary>The message; it has no state.</summary>
    public static WakeMessage Instance { get; } = new();

    /// <inheritdoc />
    public override void Fail(Exception reason)
    {
    }
}

/// <summary>A second has passed: time for a sign of life in the journal.</summary>
internal sealed class HeartbeatMessage : LoopMessage
{
    /// <summary>The message; it has no state.</summary>
    public static HeartbeatMessage Instance { get; } = new();

    /// <inheritdoc />
    public override void Fail(Exception reason)
    {
    }
}

/// <summary>A command for the world.</summary>
internal sealed class CommandMessage(WorldCommand command) : LoopMessage
{
    private readonly TaskCompletionSource<CommandOutcome> _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What is asked.</summary>
    public WorldCommand Command { get; } = command;

    /// <summary>What became of it.</summary>
    public Task<CommandOutcome> Outcome => _outcome.Task;

    /// <summary>Answers.</summary>
    /// <param name="outcome">What became of it.</param>
    public void Complete(CommandOutcome outcome) => _outcome.TrySetResult(outcome);

    /// <inheritdoc />
    public override void Fail(Exception reason) => _outcome.TrySetException(reason);
}

/// <summary>How the simulated clock runs.</summary>
/// <param name="Speed">Simulated time per wall time.</param>
/// <param name="Paused">Whether it stands still.</param>
internal sealed record ClockState(double Speed, bool Paused);

/// <summary>A change of the clock.</summary>
/// <param name="speed">New speed, or null to keep it.</param>
/// <param name="paused">Whether to pause, or null to leave that.</param>
internal sealed class ClockMessage(double? speed, bool? paused) : LoopMessage
{
    private readonly TaskCompletionSource<ClockState> _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>How the clock runs from now on.</summary>
    public Task<ClockState> Outcome => _outcome.Task;

    /// <summary>What is asked, on top of what is.</summary>
    /// <param name="present">How the clock runs.</param>
    /// <returns>How it shall run.</returns>
    public ClockState Wanted(ClockState present) => new(speed ?? present.Speed, paused ?? present.Paused);

    /// <summary>Answers.</summary>
    /// <param name="state">How the clock runs now.</param>
    public void Complete(ClockState state) => _outcome.TrySetResult(state);

    /// <inheritdoc />
    public override void Fail(Exception reason) => _outcome.TrySetException(reason);
}

/// <summary>A new configuration.</summary>
internal sealed class ReloadMessage(SimulatorConfig config) : LoopMessage
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The configuration.</summary>
    public SimulatorConfig Config { get; } = config;

    /// <summary>Ends once it is in effect.</summary>
    public Task Done => _done.Task;

    /// <summary>Answers.</summary>
    public void Complete() => _done.TrySetResult();

    /// <inheritdoc />
    public override void Fail(Exception reason) => _done.TrySetException(reason);
}

/// <summary>A reader that wants a snapshot.</summary>
internal sealed class SnapshotMessage : LoopMessage
{
    private readonly TaskCompletionSource<SnapshotLease> _lease = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenRegistration _cancellation;

    /// <summary>Asks until <paramref name="cancellation"/> says otherwise.</summary>
    /// <param name="cancellation">Gives up waiting.</param>
    public SnapshotMessage(CancellationToken cancellation) =>
        _cancellation = cancellation.UnsafeRegister(static (state, token) => ((SnapshotMessage)state!)._lease.TrySetCanceled(token), this);

    /// <summary>The snapshot.</summary>
    public Task<SnapshotLease> Lease => _lease.Task;

    /// <summary>Whether the reader has given up.</summary>
    public bool IsAbandoned => _lease.Task.IsCompleted;

    /// <summary>Hands the snapshot over, or gives it back if nobody waits any more.</summary>
    /// <param name="lease">One reference.</param>
    public void Complete(SnapshotLease lease)
    {
        _cancellation.Unregister();
        if (!_lease.TrySetResult(lease)) lease.Dispose();
    }

    /// <inheritdoc />
    public override void Fail(Exception reason)
    {
        _cancellation.Unregister();
        _lease.TrySetException(reason);
    }
}

/// <summary>The loop has ended and takes no more messages.</summary>
internal sealed class SimulationStoppedException : InvalidOperationException
{
    /// <summary>Says so.</summary>
    public SimulationStoppedException()
        : base("The simulation has stopped.")
    {
    }

    /// <summary>Says so in other words.</summary>
    /// <param name="message">The words.</param>
    public SimulationStoppedException(string message)
        : base(message)
    {
    }

    /// <summary>Says so, and why.</summary>
    /// <param name="message">The words.</param>
    /// <param name="innerException">What ended it.</param>
    public SimulationStoppedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

/// <summary>A resumed run is not yet where its clock is.</summary>
internal sealed class CatchingUpException() : InvalidOperationException("The simulation is catching up after a resume; try again when /ready answers 200.");
