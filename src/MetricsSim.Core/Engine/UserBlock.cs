using MetricsSim.Core.Activity;
using MetricsSim.Core.Population;
using MetricsSim.Core.Randomness;
using MetricsSim.Core.Series;
using MetricsSim.Core.Workload;

namespace MetricsSim.Core.Engine;

/// <summary>
/// A run of consecutive users with their sessions and operations: the part of the world that one lane steps at a time. Users never
/// touch each other within a tick, so blocks can be stepped in any order, on any lane.
/// </summary>
internal sealed partial class UserBlock
{
    /// <summary>Users in a full block: small enough that a block's state stays in a core's cache while it is stepped.</summary>
    public const int Size = 1024;

    private readonly UserColumns _users;
    private readonly SessionTable _sessions;
    private readonly OperationTable _operations;

    public UserBlock(
        int first, int count, WorldOptions options, UserDirectory directory, WorkloadLaws laws, OrnsteinUhlenbeck process, KeyedRandom random, PopulationFamilies families)
    {
        Series = families.BySession.Count > 0 ? new SessionSeries(families, options, random) : null;
        _users = new UserColumns(first, count, options, directory, process, random);
        _sessions = new SessionTable(options, laws, random, Series);
        _operations = new OperationTable(_sessions, laws, random);
    }

    /// <summary>Series of the sessions, while they have series of their own.</summary>
    public SessionSeries? Series { get; }

    /// <summary>Sessions in progress by segment.</summary>
    public ReadOnlySpan<long> Active => _sessions.Active;

    /// <summary>Those of the shard's own users.</summary>
    public ReadOnlySpan<long> OwnActive => _sessions.OwnActive;

    /// <summary>Sum of the users' activities.</summary>
    public double ActivitySum => _users.ActivitySum;

    /// <summary>Activities of the users.</summary>
    public ReadOnlySpan<double> Activity => _users.Activity;

    /// <summary>Attempts of the last tick that took their place in the backend's queue.</summary>
    public long Admitted => _operations.Admitted;

    /// <summary>Attempts of the last tick that the backend shed.</summary>
    public long Shed => _operations.Shed;

    /// <summary>API requests in flight, those that wait for their next attempt included.</summary>
    public int InFlight => _operations.Count;

    /// <summary>Sessions in progress.</summary>
    public IEnumerable<Session> Sessions => _sessions.InProgress;

    /// <summary>Users that may start sessions while a share is enabled.</summary>
    public int EnabledUsers(double share) => _users.EnabledUsers(share);

    /// <summary>Puts the sessions in progress at tick 0.</summary>
    /// <param name="arrivalsPerSecond">Sessions per second of a user of activity 1 at tick 0.</param>
    public void StartStationary(double arrivalsPerSecond) => _users.StartStationary(arrivalsPerSecond, _sessions);

    /// <summary>Steps the block by one tick: activity, arrivals, requests, operations, ends of sessions.</summary>
    public void Step(in TickContext tick, PopulationRecorder recorder)
    {
        recorder.Enter(Series);
        _users.Step(tick);
        _users.Arrive(tick, _sessions, recorder);
        _sessions.ComeBack(tick, _users, recorder);
        _sessions.Step(tick, _operations);
        _operations.Step(tick, recorder);
        _sessions.EndNoted(recorder);
        Series?.Expire(tick.To, _operations);
    }
}
