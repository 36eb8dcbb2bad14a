using System.Text;
using MetricsSim.Configuration;
using MetricsSim.Core.Engine;
using MetricsSim.Hosting;
using MetricsSim.Hosting.Journal;

namespace MetricsSim.Tests.Support;

/// <summary>A daemon inside the test, on free ports of 127.0.0.1, stopped with it.</summary>
internal sealed class RunningDaemon : IAsyncDisposable
{
    /// <summary>What must happen at once still gets this long on a busy machine.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly CancellationTokenSource _stop = new();
    private readonly Task<int> _run;

    private RunningDaemon(Task<int> run, DaemonHandle handle, CancellationTokenSource stop, StringWriter error)
    {
        _run = run;
        _stop = stop;
        Handle = handle;
        Error = error;
        Control = Client(handle.Port);
        Metrics = Client(handle.MetricsPort);
    }

    public DaemonHandle Handle { get; }

    public HttpClient Control { get; }

    public HttpClient Metrics { get; }

    public StringWriter Error { get; }

    public static async Task<RunningDaemon> StartAsync(
        SimulatorConfig? config = null, TimeProvider? time = null, StartSimulation? initial = null, int threads = 1,
        string? groundTruth = null, JournalOptions? journal = null)
    {
        var started = new TaskCompletionSource<DaemonHandle>(TaskCreationOptions.RunContinuationsAsynchronously);
        var stop = new CancellationTokenSource();
        var error = new StringWriter(new StringBuilder());
        var run = Task.Run(() => Daemon.RunAsync(
            new DaemonOptions
            {
                Config = config ?? TestScenarios.Config(),
                Initial = initial,
                Journal = journal,
                Threads = threads,
                GroundTruth = groundTruth,
                Time = time ?? TimeProvider.System,
                Error = TextWriter.Synchronized(error),
                Started = started.SetResult,
            },
            stop.Token));
        if (await Task.WhenAny(run, started.Task).WaitAsync(Patience) == run)
            throw new InvalidOperationException($"The daemon ended with {await run}: {error}");
        var daemon = new RunningDaemon(run, await started.Task, stop, error);
        await daemon.UntilAsync(status => status.Tick >= 0);
        return daemon;
    }

    /// <summary>Waits until the world is as wanted.</summary>
    public Task<WorldStatus> UntilAsync(Predicate<WorldStatus> wanted) => Handle.Loop.UntilAsync(wanted);

    /// <summary>Stops it as a signal would, and says how it ended.</summary>
    public async Task<int> StopAsync()
    {
        await _stop.CancelAsync();
        return await _run.WaitAsync(Patience);
    }

    public async ValueTask DisposeAsync()
    {
        Control.Dispose();
        Metrics.Dispose();
        await StopAsync();
        _stop.Dispose();
    }

    private static HttpClient Client(int port) => new() { BaseAddress = new Uri($"http://127.0.0.1:{port}"), Timeout = Patience };
}

/// <summary>Waiting for a loop without sleeping.</summary>
internal static class LoopWaiting
{
    /// <summary>Ends with the first status, past or to come, that is as wanted.</summary>
    public static async Task<WorldStatus> UntilAsync(this SimulationLoop loop, Predicate<WorldStatus> wanted)
    {
        var reached = new TaskCompletionSource<WorldStatus>(TaskCreationOptions.RunContinuationsAsynchronously);
        loop.Subscribe(status =>
        {
            if (wanted(status)) reached.TrySetResult(status);
        });
        if (loop.LastUpdate is not null && wanted(loop.Status)) return loop.Status;
        return await reached.Task.WaitAsync(RunningDaemon.Patience);
    }
}
