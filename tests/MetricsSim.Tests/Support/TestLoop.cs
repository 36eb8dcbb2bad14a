using MetricsSim.Configuration;
using MetricsSim.Core.Engine;
using MetricsSim.Exposition;
using MetricsSim.Hosting;
using MetricsSim.Hosting.Journal;
using MetricsSim.Hosting.Runs;
using Microsoft.Extensions.Logging.Abstractions;

namespace MetricsSim.Tests.Support;

/// <summary>A loop over a real world, driven by a manual clock.</summary>
internal sealed class TestLoop : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();

    public TestLoop(SimulatorConfig? config = null, IJournal? journal = null)
    {
        config ??= TestScenarios.Config();
        World = new World(config.World);
        Metrics = new RuntimeMetrics(Clock);
        Runs = new LiveRuns(World, Clock);
        LoopJournal? notes = journal is null ? null : new LoopJournal(journal, Clock, 0, Runs);
        Loop = new SimulationLoop(World, config.Speed, Clock, Metrics, NullLogger.Instance, Runs, notes);
    }

    public ManualTimeProvider Clock { get; } = new();

    public World World { get; }

    public RuntimeMetrics Metrics { get; }

    public LiveRuns Runs { get; }

    public SimulationLoop Loop { get; }

    public Task Run { get; private set; } = Task.CompletedTask;

    public async Task<TestLoop> StartAsync()
    {
        Run = Loop.RunAsync(_stop.Token);
        await Loop.UntilAsync(_ => true);
        await SettledTickAsync();
        return this;
    }

    /// <summary>
    /// The tick at which the loop rests. The first answer may come before a tick that has become due; the loop has looked at its clock
    /// between the two, so the second can't.
    /// </summary>
    public async Task<long> SettledTickAsync()
    {
        (await Loop.AcquireSnapshotAsync(CancellationToken.None)).Dispose();
        using SnapshotLease lease = await Loop.AcquireSnapshotAsync(CancellationToken.None);
        return lease.Snapshot.Tick;
    }

    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await Run.WaitAsync(RunningDaemon.Patience);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAny(Run).WaitAsync(RunningDaemon.Patience);
        Loop.Dispose();
        _stop.Dispose();
    }
}
