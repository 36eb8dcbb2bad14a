using System.Numerics;
using MetricsSim.Core.Activity;
using MetricsSim.Core.Numerics;
using MetricsSim.Core.Population;
using MetricsSim.Core.Randomness;
using MetricsSim.Core.Series;
using MetricsSim.Core.Workload;

namespace MetricsSim.Core.Engine;

/// <summary>
/// A run of consecutive users with their sessions and operations: the part of the world that one lane steps at a time. Users never
/// touch each other within a tick, so blocks can be stepped in any order, on any lane.
/// </summary>
internal sealed class UserBlock
{
    /// <summary>Users in a full block: small enough that a block's state stays in a core's cache while it is stepped.</summary>
    public const int Size = 1024;

    private readonly int _first;
    private readonly KeyedRandom _random;
    private readonly WorkloadLaws _laws;
    private readonly OrnsteinUhlenbeck _process;
    private readonly byte[] _segment;
    private readonly double[] _base;
    private readonly double[] _deviation;
    private readonly double[] _enabledFrom;
    private readonly double[] _activity;
    private readonly double[] _weight;
    private readonly double[] _exposureLeft;
    private readonly uint[] _ordinal;
    private readonly DueTable<Session> _sessions = new();
    private readonly DueTable<Operation> _operations = new();
    private readonly DueTable<Comeback> _comebacks = new();
    private readonly long[] _active;
    private long[] _order = new long[16];
    private int[] _ending = new int[16];
    private int _endingCount;
    private double _enabledShare = 1;

    public UserBlock(int first, int count, WorldOptions options, UserDirectory directory, WorkloadLaws laws, OrnsteinUhlenbeck process, KeyedRandom random)
    {
        _first = first;
        _random = random;
        _laws = laws;
        _process = process;
        _segment = new byte[count];
        _base = new double[count];
        _deviation = new double[count];
        _enabledFrom = new double[count];
        _activity = new double[count];
        _weight = new double[count];
        _exposureLeft = new double[count];
        _ordinal = new uint[count];
        _active = new long[options.Population.Segments.Count];
        for (var i = 0; i < count; i++)
        {
            var profile = directory.Profile(first + i);
            _segment[i] = (byte)profile.Segment;
            _base[i] = profile.BaseActivity;
            _deviation[i] = profile.BaseActivity * (options.Population.Segments[profile.Segment].Volatility ?? options.Activity.Brownian.Volatility);
            _enabledFrom[i] = directory.EnabledFrom(first + i);
            var z = Normal.Quantile(random.Draw((ulong)(first + i), Purpose.InitialActivity).UniformA);
            _activity[i] = _weight[i] = process.Stationary(_base[i], _deviation[i], z);
        }
    }

    /// <summary>Sessions in progress by segment.</summary>
    public ReadOnlySpan<long> Active => _active;

    /// <summary>Sum of the users' activities.</summary>
    public double ActivitySum => _activity.Sum();

    /// <summary>Activities of the users.</summary>
    public ReadOnlySpan<double> Activity => _activity;

    /// <summary>The users' segments.</summary>
    public ReadOnlySpan<byte> Segments => _segment;

    /// <summary>Users that may start sessions while a share is enabled.</summary>
    public int EnabledUsers(double share) => _enabledFrom.Count(from => from < share);

    /// <summary>Attempts of the last tick that took their place in the backend's queue.</summary>
    public long Admitted { get; private set; }

    /// <summary>Attempts of the last tick that the backend shed.</summary>
    public long Shed { get; private set; }

    /// <summary>Sessions in progress.</summary>
    public IEnumerable<Session> Sessions => _sessions.Entries.Where(session => session.Alive);

