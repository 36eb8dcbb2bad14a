using MetricsSim.Core.Checkpoints;

namespace MetricsSim.Core.Scenarios;

/// <content>Its part of a saved state. How they compose follows from the rest.</content>
internal sealed partial class SimulationSet
{
    public void Write(StateWriter to)
    {
        to.Write(_started);
        to.Write(_faultsAdded);
        to.Write(ManualLoad);
        _ownFaults.Write(to);
        to.Write(_running.Count);
        foreach (var simulation in _running) simulation.Write(to);
        to.Write(_ended.Count);
        foreach (var ended in _ended) ScenarioState.Write(to, ended);
        _ambient.Write(to);
    }

    public void Read(StateReader from, long tick)
    {
        _started = from.Read<ulong>();
        _faultsAdded = from.Read<ulong>();
        ManualLoad = from.Finite("load");
        _ownFaults.Read(from);
        for (var left = from.Read<int>(); left > 0; left--) _running.Add(new Simulation(from, tick, _options, Events));
        for (var left = from.Read<int>(); left > 0; left--) _ended.Add(ScenarioState.ReadEnded(from));
        _ambient.Read(from);
        Compose(tick);
    }
}
