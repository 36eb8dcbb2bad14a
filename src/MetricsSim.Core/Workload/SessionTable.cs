using MetricsSim.Core.Engine;
using MetricsSim.Core.Numerics;
using MetricsSim.Core.Population;
using MetricsSim.Core.Randomness;
using MetricsSim.Core.Series;

namespace MetricsSim.Core.Workload;

/// <summary>The sessions of a block's users: how they start, ask and end; and the users that were refused and will be back.</summary>
internal sealed partial class SessionTable(WorldOptions options, WorkloadLaws laws, KeyedRandom random, SessionSeries? series)
{
    /// <summary>How many sessions before it is stepped a session's memory is asked for.</summary>
    private const int Ahead = 8;

    private readonly DueTable<Session> _sessions = new();
    private readonly DueTable<Arrival> _comebacks = new();
    private readonly Shard _shard = options.Telemetry.Shard;
    private readonly long[] _active = new long[options.Population.Segments.Count];
    private readonly long[] _ownActive = new long[options.Population.Segments.Count];
    private int[] _ending = new int[16];
    private int _endingCount;

    /// <summary>Sessions in progress by segment.</summary>
    public ReadOnlySpan<long> Active => _active;

    /// <summary>Those of the shard's own users.</summary>
    public ReadOnlySpan<long> OwnActive => _ownActive;

    /// <summary>Sessions in progress.</summary>
    public IEnumerable<Session> InProgress => _sessions.Entries.Where(session => session.Alive);

    /// <summary>The session in a slot.</summary>
    public ref Session this[int slot] => ref _sessions[slot];

    /// <summary>Asks for the memory of a session that is used soon.</summary>
    public void Fetch(int slot) => _sessions.Fetch(slot);

    /// <summary>Mean length of a segment's sessions, seconds.</summary>
    public double MeanSeconds(byte segment) => laws.SessionLengths[segment].Mean;

    /// <summary>Adds a session found in progress at tick 0: its length is length-biased, its age uniform.</summary>
    public void AddInProgress(int user, byte segment, uint ordinal)
    {
        var arrival = new Arrival(user, ordinal, segment);
        var block = random.Draw(arrival.Key, Purpose.InitialSession);
        var length = (long)(laws.SessionLengths[segment].DrawLengthBiased(block.UniformA) * 1e6);
        var age = (long)(length * block.UniformB);
        var requests = Poisson.Draw(laws.RequestsIn(age), draw => random.Draw(arrival.Key, Purpose.InitialSession, 0, 1 + draw).UniformA);
        Add(arrival, -age, length, requests);
    }

    /// <summary>Starts a session, or keeps its user out for a while when a fault does.</summary>
    public void Start(in Arrival arrival, long at, in TickContext tick, PopulationRecorder recorder)
    {
        var pause = tick.Faults.RefusalMicros(arrival.User);
        var block = random.Draw(arrival.Key, Purpose.Session);
        if (pause > 0)
        {
            series?.Begin(arrival.Key, at);
            var (model, refusal) = (laws.Model(block.UniformB), WorkloadLaws.RefusalMicros(block));
            recorder.Request(arrival.Key, model, ErrorKind.Auth, refusal, default);
            recorder.Events?.Refused(arrival.Key, at, model, refusal);
            // At most one try a tick: with a shorter pause the tries would fall behind the clock.
            _comebacks.Add(arrival, Math.Max(at + pause, tick.To));
            return;
        }

        var length = (long)(laws.SessionLengths[arrival.Segment].Draw(block.UniformA) * 1e6);
        recorder.Session(arrival.Key, Add(arrival, at, length, requests: 0));
        recorder.Events?.Started(arrival.Key, at);
    }

    /// <summary>Lets those that were refused try again; who is no longer enabled stays away.</summary>
    public void ComeBack(in TickContext tick, UserColumns users, PopulationRecorder recorder)
    {
        if (_comebacks.Count == 0) return;
        foreach (var slot in _comebacks.DueBefore(tick.To))
        {
            var arrival = _comebacks[slot];
            var at = _comebacks.DueAt(slot);
            _comebacks.Remove(slot);
            if (users.IsEnabled(arrival.User, tick.EnabledShare)) Start(arrival, at, tick, recorder);
            else series?.End(arrival.Key, at);
        }
    }