    /// <summary>Puts the sessions in progress at tick 0: Poisson with mean λE[D] per user, lengths length-biased, ages uniform.</summary>
    /// <param name="arrivalsPerSecond">λ of a user of activity 1 at tick 0.</param>
    public void StartStationary(double arrivalsPerSecond)
    {
        for (var i = 0; i < _base.Length; i++)
        {
            var user = _first + i;
            var law = _laws.SessionLengths[_segment[i]];
            var count = Poisson.Draw(
                arrivalsPerSecond * _base[i] * law.Mean, draw => _random.Draw((ulong)user, Purpose.InitialSessions, 0, draw).UniformA);
            for (var n = 0; n < count; n++)
            {
                var block = _random.Draw(SessionKey(user, (uint)n), Purpose.InitialSession);
                var length = (long)(law.DrawLengthBiased(block.UniformA) * 1e6);
                var age = (long)(length * block.UniformB);
                Begin(user, i, (uint)n, -age, length, requestsBefore: true);
            }

            _ordinal[i] = (uint)count;
            _exposureLeft[i] = NextExposure(user, (uint)count);
        }
    }

    /// <summary>Steps the block by one tick: activity, arrivals, session events, operations, ends of sessions.</summary>
    public void Step(in TickContext tick, PopulationRecorder recorder)
    {
        Admitted = 0;
        Shed = 0;
        if (tick.ActivityStep >= 0) StepActivity(tick.ActivityStep);
        if (tick.EnabledShare != _enabledShare) Enable(tick.EnabledShare);
        if (tick.Exposure > 0) Arrive(tick, recorder);
        if (_comebacks.Count > 0) ComeBack(tick, recorder);
        StepSessions(tick);
        StepOperations(tick, recorder);
        EndSessions(recorder);
    }

    private static ulong SessionKey(int user, uint ordinal) => ((ulong)ordinal << 32) | (uint)user;

    private void StepActivity(long step)
    {
        for (var i = 0; i < _activity.Length; i++)
        {
            var z = Normal.Quantile(_random.Draw((ulong)(_first + i), Purpose.ActivityStep, step).UniformA);
            _activity[i] = _process.Next(_activity[i], _base[i], _deviation[i], z);
        }

        Enable(_enabledShare);
    }

    private void Enable(double share)
    {
        _enabledShare = share;
        for (var i = 0; i < _weight.Length; i++) _weight[i] = _enabledFrom[i] < share ? _activity[i] : 0;
    }

    /// <summary>
    /// Arrivals of an inhomogeneous Poisson process by its time change: a unit exponential of exposure passes between two arrivals, and
    /// exposure is activity × the tick's common factor (Devroye, Non-Uniform Random Variate Generation, 1986, §VI.1.3).
    /// </summary>
    private void Arrive(in TickContext tick, PopulationRecorder recorder)
    {
        var i = 0;
        var exposure = new Vector<double>(tick.Exposure);
        for (; i <= _weight.Length - Vector<double>.Count; i += Vector<double>.Count)
        {
            var left = new Vector<double>(_exposureLeft, i) - (new Vector<double>(_weight, i) * exposure);
            left.CopyTo(_exposureLeft, i);
            if (!Vector.LessThanOrEqualAny(left, Vector<double>.Zero)) continue;
            for (var lane = i; lane < i + Vector<double>.Count; lane++) ArriveIfDue(lane, tick, recorder);
        }

        for (; i < _weight.Length; i++)
        {
            _exposureLeft[i] -= _weight[i] * tick.Exposure;
            ArriveIfDue(i, tick, recorder);
        }
    }

    private void ArriveIfDue(int index, in TickContext tick, PopulationRecorder recorder)
    {
        while (_exposureLeft[index] <= 0 && _weight[index] > 0)
        {
            // The overshoot, as a share of the tick's exposure, tells when within the tick the exponential ran out.
            var overshoot = -_exposureLeft[index] / (_weight[index] * tick.Exposure);
            var at = Math.Clamp(tick.To - (long)(overshoot * (tick.To - tick.From)), tick.From, tick.To - 1);
            var user = _first + index;
            var ordinal = _ordinal[index]++;
            if (tick.Faults.RefusalMicros(user) is > 0 and var pause) Refuse(new Comeback(user, ordinal), at, pause, recorder);
            else Begin(user, ordinal, at, recorder);
            _exposureLeft[index] += NextExposure(user, ordinal + 1);
        }
    }

