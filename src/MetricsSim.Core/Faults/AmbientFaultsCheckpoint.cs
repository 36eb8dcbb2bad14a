using MetricsSim.Core.Checkpoints;
using MetricsSim.Core.Workload;

namespace MetricsSim.Core.Faults;

/// <content>Their part of a saved state: those drawn, which end as they began whatever the options are then.</content>
internal sealed partial class AmbientFaults
{
    public void Write(StateWriter to)
    {
        to.Write(_minutes);
        to.Write(_drawn.Count);
        foreach (var (fault, startTick, endTick) in _drawn)
        {
            ScenarioState.Write(to, fault.Spec);
            to.Write(fault.Error);
            to.Write(fault.Key);
            to.Write(startTick);
            to.Write(endTick);
        }

        to.Write(_active.Count);
        foreach (var fault in _active) to.Write(_drawn.FindIndex(drawn => ReferenceEquals(drawn.Fault, fault)));
    }

    public void Read(StateReader from)
    {
        _minutes = from.Between(0, long.MaxValue / MinuteMicros, "minute");
        for (var left = from.Read<int>(); left > 0; left--)
        {
            var (spec, error, key) = (ScenarioState.ReadFault(from), from.Enum<ErrorKind>(), from.Read<ulong>());
            var start = from.Between(0, long.MaxValue / _tickMicros, "first tick");
            var end = from.Between(start, long.MaxValue / _tickMicros, "last tick");
            _drawn.Add((new ActiveFault(spec, -1, key, _random, start * _tickMicros, (end - start) * _tickMicros) { Error = error }, start, end));
        }

        for (var left = from.Read<int>(); left > 0; left--) _active.Add(_drawn[from.Index(_drawn.Count)].Fault);
    }
}
