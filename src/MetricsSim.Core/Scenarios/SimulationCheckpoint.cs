using MetricsSim.Core.Checkpoints;
using MetricsSim.Core.Engine;
using MetricsSim.Core.Randomness;

namespace MetricsSim.Core.Scenarios;

/// <content>Its part of a saved state, while it runs.</content>
internal sealed partial class Simulation
{
    /// <summary>Goes on with a running simulation.</summary>
    public Simulation(StateReader from, long tick, WorldOptions options, WorldEvents events)
    {
        _options = options;
        _events = events;
        Id = from.Text();
        Scenario = ScenarioState.Read(from);
        Compress = from.Finite("compression");
        if (Compress is < StartSimulation.LeastCompress or > StartSimulation.MostCompress) throw from.Damaged($"a compression of {Compress} is not possible");
        _seed = from.Read<ulong>();
        _random = new KeyedRandom(_seed);
        StartTick = from.Between(0, tick, "start");
        EndTick = from.Between(StartTick, long.MaxValue, "end");
        _next = (int)from.Between(0, Scenario.Timeline.Count, "next entry");
        (BaseLoad, Growth, EnabledShare) = (from.Finite("load"), from.Finite("growth"), from.Finite("enabled share"));
        for (var left = from.Read<int>(); left > 0; left--) _bursts.Add((from.Finite("burst"), from.Read<long>()));
        _faults = new FaultRoster(options, _random, Id, events);
        _faults.Read(from);
    }

    public void Write(StateWriter to)
    {
        to.Write(Id);
        ScenarioState.Write(to, Scenario);
        to.Write(Compress);
        to.Write(_seed);
        to.Write(StartTick);
        to.Write(EndTick);
        to.Write((long)_next);
        to.Write(BaseLoad);
        to.Write(Growth);
        to.Write(EnabledShare);
        to.Write(_bursts.Count);
        foreach (var (multiplier, endTick) in _bursts)
        {
            to.Write(multiplier);
            to.Write(endTick);
        }

        _faults.Write(to);
    }
}
