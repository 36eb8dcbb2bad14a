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
    /// The tick at which the loop rests. A batch of ticks ends when somebody asks, so an answer may come in the middle of what is due; but at
    /// least one tick that is due is stepped between two answers.
    /// </summary>
    public async Task<long> SettledTickAsync()
    {
        for (long before = -1; ;)
        {
            using SnapshotLease lease = await Loop.AcquireSnapshotAsync(CancellationToken.None);
            if (lease.Snapshot.Tick == before) return before;
            before = lease.Snapshot.Tick;
        }
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
