using MetricsSim.Core.Engine;
using MetricsSim.Core.Randomness;
using MetricsSim.Core.Scenarios;

namespace MetricsSim.Core.Faults;

/// <summary>
/// Faults of the background. For each minute since tick 0 and each kind it is drawn whether one begins, and when within the minute; so
/// they are the same whatever the tick is, but for the rounding of their times to it.
/// </summary>
/// <param name="options">The world's options.</param>
/// <param name="events">Hears of every start and end.</param>
internal sealed partial class AmbientFaults(WorldOptions options, WorldEvents events)
{
    private const long MinuteMicros = 60_000_000;
    private readonly KeyedRandom _random = new(options.Seed);
    private readonly long _tickMicros = (long)options.Tick.TotalMicroseconds;
    private readonly List<(ActiveFault Fault, long StartTick, long EndTick)> _drawn = [];
    private readonly List<ActiveFault> _active = [];
    private long _minutes;

    /// <summary>Those in force.</summary>
    public IReadOnlyList<ActiveFault> Active => _active;

    /// <summary>Those in force, for people, in order of start.</summary>
    public IEnumerable<FaultStatus> Status => _drawn.Where(drawn => _active.Contains(drawn.Fault)).OrderBy(drawn => drawn.StartTick).Select(StatusOf);

    /// <summary>Begins and ends what is due.</summary>
    /// <param name="tick">The tick that is about to be stepped.</param>
    /// <returns>Whether anything changed.</returns>
    public bool Advance(long tick)
    {
        for (; _minutes * MinuteMicros < (tick + 1) * _tickMicros; _minutes++) Draw(_minutes);
        var changed = false;
        for (var i = _drawn.Count - 1; i >= 0; i--)
        {
            var (fault, startTick, endTick) = _drawn[i];
            if (startTick == tick)
            {
                _active.Add(fault);
                events.Tell(WorldEventKind.FaultStarted, tick, fault: StatusOf(_drawn[i]));
                changed = true;
            }

            if (endTick > tick) continue;
            _active.Remove(fault);
            events.Tell(WorldEventKind.FaultEnded, tick, fault: StatusOf(_drawn[i]));
            _drawn.RemoveAt(i);
            changed = true;
        }

        return changed;
    }

    private FaultStatus StatusOf((ActiveFault Fault, long StartTick, long EndTick) drawn) => new(
        FaultRoster.IdOf(_random, drawn.Fault.Key), drawn.Fault.Spec, null, events.Instant(drawn.StartTick), events.Instant(drawn.EndTick))
    {
        Ambient = true,
    };

    private void Draw(long minute)
    {
        for (var kind = 0; kind < options.AmbientFaults.Count; kind++)
        {
            var ambient = options.AmbientFaults[kind];
            var block = _random.Draw((ulong)kind, Purpose.AmbientFault, minute);
            if (block.UniformA >= ambient.Probability) continue;
            var startTick = ((minute * MinuteMicros) + (long)(block.UniformB * MinuteMicros) + _tickMicros - 1) / _tickMicros;
            var ticks = Math.Max(1, (long)AmbientFault.Length.TotalMicroseconds / _tickMicros);
            var error = _random.Draw((ulong)kind, Purpose.AmbientFault, minute, 1).W0 % (uint)ambient.Errors.Count;
            var fault = new ActiveFault(
                ambient.Spec, -1, KeyedRandom.KeyOf($"ambient/{kind}/{minute}"), _random, startTick * _tickMicros, ticks * _tickMicros)
            {
                Error = ambient.Errors[(int)error],
            };
            _drawn.Add((fault, startTick, startTick + ticks));
        }
    }
}