    /// <summary>Users that were kept out try again, and are let in or kept out once more.</summary>
    private void ComeBack(in TickContext tick, PopulationRecorder recorder)
    {
        foreach (var slot in _comebacks.DueBefore(tick.To))
        {
            var (user, ordinal) = _comebacks[slot];
            var at = _comebacks.DueAt(slot);
            _comebacks.Remove(slot);
            if (tick.Faults.RefusalMicros(user) is > 0 and var pause) Refuse(new Comeback(user, ordinal), at, pause, recorder);
            else Begin(user, ordinal, at, recorder);
        }
    }

    private void Refuse(Comeback comeback, long at, long pause, PopulationRecorder recorder)
    {
        var key = SessionKey(comeback.User, comeback.Ordinal);
        var model = _laws.Model(_random.Draw(key, Purpose.Session).UniformB);
        recorder.Request(comeback.User, model, ErrorKind.Auth, WorkloadLaws.RefusalMicros(_random.Draw(key, Purpose.Session, 0, 1)));
        _comebacks.Add(comeback, at + pause);
    }

    private void Begin(int user, uint ordinal, long at, PopulationRecorder recorder)
    {
        var index = user - _first;
        var length = (long)(_laws.SessionLengths[_segment[index]].Draw(_random.Draw(SessionKey(user, ordinal), Purpose.Session).UniformA) * 1e6);
        recorder.Session(user, Begin(user, index, ordinal, at, length, requestsBefore: false));
    }

    private double NextExposure(int user, uint ordinal) => -PortableMath.Log(_random.Draw((ulong)user, Purpose.Arrival, ordinal).UniformA);

    /// <summary>Adds a session and returns the index of its start type.</summary>
    private int Begin(int user, int index, uint ordinal, long startedAt, long length, bool requestsBefore)
    {
        var key = SessionKey(user, ordinal);
        var block = _random.Draw(key, Purpose.Session, 0, 1);
        var requests = requestsBefore ? RequestsBefore(key, -startedAt) : 0;
        var session = new Session
        {
            User = user,
            Ordinal = ordinal,
            Alive = true,
            Model = (byte)_laws.Model(_random.Draw(key, Purpose.Session).UniformB),
            FailsAtEnd = RandomBlock.Uniform(block.W0) < _laws.BaseSessionFailure,
            Effort = (byte)(block.W1 % 3),
            Requests = requests,
            Context = WorkloadLaws.ContextAfter(requests),
            StartedAt = startedAt,
            EndsAt = startedAt + length,
        };
        // Requests are a Poisson process, so the time to the next one doesn't depend on the time since the last.
        session.NextRequestAt = Math.Max(startedAt, 0) + _laws.RequestGap(_random.Draw(key, Purpose.Request, session.Requests));
        _sessions.Add(session, session.NextEventAt);
        _active[_segment[index]]++;
        return (block.W2 % 10) switch { < 7 => 0, < 9 => 1, _ => 2 };
    }

    /// <summary>Apart from <see cref="Begin"/>, which must not allocate: a lambda's captures are allocated where their scope begins.</summary>
    private int RequestsBefore(ulong key, long age) =>
        Poisson.Draw(_laws.RequestsIn(age), draw => _random.Draw(key, Purpose.InitialSession, 0, 1 + draw).UniformA);

