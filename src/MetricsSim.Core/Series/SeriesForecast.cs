using MetricsSim.Core.Activity;
using MetricsSim.Core.Engine;
using MetricsSim.Core.Groups;
using MetricsSim.Core.Numerics;
using MetricsSim.Core.Population;
using MetricsSim.Core.Randomness;
using MetricsSim.Core.Workload;

namespace MetricsSim.Core.Series;

/// <summary>
/// How many series a world publishes, told from its options alone, as Prometheus counts them: a histogram has one for each bucket, its sum
/// and its count. With <c>session_id</c> these are expected values: sessions come as a Poisson process whose rate follows season and
/// bursts, and their series stay for the session's length and the retention. Scenarios and faults are left out, and so is that
/// overload makes sessions fail. Without <c>preregister</c>, and with quirks that hide series, it is what there is at most.
/// </summary>
public sealed class SeriesForecast
{
    private const double StepSeconds = 60;
    private readonly WorldOptions _options;
    private readonly Seasonality _seasonality;
    private readonly ClampedLogNormal[] _lengths;
    private readonly double[] _activity;
    private readonly double _retention;

    /// <summary>Prepares a forecast: takes time in proportion to the users.</summary>
    /// <param name="options">Validated options.</param>
    public SeriesForecast(WorldOptions options)
    {
        _options = options;
        _seasonality = new Seasonality(options.Activity.Seasonal);
        _lengths = [.. new WorkloadLaws(options).SessionLengths];
        _retention = options.Telemetry.SessionRetention.TotalSeconds;
        var directory = new UserDirectory(options.Population, new KeyedRandom(options.Seed));
        var families = new PopulationFamilies(options, new UserRows(options, directory, false), new UserRows(options, directory, true));
        var shard = options.Telemetry.Shard;
        Families =
        [
            .. families.All.Take(families.PublishedBy(shard)).Select((family, i) => new FamilyForecast(family, families.BySession.Contains(i))),
            .. shard.IsFirst ? new WorldFamilies(options).All.Select(family => new FamilyForecast(family, false)) : [],
        ];
        Lasting = Families.Sum(family => family.Lasting);
        PerSession = Families.Sum(family => family.PerSession);
        Groups = [.. options.SeriesGroups.Select(group => new GroupForecast(group, shard))];
        _activity = new double[_lengths.Length];
        if (PerSession == 0) return;
        for (var user = 0; user < options.Population.Total; user++)
        {
            if (!shard.Owns(user)) continue;
            var profile = directory.Profile(user);
            _activity[profile.Segment] += profile.BaseActivity;
        }
    }

    /// <summary>Series of the population and of the world that stay as long as the world: all of them, without <c>session_id</c>.</summary>
    public long Lasting { get; }

    /// <summary>Series that each session brings; 0 without <c>session_id</c>.</summary>
    public long PerSession { get; }

    /// <summary>Series of each family of the population and of the world.</summary>
    public IReadOnlyList<FamilyForecast> Families { get; }

    /// <summary>Series of each group.</summary>
    public IReadOnlyList<GroupForecast> Groups { get; }

    /// <summary>Series at an instant.</summary>
    /// <param name="at">Simulated time since tick 0, ≥ 0.</param>
    /// <returns>The expected number.</returns>
    public double SeriesAt(TimeSpan at) => Lasting + (PerSession * SessionsAt(at)) + Groups.Sum(group => group.SeriesAt(at));

    /// <summary>Series that come up in a span, those there are at its begin not counted.</summary>
    /// <param name="from">Simulated time since tick 0, ≥ 0.</param>
    /// <param name="to">Its end, ≥ <paramref name="from"/>.</param>
    /// <returns>The expected number.</returns>
    public double SeriesCreated(TimeSpan from, TimeSpan to) => (PerSession * SessionsStarted(from, to)) + Groups.Sum(group => group.SeriesCreated(from, to));

    /// <summary>Sessions that have series at an instant: those in progress, and those that ended within the retention.</summary>
    /// <param name="at">Simulated time since tick 0, ≥ 0.</param>
    /// <returns>The expected number; 0 without <c>session_id</c>.</returns>
    public double SessionsAt(TimeSpan at)
    {
        var now = at.TotalSeconds;
        var longest = _options.Workload.MaxSession.TotalSeconds + _retention;
        // Whom the world found in progress at tick 0, with a residual life of density P(D > x) / E[D].
        var total = Sum(segment => Rate(0) * (_lengths[segment].Mean - _lengths[segment].MeanUpTo(now - _retention)));
        for (var step = Math.Floor(Math.Max(0, now - longest) / StepSeconds) * StepSeconds; step < now; step += StepSeconds)
        {
            var end = Math.Min(step + StepSeconds, now);
            var rate = Rate((step + end) / 2);
            total += Sum(segment => rate * (Presence(segment, now - step) - Presence(segment, now - end)));
        }

        return total;
    }

    /// <summary>Sessions of the shard's users that start in a span.</summary>
    /// <param name="from">Simulated time since tick 0, ≥ 0.</param>
    /// <param name="to">Its end, ≥ <paramref name="from"/>.</param>
    /// <returns>The expected number; 0 without <c>session_id</c>.</returns>
    public double SessionsStarted(TimeSpan from, TimeSpan to)
    {
        var total = 0.0;
        for (var step = from.TotalSeconds; step < to.TotalSeconds; step += StepSeconds)
        {
            var end = Math.Min(step + StepSeconds, to.TotalSeconds);
            total += (end - step) * Rate((step + end) / 2);
        }

        return total * Sum(_ => 1);
    }

    /// <summary>Time that a session which started some time ago has had series, expected, seconds.</summary>
    private double Presence(int segment, double age) => Math.Min(age, _retention) + _lengths[segment].MeanUpTo(age - _retention);

    /// <summary>Sessions per second of a user of activity 1.</summary>
    private double Rate(double seconds)
    {
        var elapsed = TimeSpan.FromSeconds(seconds);
        return _options.Workload.SessionsPerHour / 3600 * _seasonality.Factor(_options.Start + elapsed) * Bursts.Factor(_options.Activity.Burst, elapsed);
    }

    private double Sum(Func<int, double> of)
    {
        var sum = 0.0;
        for (var segment = 0; segment < _activity.Length; segment++) sum += _activity[segment] * of(segment);
        return sum;
    }
}
