using BenchmarkDotNet.Attributes;
using MetricsSim.Core.Engine;
using MetricsSim.Core.Series;

namespace MetricsSim.Benchmarks.Engine;

/// <summary>
/// One tick of the world on one core, and one snapshot. The million has its user labels off, so that its series aggregate.
/// Worlds are warmed past table growth; what the allocation column shows then is what a tick allocates.
/// </summary>
[Config(typeof(BenchmarkSettings))]
public class TickBenchmarks
{
    private const int TicksPerOperation = 60;
    private World _world = null!;
    private Snapshot _snapshot = null!;

    [Params(100, 10_000, 1_000_000)]
    public int Users { get; set; }

    [GlobalSetup]
    public void Warm()
    {
        _world = new World(Worlds.Of(Users));
        _snapshot = new Snapshot(_world.Layout);
        _world.Step(300);
    }

    /// <summary>A mean over a minute of ticks, so that activity steps, which come every sixth tick, weigh as they do in a run.</summary>
    [Benchmark(OperationsPerInvoke = TicksPerOperation)]
    public void Tick() => _world.Step(TicksPerOperation);

    [Benchmark]
    public void CopySnapshot() => _world.CopyTo(_snapshot);
}
