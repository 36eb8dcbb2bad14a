using MetricsSim.Configuration;
using MetricsSim.Core.Engine;
using MetricsSim.Exposition;
using MetricsSim.Hosting.Journal;
using MetricsSim.Hosting.Reload;
using MetricsSim.Hosting.Runs;
using MetricsSim.Logging;
using MetricsSim.Push;
using MetricsSim.Push.Otlp;

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
            using DaemonJournal? journal = options.Journal is { } kept ? DaemonJournal.Lock(kept.Path, logs.CreateLogger<DaemonJournal>()) : null;
            DaemonRun run = DaemonRun.Prepare(options, journal, logs.CreateLogger<DaemonJournal>());
            using var ended = run.Lanes as IDisposable;
            return await ServeAsync(options, bind, run, journal, logs, stop);
        }
        catch (Exception e) when (e is BadOptionException or BadJournalException)
        {
            await error.WriteLineAsync($"metricssim: {e.Message}");
            return ExitCodes.BadInput;
        }
        catch (Exception e) when (e is CannotListenException or LogFileException or JournalFailedException)
        {
            await error.WriteLineAsync($"metricssim: {e.Message}");
            return ExitCodes.CannotBindOrWrite;
        }
    }

    private static async Task<int> ServeAsync(
        DaemonOptions options, BindAddress bind, DaemonRun run, DaemonJournal? journal, ILoggerFactory logs, CancellationToken stop)
    {
        ILogger log = logs.CreateLogger(typeof(Daemon).FullName!);
        SimulatorConfig config = run.Config;
        var metrics = new RuntimeMetrics(options.Time);
        using var loop = run.Loop(journal, metrics, logs.CreateLogger<SimulationLoop>());
        using RemoteWriter? push = RemoteWriter.For(config, loop, metrics, options.Time, logs.CreateLogger<RemoteWriter>());
        using OtlpPusher? otlp = OtlpPusher.For(config, loop, metrics, options.Time, logs.CreateLogger<OtlpPusher>());
        using GatewayPusher? gateway = GatewayPusher.For(config, loop, metrics, options.Time, logs.CreateLogger<GatewayPusher>());
        TruthFile? truth = options.GroundTruth is { } path ? new TruthFile(path, log) : null;
        using var sender = new PageSender(options.Threads);
        var limit = new ConnectionLimit(config.Server.MaxConnections);
        var control = new Listener(ListenerRole.Control, limit);
        var scrapes = new Listener(ListenerRole.Metrics, limit);
        await using WebApplication app = DaemonApp.Build(config, bind, loop, run.Runs, metrics, sender, logs, options.Time, () => scrapes.Port, server =>
        {
            Listening.Limit(server);
            control.Add(server, bind, config.Server.Port);
            scrapes.Add(server, bind, config.Server.MetricsPort);
        });
        await app.StartAsync(stop);
        Log.Listening(log, bind.Text, control.Port, scrapes.Port);
        Log.Simulating(log, config.World.Population.Total, config.World.Seed, config.World.Tick, config.Speed, config.World.Start);
        if (run.Initial is { } initial) Log.ScenarioStarted(log, initial.ScenarioId, initial.SimulationId);

        // The journal of the run before is put aside only now that this one has its ports.
        if (journal is not null) run.Open(journal);
        using var end = new CancellationTokenSource();
        Task judging = new RunJudge(run.Runs, loop.Events, truth, logs.CreateLogger<RunJudge>()).RunAsync();
        Task looping = loop.RunAsync(end.Token);
        Task watching = config is { Path: not null, Source: not null, Document.Development.HotReload: true }
            ? new HotReload(config, loop, options.Time, logs.CreateLogger<HotReload>()).RunAsync(end.Token)
            : Task.CompletedTask;
        push?.Start();
        gateway?.Start();
        otlp?.Start();
        options.Started?.Invoke(new DaemonHandle(control.Port, scrapes.Port, loop, metrics, sender));
        await Task.WhenAny(looping, judging, UntilAsync(stop));
        if (looping.IsFaulted) Log.Failed(log, looping.Exception!.InnerException!);
        else if (judging.IsFaulted) Log.Failed(log, judging.Exception!.InnerException!);
        else Log.Stopping(log);

        // The ports go first, so that requests in flight still find the loop.
        using var drain = new CancellationTokenSource(DrainTime, options.Time);
        await app.StopAsync(drain.Token);
        await Task.WhenAll(
            push?.DrainAsync(drain.Token) ?? Task.CompletedTask, gateway?.DrainAsync(drain.Token) ?? Task.CompletedTask,
            otlp?.DrainAsync(drain.Token) ?? Task.CompletedTask);
        await end.CancelAsync();
        await Task.WhenAny(looping);
        await watching;
        run.Runs.Complete();
        await judging;
        await looping;
        Log.Stopped(log, loop.Status.Tick);
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
