using System.Globalization;
using MetricsSim.Configuration;
using MetricsSim.Hosting.Journal;

namespace MetricsSim.Hosting.Reload;

/// <summary>
/// Watches the configuration file and the scenario files beside it, and swaps what a running world can swap. Files are looked at each
/// second and read once they have rested for one, so that half of a file that is being written is not taken for the whole.
/// </summary>
internal sealed class HotReload
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly SimulationLoop _loop;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly string _path;
    private SimulatorConfig _config;
    private ConfigSource _source;
    private string _taken = "", _last = "";

    /// <summary>Prepares to watch.</summary>
    /// <param name="config">The configuration in effect, read from a file.</param>
    /// <param name="loop">Where it is swapped.</param>
    /// <param name="time">The clock.</param>
    /// <param name="log">Where findings go.</param>
    public HotReload(SimulatorConfig config, SimulationLoop loop, TimeProvider time, ILogger log)
    {
        (_config, _loop, _time, _log) = (config, loop, time, log);
        _path = config.Path ?? throw new ArgumentException("A configuration without a file can't change.", nameof(config));
        _source = config.Source ?? throw new ArgumentException("A configuration that was not read can't be read again.", nameof(config));
    }

    /// <summary>Watches until told to stop, or until a reloaded configuration says that it shall not.</summary>
    /// <param name="stop">Ends it.</param>
    /// <returns>A task that ends without failing.</returns>
    public async Task RunAsync(CancellationToken stop)
    {
        ReloadLog.Watching(_log, _path);
        using var timer = new PeriodicTimer(Interval, _time);
        try
        {
            while (_config.Document.Development.HotReload && await timer.WaitForNextTickAsync(stop)) await LookAsync();
            ReloadLog.NoLongerWatching(_log, _path);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The daemon ends.
        }
        catch (SimulationStoppedException)
        {
            // So does the world.
        }
    }

    /// <summary>Looks at the files once.</summary>
    /// <returns>A task that ends when what was changed is in effect, or was refused.</returns>
    public async Task LookAsync()
    {
        // A resumed run takes changes once it is where its clock is.
        string now = Signature(_path);
        bool rests = now == _last;
        _last = now;
        if (!rests || now == _taken || _loop.CatchingUp is not null) return;
        _taken = now;
        ConfigResult result = Load();
        if (result.Config is not { } read)
        {
            foreach (ConfigFinding error in result.Errors) ReloadLog.Wrong(_log, error.ToString());
            ReloadLog.NotReloaded(_log, _path, result.Errors.Count);
            return;
        }

        if (!_source.FilesDiffer(read.Source!)) return;
        foreach (ConfigFinding warning in result.Warnings) ReloadLog.Warn(_log, warning.ToString());
        await SwapAsync(read);
    }

    private async Task SwapAsync(SimulatorConfig read)
    {
        SimulatorConfig before = _config, next = read with
        {
            Server = before.Server,
            Logging = before.Logging,
            RemoteWrite = before.RemoteWrite,
            Otlp = before.Otlp,
            PushGateway = before.PushGateway,
            Document = read.Document with { Push = before.Document.Push, Integrations = before.Document.Integrations },
        };
        try
        {
            await _loop.ReloadAsync(next);
            (_config, _source) = (next, read.Source!);
            ReloadLog.Reloaded(_log, _path);
            string restart = string.Join(", ", NeedRestart(before, read));
            if (restart.Length > 0) ReloadLog.NeedsRestart(_log, restart);
            if (next.Speed != before.Speed) await _loop.SetClockAsync(next.Speed, null);
        }
        catch (Exception e) when (e is ArgumentException or JournalFailedException)
        {
            ReloadLog.Refused(_log, _path, e.Message.Split(" (Parameter ")[0]);
        }
    }

    private ConfigResult Load()
    {
        IReadOnlyList<ConfigOverride> asked = _source.Asked;
        ConfigResult result = ConfigLoader.Load(_path, asked, _time);

        // Now is what it was when the run began.
        return result.Config is { Document.Simulation.Start: "now" }
            ? ConfigLoader.Load(_path, (_source with { Overrides = asked }).PinnedTo(_config.World.Start).Overrides, _time)
            : result;
    }

    private static IEnumerable<string> NeedRestart(SimulatorConfig before, SimulatorConfig now)
    {
        if (now.Server.Host != before.Server.Host) yield return "server.host";
        if (now.Server.Port != before.Server.Port) yield return "server.port";
        if (now.Server.MetricsPort != before.Server.MetricsPort) yield return "server.metrics_port";
        if (now.Server.MaxConnections != before.Server.MaxConnections) yield return "server.max_connections";
        if (now.Server.ApiKey != before.Server.ApiKey) yield return "server.api_key";
        if (now.Logging.Level != before.Logging.Level) yield return "logging.level";
        if (now.Logging.Format != before.Logging.Format) yield return "logging.format";
        if (!now.Logging.Handlers.SequenceEqual(before.Logging.Handlers)) yield return "logging.handlers";
        if (!RemoteWriteOptions.Same(now.RemoteWrite, before.RemoteWrite)) yield return "push.remote_write";
        if (!OtlpOptions.Same(now.Otlp, before.Otlp)) yield return "push.otlp";
        if (now.PushGateway != before.PushGateway) yield return "integrations.prometheus";
    }

    // What a file system says of the files; a file that is gone is a change, too.
    private static string Signature(string path)
    {
        try
        {
            return string.Join('\n', ConfigLoader.ScenarioFiles(path).Prepend(path).Select(file => new FileInfo(file))
                .Select(file => string.Create(CultureInfo.InvariantCulture, $"{file.FullName} {(file.Exists ? file.Length : -1)} {file.LastWriteTimeUtc.Ticks}")));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return e.Message;
        }
    }
}
