using System.Collections.Immutable;
using System.Text.Json;
using System.Threading.Channels;
using MetricsSim.Analysis.Indicators;
using MetricsSim.Core.Engine;
using MetricsSim.Hosting.Runs;

namespace MetricsSim.Hosting;

/// <summary>Something that happened in the world or to its clock.</summary>
/// <param name="Name">What happened, in snake_case.</param>
/// <param name="SimulatedTime">Simulated time of the tick boundary.</param>
/// <param name="WallTime">When it really happened.</param>
internal sealed record LiveEvent(string Name, DateTimeOffset SimulatedTime, DateTimeOffset WallTime)
{
    /// <summary>What the world told, or null.</summary>
    public WorldEvent? World { get; init; }

    /// <summary>How the clock runs from now on, if that changed.</summary>
    public ClockState? Clock { get; init; }

    /// <summary>The simulation that was judged, or null.</summary>
    public LiveRun? Judged { get; init; }

    /// <summary>The verdict on one of its assertions, or null.</summary>
    public Verdict? Verdict { get; init; }
}

/// <summary>
/// Hands events to who follows them. Each follower has a queue of its own; one that lets it fill up is dropped, so that nobody slows
/// the world down or keeps more than that in memory.
/// </summary>
/// <param name="time">The wall clock.</param>
internal sealed class EventHub(TimeProvider time)
{
    /// <summary>Events that a follower may lag behind.</summary>
    public const int QueueLength = 1024;

    /// <summary>Name of a change of the clock.</summary>
    public const string ClockChanged = "clock_changed";

    /// <summary>Name of a swap of the configuration.</summary>
    public const string ConfigReloaded = "config_reloaded";

    /// <summary>Name of a verdict on an assertion.</summary>
    public const string VerdictGiven = "verdict";

    /// <summary>Name of the end of a simulation's verdicts.</summary>
    public const string SimulationJudged = "simulation_judged";

    private ImmutableArray<EventSubscription> _subscriptions = [];

    /// <summary>How many follow.</summary>
    public int Followers => _subscriptions.Length;

    /// <summary>The names that events can have.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Enum.GetValues<WorldEventKind>().Select(NameOf), ClockChanged, ConfigReloaded, VerdictGiven, SimulationJudged];

    /// <summary>Follows from now on.</summary>
    /// <returns>The events, until it is disposed.</returns>
    public EventSubscription Subscribe()
    {
        var subscription = new EventSubscription(this);
        ImmutableInterlocked.Update(ref _subscriptions, static (all, one) => all.Add(one), subscription);
        return subscription;
    }

    /// <summary>Hands an event of the world to all followers.</summary>
    /// <param name="told">What happened.</param>
    public void Publish(WorldEvent told)
    {
        if (!_subscriptions.IsEmpty) Publish(new LiveEvent(NameOf(told.Kind), told.At, time.GetUtcNow()) { World = told });
    }

    /// <summary>Hands a change of the clock to all followers.</summary>
    /// <param name="clock">How it runs from now on.</param>
    /// <param name="at">Simulated time.</param>
    public void Publish(ClockState clock, DateTimeOffset at)
    {
        if (!_subscriptions.IsEmpty) Publish(new LiveEvent(ClockChanged, at, time.GetUtcNow()) { Clock = clock });
    }

    /// <summary>Tells all followers that a new configuration is in effect.</summary>
    /// <param name="at">Simulated time.</param>
    public void PublishReload(DateTimeOffset at)
    {
        if (!_subscriptions.IsEmpty) Publish(new LiveEvent(ConfigReloaded, at, time.GetUtcNow()));
    }

    /// <summary>Hands the verdicts on a simulation to all followers, and then that there are no more.</summary>
    /// <param name="judged">A simulation that was judged.</param>
    public void Publish(LiveRun judged)
    {
        if (_subscriptions.IsEmpty) return;
        foreach (Verdict verdict in judged.Judgement!.Verdicts)
            Publish(new LiveEvent(VerdictGiven, judged.EndedAt, time.GetUtcNow()) { Judged = judged, Verdict = verdict });
        Publish(new LiveEvent(SimulationJudged, judged.EndedAt, time.GetUtcNow()) { Judged = judged });
    }

    internal void Remove(EventSubscription subscription) =>
        ImmutableInterlocked.Update(ref _subscriptions, static (all, one) => all.Remove(one), subscription);

    private static string NameOf(WorldEventKind kind) => JsonNamingPolicy.SnakeCaseLower.ConvertName(kind.ToString());

    private void Publish(LiveEvent live)
    {
        foreach (EventSubscription subscription in _subscriptions)
        {
            if (!subscription.TryAdd(live)) Remove(subscription);
        }
    }
}

/// <summary>One follower's queue.</summary>
internal sealed class EventSubscription : IDisposable
{
    private readonly EventHub _hub;
    private readonly CancellationTokenSource _dropped = new();
    private readonly Channel<LiveEvent> _queue = Channel.CreateBounded<LiveEvent>(EventHub.QueueLength);

    /// <summary>Begins empty.</summary>
    /// <param name="hub">Where it is taken from when disposed.</param>
    public EventSubscription(EventHub hub) => _hub = hub;

    /// <summary>The events; it ends when the follower was dropped.</summary>
    public ChannelReader<LiveEvent> Reader => _queue.Reader;

    /// <summary>Cancelled when the queue was full.</summary>
    public CancellationToken Dropped => _dropped.Token;

    /// <summary>Adds an event, or drops the follower.</summary>
    /// <param name="live">What happened.</param>
    /// <returns>False if it was dropped.</returns>
    public bool TryAdd(LiveEvent live)
    {
        if (_queue.Writer.TryWrite(live)) return true;

        // What hangs on the token must not run on the world's thread.
        if (_queue.Writer.TryComplete()) _ = _dropped.CancelAsync();
        return false;
    }

    /// <summary>Follows no longer. The token stays usable: the world's thread may be about to cancel it.</summary>
    public void Dispose() => _hub.Remove(this);
}
