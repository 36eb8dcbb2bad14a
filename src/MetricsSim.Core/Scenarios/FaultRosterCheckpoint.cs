using MetricsSim.Core.Checkpoints;

namespace MetricsSim.Core.Scenarios;

/// <content>Its part of a saved state.</content>
internal sealed partial class FaultRoster
{
    public void Write(StateWriter to)
    {
        to.Write(_entries.Count);
        foreach (var entry in _entries)
        {
            to.Write(entry.Id);
            ScenarioState.Write(to, entry.Fault.Spec);
            to.Write(entry.Fault.Key);
            to.Write(entry.StartTick);
            to.Write(entry.EndTick);
        }
    }

    public void Read(StateReader from)
    {
        for (var left = from.Read<int>(); left > 0; left--)
        {
            var (id, spec, key) = (from.Text(), ScenarioState.ReadFault(from), from.Read<ulong>());
            var start = from.Between(0, long.MaxValue / TickMicros, "first tick");
            Enter(id, spec, key, start, from.Between(start, long.MaxValue, "last tick"));
        }
    }
}