    /// <summary>Hands over the requests that are made in a tick, and notes who reaches the end of its time.</summary>
    public void Step(in TickContext tick, OperationTable operations)
    {
        _endingCount = 0;
        var due = _sessions.DueBefore(tick.To);
        for (var i = 0; i < due.Length; i++)
        {
            if (i + Ahead < due.Length) _sessions.Fetch(due[i + Ahead]);
            var slot = due[i];
            ref var session = ref _sessions[slot];
            while (session.NextRequestAt < tick.To && session.NextRequestAt < session.EndsAt)
            {
                operations.Add(slot, session);
                session.Requests++;
                session.NextRequestAt += laws.RequestGap(random.Draw(session.Key, Purpose.Request, session.Requests));
            }

            if (session.EndsAt < tick.To)
            {
                if (_endingCount == _ending.Length) Array.Resize(ref _ending, _endingCount * 2);
                _ending[_endingCount++] = slot;
            }

            _sessions.SetDue(slot, session.NextEventAt);
        }
    }

    /// <summary>Ends the sessions noted by <see cref="Step"/>, after the tick's operations have been played.</summary>
    public void EndNoted(PopulationRecorder recorder)
    {
        foreach (var slot in _ending.AsSpan(0, _endingCount))
        {
            // A slot on the list may have failed in this tick; no new session takes it before the next tick's arrivals.
            ref var session = ref _sessions[slot];
            if (session.Alive) End(slot, session.FailsAtEnd, session.EndsAt, recorder);
        }
    }

    /// <summary>Whether the session of an operation is still in progress.</summary>
    public bool IsAlive(in Operation operation)
    {
        ref var session = ref _sessions[operation.Slot];
        return session.Alive && session.Key == operation.SessionKey;
    }

    /// <summary>Counts a given-up request against its session, which fails after several in a row.</summary>
    public void GiveUp(int slot, long at, PopulationRecorder recorder)
    {
        ref var session = ref _sessions[slot];
        if (at < session.EndsAt && ++session.GiveUps >= laws.GiveUpsToFail) End(slot, failed: true, at, recorder);
    }

    private int Add(in Arrival arrival, long startedAt, long length, int requests)
    {
        var block = random.Draw(arrival.Key, Purpose.Session, 0, 1);
        var session = new Session
        {
            User = arrival.User,
            Ordinal = arrival.Ordinal,
            Segment = arrival.Segment,
            Alive = true,
            Model = (byte)laws.Model(random.Draw(arrival.Key, Purpose.Session).UniformB),
            FailsAtEnd = RandomBlock.Uniform(block.W0) < laws.BaseSessionFailure,
            Effort = (byte)(block.W1 % Session.Efforts),
            Requests = requests,
            Context = WorkloadLaws.ContextAfter(requests),
            StartedAt = startedAt,
            EndsAt = startedAt + length,
        };
        // Requests are a Poisson process, so the time to the next one doesn't depend on the time since the last.
        session.NextRequestAt = Math.Max(startedAt, 0) + laws.RequestGap(random.Draw(arrival.Key, Purpose.Request, requests));
        _sessions.Add(session, session.NextEventAt);
        CountActive(arrival.User, arrival.Segment, 1);
        series?.Begin(arrival.Key, startedAt);
        return (block.W2 % 10) switch { < 7 => 0, < 9 => 1, _ => 2 };
    }

    private void CountActive(int user, byte segment, int by)
    {
        _active[segment] += by;
        if (_shard.Owns(user)) _ownActive[segment] += by;
    }

    private void End(int slot, bool failed, long at, PopulationRecorder recorder)
    {
        ref var session = ref _sessions[slot];
        recorder.SessionEnded(session.Key, failed, at - session.StartedAt);
        recorder.Events?.Ended(session.Key, at, failed, at - session.StartedAt);
        series?.End(session.Key, at);
        CountActive(session.User, session.Segment, -1);
        _sessions.Remove(slot);
    }
}
