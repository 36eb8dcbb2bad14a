using MetricsSim.Core.Engine;
using MetricsSim.Hosting.Journal;

namespace MetricsSim.Hosting;

/// <content>What is served between two ticks.</content>
internal sealed partial class SimulationLoop
{
    private void Serve()
    {
        FillBatch();

        // Changes are on the disk before they take effect, all of a batch with one flush.
        long now = _time.GetTimestamp();
        JournalFailedException? unnoted = _journal?.TryCommit(_batch, _world.Tick, _clock, _pacer!.PositionAt(now));
        while (_batch.TryDequeue(out LoopMessage? message))
        {
            switch (message)
            {
                case ReloadMessage reload:
                    Reload(reload);
                    break;
                case CommandMessage or ClockMessage when unnoted is not null:
                    message.Fail(unnoted);
                    break;
                case CommandMessage command:
                    Apply(command);
                    break;
                case ClockMessage clock:
                    Change(clock, now);
                    break;
                case HeartbeatMessage:
                    _journal!.Beat(_world, _pacer!.PositionAt(now));
                    break;
                case SnapshotMessage request:
                    _waiting.Enqueue(request);
                    break;
            }

            HandOut();
        }

        HandOut();
    }

    private void FillBatch()
    {
        // A reload is served alone: it is noted when it has turned out to be possible, so changes before and after it keep their order.
        while (_batch.Count < ServedBetweenTicks && _inbox.Reader.TryPeek(out LoopMessage? next) && !(next is ReloadMessage && _batch.Count > 0))
        {
            if (_inbox.Reader.TryRead(out LoopMessage? message)) _batch.Enqueue(message);
            if (next is ReloadMessage) return;
        }
    }

    private void Reload(ReloadMessage message)
    {
        World next;
        try
        {
            next = _world.Reloaded(message.Config.World);
        }
        catch (ArgumentException e)
        {
            message.Fail(e);
            return;
        }

        if (_journal?.TryCommit(message, _world.Tick) is { } unnoted)
        {
            message.Fail(unnoted);
            return;
        }

        ForgetCurrent();
        Adopt(next);
        _reloaded = message.Config;
        Events.PublishReload(_world.Now);
        Publish();
        message.Complete();
    }

    private void Apply(CommandMessage message)
    {
        // A snapshot asked for before the command was served before it, so order among messages is kept.
        CommandOutcome outcome;
        try
        {
            outcome = _world.Apply(message.Command);
        }
        catch (Exception e)
        {
            message.Fail(new SimulationStoppedException("The simulation failed.", e));
            throw;
        }

        if (outcome.Applied)
        {
            _observer?.Applied(_world, message.Command, outcome);
            Tell(message.Command, outcome);
            ForgetCurrent();
            Publish();
        }

        message.Complete(outcome);
    }

    private void Change(ClockMessage message, long at)
    {
        ClockState wanted = message.Wanted(_clock);
        if (wanted != _clock)
        {
            _pacer!.Change(wanted.Speed, wanted.Paused, at);
            _clock = wanted;
            Events.Publish(wanted, _world.Now);
            Log.ClockChanged(_log, wanted.Speed, wanted.Paused, _world.Tick);
        }

        message.Complete(wanted);
    }

    private void Tell(WorldCommand command, CommandOutcome outcome)
    {
        switch (command)
        {
            case StopSimulation when outcome.Simulation is { } stopped:
                Log.SimulationStopped(_log, stopped.SimulationId, stopped.ScenarioId, _world.Tick);
                break;
            case StartSimulation when outcome.Simulation is { } started:
                Log.ScenarioStarted(_log, started.ScenarioId, started.SimulationId);
                break;
            case SetLoad load:
                Log.LoadSet(_log, load.Multiplier, _world.Tick);
                break;
            case AddFault add:
                Log.FaultAdded(_log, outcome.Fault!.FaultId, add.Fault.Type, _world.Tick);
                break;
            case RemoveFault removed:
                Log.FaultRemoved(_log, removed.FaultId, _world.Tick);
                break;
        }
    }

    private void Hear(WorldEvent told)
    {
        Events.Publish(told);
        _observer?.Hear(told);
    }

    private void HandOut()
    {
        while (_waiting.TryPeek(out SnapshotMessage? request))
        {
            if (!request.IsAbandoned)
            {
                _current ??= Copy();
                if (_current is null) return;
                request.Complete(_current.Lease());
            }

            _waiting.Dequeue();
        }
    }

    private SharedSnapshot? Copy()
    {
        SharedSnapshot? copy = _snapshots.TryRent();
        if (copy is not null) _world.CopyTo(copy.Snapshot);
        return copy;
    }

    private void ForgetCurrent()
    {
        _current?.Release();
        _current = null;
    }
}
