using System.Numerics;
using MetricsSim.Core.Activity;
using MetricsSim.Core.Engine;
using MetricsSim.Core.Numerics;
using MetricsSim.Core.Randomness;
using MetricsSim.Core.Series;
using MetricsSim.Core.Workload;

namespace MetricsSim.Core.Population;

/// <summary>The users of a block, column by column: how active they are, and when each one's next session is due.</summary>
internal sealed partial class UserColumns
{
    private readonly int _first;
    private readonly KeyedRandom _random;
    private readonly OrnsteinUhlenbeck _process;
    private readonly byte[] _segment;
    private readonly double[] _base;
    private readonly double[] _deviation;
    private readonly double[] _enabledFrom;
    private readonly double[] _activity;
    private readonly double[] _weight;
    private readonly double[] _exposureLeft;
    private readonly uint[] _ordinal;
    private double _enabledShare = 1;

    public UserColumns(int first, int count, WorldOptions options, UserDirectory directory, OrnsteinUhlenbeck process, KeyedRandom random)
    {
        _first = first;
        _random = random;
        _process = process;
        _segment = new byte[count];
        _base = new double[count];
        _deviation = new double[count];
        _enabledFrom = new double[count];
        _activity = new double[count];
        _weight = new double[count];
        _exposureLeft = new double[count];
        _ordinal = new uint[count];
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

    /// <summary>Activities.</summary>
    public ReadOnlySpan<double> Activity => _activity;

    /// <summary>Sum of the activities.</summary>
    public double ActivitySum => _activity.Sum();

    /// <summary>Users that may start sessions while a share is enabled.</summary>
    public int EnabledUsers(double share) => _enabledFrom.Count(from => from < share);

    /// <summary>Whether a user may start sessions while a share is enabled.</summary>
    public bool IsEnabled(int user, double share) => _enabledFrom[user - _first] < share;

    /// <summary>Puts the sessions in progress at tick 0: Poisson with mean λE[D] per user.</summary>
    /// <param name="arrivalsPerSecond">λ of a user of activity 1 at tick 0.</param>
    /// <param name="sessions">Where they go.</param>
    public void StartStationary(double arrivalsPerSecond, SessionTable sessions)
    {
        for (var i = 0; i < _base.Length; i++)
        {
            var user = _first + i;
            var count = Poisson.Draw(
                arrivalsPerSecond * _base[i] * sessions.MeanSeconds(_segment[i]), draw => _random.Draw((ulong)user, Purpose.InitialSessions, 0, draw).UniformA);
            for (var n = 0; n < count; n++) sessions.AddInProgress(user, _segment[i], (uint)n);
            _ordinal[i] = (uint)count;
            _exposureLeft[i] = NextExposure(user, (uint)count);
        }
    }

    /// <summary>Steps activity when it is time, and enables the share of users that the tick asks for.</summary>
    public void Step(in TickContext tick)
    {
        if (tick.ActivityStep >= 0)
        {
            for (var i = 0; i < _activity.Length; i++)
            {
                var z = Normal.Quantile(_random.Draw((ulong)(_first + i), Purpose.ActivityStep, tick.ActivityStep).UniformA);
                _activity[i] = _process.Next(_activity[i], _base[i], _deviation[i], z);
            }
        }
        else if (tick.EnabledShare == _enabledShare)
        {
            return;
        }

        _enabledShare = tick.EnabledShare;
        Weigh();
    }

    /// <summary>
    /// Arrivals of an inhomogeneous Poisson process by its time change: a unit exponential of exposure passes between two arrivals, and
    /// exposure is activity × the tick's common factor (Devroye, Non-Uniform Random Variate Generation, 1986, §VI.1.3).
    /// </summary>
    public void Arrive(in TickContext tick, SessionTable sessions, PopulationRecorder recorder)
    {
        if (tick.Exposure <= 0) return;
        var i = 0;
        var exposure = new Vector<double>(tick.Exposure);
        for (; i <= _weight.Length - Vector<double>.Count; i += Vector<double>.Count)
        {
            var left = new Vector<double>(_exposureLeft, i) - (new Vector<double>(_weight, i) * exposure);
            left.CopyTo(_exposureLeft, i);
            if (!Vector.LessThanOrEqualAny(left, Vector<double>.Zero)) continue;
            for (var lane = i; lane < i + Vector<double>.Count; lane++) ArriveIfDue(lane, tick, sessions, recorder);
        }

        for (; i < _weight.Length; i++)
        {
            _exposureLeft[i] -= _weight[i] * tick.Exposure;
            ArriveIfDue(i, tick, sessions, recorder);
        }
    }

    private void Weigh()
    {
        for (var i = 0; i < _weight.Length; i++) _weight[i] = _enabledFrom[i] < _enabledShare ? _activity[i] : 0;
    }

    private void ArriveIfDue(int index, in TickContext tick, SessionTable sessions, PopulationRecorder recorder)
    {
        while (_exposureLeft[index] <= 0 && _weight[index] > 0)
        {
            // The overshoot, as a share of the tick's exposure, tells when within the tick the exponential ran out.
            var overshoot = -_exposureLeft[index] / (_weight[index] * tick.Exposure);
            var at = Math.Clamp(tick.To - (long)(overshoot * (tick.To - tick.From)), tick.From, tick.To - 1);
            var ordinal = _ordinal[index]++;
            sessions.Start(new Arrival(_first + index, ordinal, _segment[index]), at, tick, recorder);
            _exposureLeft[index] += NextExposure(_first + index, ordinal + 1);
        }
    }

    private double NextExposure(int user, uint ordinal) => -PortableMath.Log(_random.Draw((ulong)user, Purpose.Arrival, ordinal).UniformA);
}
