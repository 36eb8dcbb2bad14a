using MetricsSim.Configuration;
using MetricsSim.Core.Engine;
using MetricsSim.Exposition;
using MetricsSim.Hosting.Runs;
using MetricsSim.Logging;

namespace MetricsSim.Hosting;

/// <summary>The daemon: one world, its loop, two ports.</summary>
internal static class Daemon
{
    private static readonly TimeSpan DrainTime = TimeSpan.FromSeconds(5);

    /// <summary>Runs until told to stop, then drains: requests in flight are answered, then the loop ends, then the log is flushed.</summary>
    /// <param name="options">What to run.</param>
    /// <param name="stop">Ends it.</param>
    /// <returns>One of <see cref="ExitCodes"/>; errors of the user are on the error stream, one line each.</returns>
    public static async Task<int> RunAsync(DaemonOptions options, CancellationToken stop)
    {
        TextWriter error = options.Error ?? Console.Error;
        try
        {
            BindAddress bind = Check(options.Config.Server);
            using ILoggerFactory logs = LogSetup.Create(options.Config.Logging, options.Time, error);
            ILanes lanes = ThreadLanes.For(options.Threads, options.Config.World.Population.Total);
            using var ended = lanes as IDisposable;
            var world = new World(options.Config.World, lanes);
            var runs = new LiveRuns(world, options.Time);
            SimulationStatus? initial = Begin(world, runs, options.Initial);
            return await ServeAsync(options, bind, world, runs, initial, logs, stop);
        }
        catch (BadOptionException e)
        {
            await error.WriteLineAsync($"metricssim: {e.Message}");
            return ExitCodes.BadInput;
        }
        catch (Exception e) when (e is CannotListenException or LogFileException)
        {
            await error.WriteLineAsync($"metricssim: {e.Message}");
            return ExitCodes.CannotBindOrWrite;
        }
    }

    private static async Task<int> ServeAsync(
        DaemonOptions options, BindAddress bind, World world, LiveRuns runs, SimulationStatus? initial, ILoggerFactory logs, CancellationToken stop)
    {
        ILogger log = logs.CreateLogger(typeof(Daemon).FullName!);
        SimulatorConfig config = options.Config;
        var metrics = new RuntimeMetrics(options.Time);
        using var loop = new SimulationLoop(world, config.Speed, options.Time, metrics, logs.CreateLogger<SimulationLoop>(), runs);
        TruthFile? truth = options.GroundTruth is { } path ? new TruthFile(path, log) : null;
        var limit = new ConnectionLimit(config.Server.MaxConnections);
        var control = new Listener(ListenerRole.Control, limit);
        var scrapes = new Listener(ListenerRole.Metrics, limit);
        await using WebApplication app = DaemonApp.Build(config, bind, loop, runs, metrics, logs, options.Time, () => scrapes.Port, server =>
        {
            Listening.Limit(server);
            control.Add(server, bind, config.Server.Port);
            scrapes.Add(server, bind, config.Server.MetricsPort);
        });
        await app.StartAsync(stop);
        Log.Listening(log, bind.Text, control.Port, scrapes.Port);
        Log.Simulating(log, config.World.Population.Total, config.World.Seed, config.World.Tick, config.Speed, config.World.Start);
        if (initial is not null) Log.ScenarioStarted(log, initial.ScenarioId, initial.SimulationId);

        using var end = new CancellationTokenSource();
        Task judging = new RunJudge(runs, loop.Events, truth, logs.CreateLogger<RunJudge>()).RunAsync();
        Task run = loop.RunAsync(end.Token);
        options.Started?.Invoke(new DaemonHandle(control.Port, scrapes.Port, loop, metrics));
        await Task.WhenAny(run, judging, UntilAsync(stop));
        if (run.IsFaulted) Log.Failed(log, run.Exception!.InnerException!);
        else if (judging.IsFaulted) Log.Failed(log, judging.Exception!.InnerException!);
        else Log.Stopping(log);

        // The ports go first, so that requests in flight still find the loop.
        using var drain = new CancellationTokenSource(DrainTime, options.Time);
        await app.StopAsync(drain.Token);
        await end.CancelAsync();
        await Task.WhenAny(run);
        runs.Complete();
        await judging;
        await run;
        Log.Stopped(log, world.Tick);
        return truth is { IsStale: true } ? ExitCodes.CannotBindOrWrite : ExitCodes.Ok;
    }

    private static BindAddress Check(ServerOptions server)
    {
        if (!BindAddress.TryParse(server.Host, out BindAddress? bind))
            throw new BadOptionException($"can't listen on \"{server.Host}\": allowed are localhost, an IP address, or * for all");
        if (!bind.IsLoopback && string.IsNullOrEmpty(server.ApiKey))
            throw new BadOptionException($"listening on {server.Host} needs a key for changing calls: set server.api_key or METRICSSIM_API_KEY");
        return bind;
    }

    private static SimulationStatus? Begin(World world, LiveRuns runs, StartSimulation? initial)
    {
        if (initial is null) return null;
        if (initial.Compress is not (>= StartSimulation.LeastCompress and <= StartSimulation.MostCompress))
            throw new BadOptionException($"can't compress a timeline by {initial.Compress}: allowed are {StartSimulation.LeastCompress} to {StartSimulation.MostCompress}");
        world.Observer = runs.Hear;
        CommandOutcome outcome = world.Apply(initial);
        runs.Applied(world, initial, outcome);
        return outcome.Applied ? outcome.Simulation : throw new BadOptionException(outcome.Detail ?? $"can't start scenario {initial.ScenarioId}");
    }

    private static async Task UntilAsync(CancellationToken stop)
    {
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using CancellationTokenRegistration registration = stop.UnsafeRegister(static s => ((TaskCompletionSource)s!).TrySetResult(), stopped);
        await stopped.Task;
    }
}

/// <summary>An option that the daemon can't be started with.</summary>
internal sealed class BadOptionException : ArgumentException
{
    /// <summary>Says nothing more.</summary>
    public BadOptionException()
    {
    }

    /// <summary>Says why.</summary>
    /// <param name="message">One line.</param>
    public BadOptionException(string message)
        : base(message)
    {
    }

    /// <summary>Says why, and keeps the cause.</summary>
    /// <param name="message">One line.</param>
    /// <param name="innerException">The cause.</param>
    public BadOptionException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
