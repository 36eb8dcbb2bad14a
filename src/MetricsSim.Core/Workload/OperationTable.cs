using MetricsSim.Core.Engine;
using MetricsSim.Core.Randomness;
using MetricsSim.Core.Series;

namespace MetricsSim.Core.Workload;

/// <summary>The API requests in flight of a block's users: attempts, retries, and what follows an answer.</summary>
internal sealed partial class OperationTable(SessionTable sessions, WorkloadLaws laws, KeyedRandom random)
{
    /// <summary>How many operations before it is played an operation's memory is asked for.</summary>
    private const int Ahead = 8;

    private readonly DueTable<Operation> _operations = new();
    private readonly PlayOrder _order = new();

    /// <summary>Attempts of the last tick that took their place in the backend's queue.</summary>
    public long Admitted { get; private set; }

    /// <summary>Attempts of the last tick that the backend shed.</summary>
    public long Shed { get; private set; }

    /// <summary>Requests in flight.</summary>
    public int Count => _operations.Count;

    /// <summary>Sessions of the requests in flight.</summary>
    public IEnumerable<ulong> InFlight => Enumerable.Range(0, _operations.Used).Where(slot => !_operations.IsFree(slot)).Select(slot => _operations[slot].SessionKey);

    /// <summary>Whether a request of a session is in flight.</summary>
    public bool IsInFlight(ulong session)
    {
        for (var slot = 0; slot < _operations.Used; slot++)
        {
            if (_operations[slot].SessionKey == session && !_operations.IsFree(slot)) return true;
        }

        return false;
    }

    /// <summary>Takes a session's next request; its first attempt is due at once.</summary>
    public void Add(int slot, in Session session) => _operations.Add(
        new Operation
        {
            SessionKey = session.Key,
            Slot = slot,
            Request = session.Requests,
            Context = session.Context,
            Model = session.Model,
            Effort = session.Effort,
        },
        session.NextRequestAt);

    /// <summary>Plays what is due, each user's in order of time, so that what happens in a session never depends on where others lie in the table.</summary>
    public void Step(in TickContext tick, PopulationRecorder recorder)
    {
        Admitted = 0;
        Shed = 0;
        var due = _order.Sort(_operations.DueBefore(tick.To), _operations, tick.From);
        for (var i = -Ahead; i < due.Length; i++)
        {
            if (i + Ahead < due.Length) Fetch(_operations[due[i + Ahead]], recorder);
            if (i >= 0) Play(due[i], tick, recorder);
        }
    }

    /// <summary>Asks for the memory that an operation is going to use: sessions and cells lie anywhere.</summary>
    private void Fetch(in Operation operation, PopulationRecorder recorder)
    {
        sessions.Fetch(operation.Slot);
        if (operation.Resolved) recorder.Fetch(operation.SessionKey, operation.Model);
    }

    private void Play(int slot, in TickContext tick, PopulationRecorder recorder)
    {
        ref var operation = ref _operations[slot];
        var at = _operations.DueAt(slot);
        if (operation.Attempts == 0 && !sessions.IsAlive(operation))
        {
            // The session failed before this request could be made.
            _operations.Remove(slot);
            return;
        }

        while (at < tick.To)
        {
            if (operation.Resolved)
            {
                Finish(operation, at, tick, recorder);
                _operations.Remove(slot);
                return;
            }

            if (operation.Attempts == 0) recorder.Events?.Asked(random, operation, at);
            at = Attempt(ref operation, at, tick);
        }

        _operations.SetDue(slot, at);
    }

    /// <summary>Makes one attempt and returns when the operation is due again.</summary>
    private long Attempt(ref Operation operation, long at, in TickContext tick)
    {
        var block = random.Draw(operation.SessionKey, Purpose.Attempt, operation.Request, operation.Attempts);
        operation.Attempts++;
        var outcome = tick.Faults.Strike(operation.SessionKey, operation.Request, operation.Model, at);
        if (outcome == ErrorKind.None && tick.Sheds)
        {
            Shed++;
            outcome = ErrorKind.RateLimit;
        }

        long busy;
        if (outcome == ErrorKind.None)
        {
            Admitted++;
            var delay = tick.Faults.DelayMicros(operation.SessionKey, RandomBlock.Uniform(block.W2));
            outcome = laws.Attempt(block, delay + tick.WaitMicros, out busy);
        }
        else
        {
            // Who is told nothing at all finds out by the timeout.
            busy = outcome == ErrorKind.Timeout ? laws.TimeoutMicros : WorkloadLaws.RefusalMicros(block);
        }

        operation.BusyMicros += busy;
        var backoff = outcome == ErrorKind.None ? -1 : laws.Backoff(operation.Attempts, block);
        if (backoff >= 0) return at + busy + backoff;
        operation.Resolved = true;
        operation.Outcome = outcome;
        return at + busy;
    }

    private void Finish(in Operation operation, long at, in TickContext tick, PopulationRecorder recorder)
    {
        if (tick.Faults.Explodes(operation.SessionKey, operation.Request))
            recorder.Exploded.Add(new EndedRequest(at, operation.SessionKey, operation.Request, operation.Model));
        var trace = recorder.Trace(random, operation.SessionKey, operation.Request, at);
        recorder.Request(operation.SessionKey, operation.Model, operation.Outcome, operation.BusyMicros, trace);
        var alive = sessions.IsAlive(operation);
        if (operation.Outcome != ErrorKind.None)
        {
            recorder.Events?.GaveUp(operation, at);
            if (alive) sessions.GiveUp(operation.Slot, at, recorder);
            return;
        }

        var block = random.Draw(operation.SessionKey, Purpose.Request, operation.Request);
        var tokens = laws.Tokens(block, operation.Context);
        var querySource = (block.W0 % 10) switch { < 7 => 0, < 9 => 1, _ => 2 };
        var nanoUsd = laws.NanoUsd(operation.Model, tokens);
        recorder.Usage(operation.SessionKey, operation.Model, querySource, operation.Effort, tokens, nanoUsd, trace);
        recorder.Events?.Answered(operation, at, querySource, tokens, nanoUsd);
        ToolUse.Play(random, operation, at, recorder);
        if (!alive) return;
        ref var session = ref sessions[operation.Slot];
        session.GiveUps = 0;
        session.Context = WorkloadLaws.Grow(session.Context, tokens);
    }
}
