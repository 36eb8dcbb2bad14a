using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using MetricsSim.Cli;
using MetricsSim.Configuration;
using MetricsSim.Prometheus;

namespace MetricsSim.Studies;

/// <summary>A Prometheus on a free port of 127.0.0.1, over data that is there. It ends with the study, whatever ends that.</summary>
internal sealed class StudyServer : IAsyncDisposable
{
    /// <summary>Longer than the server's own limit for queries, which is two minutes.</summary>
    private static readonly PrometheusClientOptions Limits = new() { Timeout = TimeSpan.FromSeconds(150) };

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LongestStart = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan LongestGoodbye = TimeSpan.FromSeconds(10);

    private readonly Process _process;
    private readonly HttpClient _http;
    private readonly string _configuration;
    private readonly EventHandler _exit;
    private volatile string _lastLine = "";

    private StudyServer(string program, string directory, int port)
    {
        _configuration = Path.Combine(directory, "prometheus.yml");
        OutputException.Guard(() => File.WriteAllText(_configuration, ""));
        _process = Process.Start(new ProcessStartInfo(program,
        [
            $"--config.file={_configuration}", $"--storage.tsdb.path={Data(directory)}", $"--web.listen-address=127.0.0.1:{port}",
            "--web.enable-lifecycle", "--storage.tsdb.retention.time=100y", "--log.level=warn",
        ])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        }) ?? throw new StudyServerException($"{program} could not be started");
        // A second interrupt ends this program without unwinding anything.
        _exit = (_, _) => Kill();
        AppDomain.CurrentDomain.ProcessExit += _exit;
        _process.ErrorDataReceived += (_, line) => _lastLine = line.Data ?? _lastLine;
        _process.OutputDataReceived += (_, _) => { };
        _process.BeginErrorReadLine();
        _process.BeginOutputReadLine();
        var address = PrometheusAddress.Parse($"http://127.0.0.1:{port}")!;
        Client = new PrometheusClient(address, Limits);
        _http = new HttpClient { BaseAddress = address.Url, Timeout = TimeSpan.FromSeconds(30) };
    }

    /// <summary>Asks it.</summary>
    public PrometheusClient Client { get; }

    /// <summary>From its start to its readiness.</summary>
    public TimeSpan StartTime { get; private set; }

    /// <summary>How it ended, after a moment for it to be over with when it no longer answers.</summary>
    /// <param name="stop">Gives up.</param>
    /// <returns>Words; null when it runs.</returns>
    public async Task<string?> EndingAsync(CancellationToken stop)
    {
        for (var look = 0; look < 100 && !_process.HasExited; look++) await Task.Delay(Look, stop);
        if (!_process.HasExited) return null;

        // What it said last may come after its end, and something that it started may hold the pipe open.
        using var moment = CancellationTokenSource.CreateLinkedTokenSource(stop);
        moment.CancelAfter(LongestGoodbye);
        await Task.WhenAny(_process.WaitForExitAsync(moment.Token));
        stop.ThrowIfCancellationRequested();
        return _process.ExitCode == 137
            ? "Prometheus was killed, as a system does that is out of memory"
            : $"Prometheus ended with {_process.ExitCode}{(_lastLine.Length > 0 ? $": {_lastLine}" : "")}";
    }

    /// <summary>Where its data is.</summary>
    /// <param name="directory">A directory of its own.</param>
    public static string Data(string directory) => Path.Combine(directory, "data");

    /// <summary>Starts it and waits until it is ready.</summary>
    /// <param name="program">Path of the program.</param>
    /// <param name="directory">A directory of its own, with data or without.</param>
    /// <param name="stop">Gives up.</param>
    /// <returns>A server without targets.</returns>
    /// <exception cref="StudyServerException">It does not start.</exception>
    public static async Task<StudyServer> StartAsync(string program, string directory, CancellationToken stop)
    {
        StudyServer? server = null;
        try
        {
            var watch = Stopwatch.StartNew();
            server = new StudyServer(program, directory, FreePort());
            using var pause = new PeriodicTimer(Look);
            while (await pause.WaitForNextTickAsync(stop))
            {
                if (server._process.HasExited) throw new StudyServerException((await server.EndingAsync(stop))!);
                if (watch.Elapsed > LongestStart) throw new StudyServerException($"Prometheus is not ready after {LongestStart.TotalMinutes:0} min");
                try
                {
                    await server.Client.ReadyAsync(stop);
                    server.StartTime = watch.Elapsed;
                    return server;
                }
                catch (PrometheusException e) when (e.IsTransient)
                {
                    // Not yet.
                }
                catch (PrometheusException e)
                {
                    throw new StudyServerException(e.Message);
                }
            }

            throw new OperationCanceledException(stop);
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new StudyServerException($"{program} could not be started: {e.Message}");
        }
        catch when (server is not null)
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Makes it scrape.</summary>
    /// <param name="port">Port of the target on 127.0.0.1.</param>
    /// <param name="interval">How often.</param>
    /// <param name="stop">Gives up.</param>
    /// <exception cref="StudyServerException">It does not answer.</exception>
    public async Task ScrapeAsync(int port, TimeSpan interval, CancellationToken stop)
    {
        var every = $"{interval.TotalMilliseconds:0}ms";
        var job = StudyPlan.Target[0].Value;
        var labels = string.Join(", ", StudyPlan.Target.Skip(1).Select(label => $"{label.Name}: \"{label.Value}\""));
        OutputException.Guard(() => File.WriteAllText(_configuration, $$"""
            global: { scrape_interval: {{every}}, scrape_timeout: {{every}} }
            scrape_configs: [{ job_name: {{job}}, static_configs: [{ targets: ["127.0.0.1:{{port}}"], labels: { {{labels}} } }] }]
            """));
        await TalkAsync(async () =>
        {
            using var answer = await _http.PostAsync(new Uri("-/reload", UriKind.Relative), null, stop);
            return answer.EnsureSuccessStatusCode().StatusCode;
        }, stop);
    }

    /// <summary>Reads metrics of its own.</summary>
    /// <param name="name">Name of a metric without labels.</param>
    /// <param name="stop">Gives up.</param>
    /// <returns>Its value; NaN when it has none.</returns>
    /// <exception cref="StudyServerException">It does not answer.</exception>
    public async Task<double> OwnAsync(string name, CancellationToken stop)
    {
        var page = await TalkAsync(() => _http.GetStringAsync(new Uri("metrics", UriKind.Relative), stop), stop);
        var line = page.Split('\n').FirstOrDefault(line => line.StartsWith(name + " ", StringComparison.Ordinal));
        return line is not null && double.TryParse(line[name.Length..], NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : double.NaN;
    }

    /// <summary>Its resident memory, bytes.</summary>
    /// <param name="stop">Gives up.</param>
    /// <exception cref="StudyServerException">It does not answer.</exception>
    public async Task<long> ResidentAsync(CancellationToken stop) => (long)await OwnAsync("process_resident_memory_bytes", stop);

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        Kill();
        await _process.WaitForExitAsync();
        AppDomain.CurrentDomain.ProcessExit -= _exit;
        _process.Dispose();
        Client.Dispose();
        _http.Dispose();
    }

    private async Task<T> TalkAsync<T>(Func<Task<T>> ask, CancellationToken stop)
    {
        try
        {
            return await ask();
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException && !stop.IsCancellationRequested)
        {
            throw new StudyServerException(await EndingAsync(stop) ?? $"Prometheus does not answer: {e.Message}");
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private void Kill()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It is gone.
        }
    }
}

/// <summary>The Prometheus of a study does not start, or ended; the message is one line for the user.</summary>
/// <param name="message">Made one line that a terminal can show, as the server has a say in it.</param>
internal sealed class StudyServerException(string message) : Exception(Quoting.Plain(message));
