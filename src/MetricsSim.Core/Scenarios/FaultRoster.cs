using MetricsSim.Core.Engine;
using MetricsSim.Core.Faults;
using MetricsSim.Core.Randomness;

namespace MetricsSim.Core.Scenarios;

/// <summary>Faults of one owner, a simulation or the operator, each with its end.</summary>
/// <param name="options">The world's options.</param>
/// <param name="random">Draws whom its faults hit.</param>
/// <param name="simulation">Id of the simulation they belong to; null for those added by hand.</param>
/// <param name="events">Hears of every start and end.</param>
internal sealed partial class FaultRoster(WorldOptions options, KeyedRandom random, string? simulation, WorldEvents events)
{
    /// <summary>What grows by itself in a fault without an end is spread over this.</summary>
    private static readonly TimeSpan OpenFault = TimeSpan.FromMinutes(5);

    private readonly List<Entry> _entries = [];

    /// <summary>Faults in force.</summary>
    public int Count => _entries.Count;

    /// <summary>The faults, in order of start.</summary>
    public IEnumerable<ActiveFault> Active => _entries.Select(entry => entry.Fault);

    /// <summary>The faults for people, in order of start.</summary>
    public IEnumerable<FaultStatus> Status => _entries.Select(StatusOf);

    private long TickMicros => (long)options.Tick.TotalMicroseconds;

    /// <summary>An id for a fault.</summary>
    /// <param name="random">Draws it.</param>
    /// <param name="entity">Number or key of the fault.</param>
    /// <returns><c>fault_</c> and 8 hex digits.</returns>
    public static string IdOf(KeyedRandom random, ulong entity) => $"fault_{random.Draw(entity, Purpose.Identifier, 0, 3).W0:x8}";

    /// <summary>Begins a fault.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="spec">What it does.</param>
    /// <param name="key">Keys the affected set.</param>
    /// <param name="tick">Its first tick.</param>
    /// <param name="ticks">How many it lasts; null until it is removed.</param>
    /// <returns>The fault as it stands.</returns>
    public FaultStatus Begin(string id, FaultSpec spec, ulong key, long tick, long? ticks)
    {
        var status = StatusOf(Enter(id, spec, key, tick, ticks is null ? long.MaxValue : tick + ticks.Value));
        events.Tell(WorldEventKind.FaultStarted, tick, fault: status);
        return status;
    }

    /// <summary>Ends the faults that have run out; a loop, since RemoveAll would allocate its predicate in every tick.</summary>
    /// <param name="tick">The tick that is about to be stepped.</param>
    /// <returns>Whether one ended.</returns>
    public bool Expire(long tick)
    {
        var before = _entries.Count;
        for (var i = _entries.Count - 1; i >= 0; i--)
        {
            if (_entries[i].EndTick <= tick) End(i, tick);
        }

        return _entries.Count < before;
    }

    /// <summary>Ends one fault.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="tick">The present tick.</param>
    /// <returns>The fault as it stood, or null if there is none.</returns>
    public FaultStatus? End(string id, long tick)
    {
        var index = _entries.FindIndex(entry => entry.Id == id);
        return index < 0 ? null : End(index, tick);
    }

    /// <summary>Ends all faults.</summary>
    /// <param name="tick">The present tick.</param>
    public void Clear(long tick)
    {
        while (_entries.Count > 0) End(0, tick);
    }

    private Entry Enter(string id, FaultSpec spec, ulong key, long startTick, long endTick)
    {
        var model = spec.Model is null ? -1 : options.Models.ToList().FindIndex(known => known.Id == spec.Model);
        var spread = endTick == long.MaxValue ? (long)OpenFault.TotalMicroseconds : (endTick - startTick) * TickMicros;
        var entry = new Entry(id, new ActiveFault(spec, model, key, random, startTick * TickMicros, spread), startTick, endTick);
        _entries.Add(entry);
        return entry;
    }

    private FaultStatus End(int index, long tick)
    {
        var entry = _entries[index];
        _entries.RemoveAt(index);
        var status = StatusOf(entry with { EndTick = Math.Min(entry.EndTick, tick) });
        events.Tell(WorldEventKind.FaultEnded, tick, fault: status);
        return status;
    }

    private FaultStatus StatusOf(Entry entry) => new(
        entry.Id,
        entry.Fault.Spec,
        simulation,
        events.Instant(entry.StartTick),
        entry.EndTick == long.MaxValue ? null : events.Instant(entry.EndTick));

    private readonly record struct Entry(string Id, ActiveFault Fault, long StartTick, long EndTick);
}