    private void StepSessions(in TickContext tick)
    {
        _endingCount = 0;
        foreach (var slot in _sessions.DueBefore(tick.To))
        {
            ref var session = ref _sessions[slot];
            while (session.NextRequestAt < tick.To && session.NextRequestAt < session.EndsAt)
            {
                _operations.Add(
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
                session.Requests++;
                session.NextRequestAt += _laws.RequestGap(_random.Draw(session.Key, Purpose.Request, session.Requests));
            }

            if (session.EndsAt < tick.To)
            {
                if (_endingCount == _ending.Length) Array.Resize(ref _ending, _endingCount * 2);
                _ending[_endingCount++] = slot;
            }

            _sessions.SetDue(slot, session.NextEventAt);
        }
    }

    /// <summary>Plays operations in order of time, so that what happens in a session never depends on where others lie in the table.</summary>
    private void StepOperations(in TickContext tick, PopulationRecorder recorder)
    {
        var due = _operations.DueBefore(tick.To);
        if (_order.Length < due.Length) _order = new long[Math.Max(due.Length, _order.Length * 2)];
        var order = _order.AsSpan(0, due.Length);
        // A tick is at most an hour, so its µs fit the upper half.
        for (var i = 0; i < due.Length; i++) order[i] = ((_operations.DueAt(due[i]) - tick.From) << 31) | (uint)_operations[due[i]].Request;
        if (due.Length > 1) order.Sort(due);
        foreach (var slot in due) Play(slot, tick, recorder);
    }

    private void Play(int slot, in TickContext tick, PopulationRecorder recorder)
    {
        ref var operation = ref _operations[slot];
        var at = _operations.DueAt(slot);
        if (operation.Attempts == 0 && !IsAlive(operation))
        {
            // The session failed before this request could be made.
            _operations.Remove(slot);
            return;
        }

        while (at < tick.To)
        {
            if (operation.Resolved)
            {
                Finish(operation, at, recorder);
                _operations.Remove(slot);
                return;
            }

            at = Attempt(ref operation, at, tick);
        }

        _operations.SetDue(slot, at);
    }

    /// <summary>Makes one attempt and returns when the operation is due again.</summary>
    private long Attempt(ref Operation operation, long at, in TickContext tick)
    {
        var block = _random.Draw(operation.SessionKey, Purpose.Attempt, operation.Request, operation.Attempts);
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
            outcome = _laws.Attempt(block, delay + tick.WaitMicros, out busy);
        }
        else
        {
            busy = WorkloadLaws.RefusalMicros(block);
        }

        operation.BusyMicros += busy;
        var backoff = outcome == ErrorKind.None ? -1 : _laws.Backoff(operation.Attempts, block);
        if (backoff >= 0) return at + busy + backoff;
        operation.Resolved = true;
        operation.Outcome = outcome;
        return at + busy;
    }

    private void Finish(in Operation operation, long at, PopulationRecorder recorder)
    {
        recorder.Request(operation.User, operation.Model, operation.Outcome, operation.BusyMicros);
        var alive = IsAlive(operation);
        ref var session = ref _sessions[operation.Slot];
        if (operation.Outcome != ErrorKind.None)
        {
            if (alive && at < session.EndsAt && ++session.GiveUps >= _laws.GiveUpsToFail) End(operation.Slot, failed: true, at, recorder);
            return;
        }

        var block = _random.Draw(operation.SessionKey, Purpose.Request, operation.Request);
        var tokens = _laws.Tokens(block, operation.Context);
        var querySource = (block.W0 % 10) switch { < 7 => 0, < 9 => 1, _ => 2 };
        recorder.Usage(operation.User, operation.Model, querySource, operation.Effort, tokens, _laws.NanoUsd(operation.Model, tokens));
        ToolUse.Play(_random, operation.SessionKey, operation.Request, operation.User, operation.BusyMicros, recorder);
        if (!alive) return;
        session.GiveUps = 0;
        session.Context = WorkloadLaws.Grow(session.Context, tokens);
    }

    private void EndSessions(PopulationRecorder recorder)
    {
        foreach (var slot in _ending.AsSpan(0, _endingCount))
        {
            // A slot on the list may have failed in this tick; no new session takes it before the next tick's arrivals.
            ref var session = ref _sessions[slot];
            if (session.Alive) End(slot, session.FailsAtEnd, session.EndsAt, recorder);
        }
    }

    private void End(int slot, bool failed, long at, PopulationRecorder recorder)
    {
        ref var session = ref _sessions[slot];
        recorder.SessionEnded(session.User, failed, at - session.StartedAt);
        _active[_segment[session.User - _first]]--;
        _sessions.Remove(slot);
    }

    private bool IsAlive(in Operation operation)
    {
        ref var session = ref _sessions[operation.Slot];
        return session.Alive && session.Key == operation.SessionKey;
    }
}
