using BenchmarkDotNet.Attributes;
using MetricsSim.Core.Checkpoints;
using MetricsSim.Core.Engine;

namespace MetricsSim.Benchmarks.Engine;

/// <summary>
/// Saving a world, going on from it, and going on under other options, on one core, without a disk. Labels as in <see cref="TickBenchmarks"/>; the size of a state is
/// printed when it is first made.
/// </summary>
[Config(typeof(BenchmarkSettings))]
public class CheckpointBenchmarks : IDisposable
{
    private readonly MemoryStream _state = new();
    private World _world = null!;

    [Params(100, 10_000, 100_000, 1_000_000)]
    public int Users { get; set; }

    [GlobalSetup]
    public void Warm()
    {
        _world = new World(Worlds.Of(Users));
        _world.Step(300);
        _world.Save(new StateWriter(_state));
        Console.WriteLine($"// the state of {Users} users has {_state.Length} bytes");
    }

    [Benchmark]
    public void Save()
    {
        _state.Position = 0;
        _world.Save(new StateWriter(_state));
    }

    [Benchmark]
    public World Restore()
    {
        _state.Position = 0;
        return World.Restore(_world.Options, new StateReader(_state));
    }

    /// <summary>As when a price or a limit has changed.</summary>
    [Benchmark]
    public World Reload() => _world.Reloaded(_world.Options with { Backend = new BackendOptions { Retries = 1 } });

    /// <summary>As when each user's label values have changed, so that rows are compared one by one.</summary>
    [Benchmark]
    public World ReloadLabels() => _world.Reloaded(_world.Options with { Telemetry = new TelemetryOptions { Labels = Worlds.Of(Users).Telemetry.Labels with { AppVersion = true } } });

    [GlobalCleanup]
    public void Dispose()
    {
        _state.Dispose();
        GC.SuppressFinalize(this);
    }
}
