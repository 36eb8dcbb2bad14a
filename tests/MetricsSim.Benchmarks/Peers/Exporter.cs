using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace MetricsSim.Benchmarks.Peers;

/// <summary>An exporter that is measured; one that was started here is ended with it.</summary>
internal sealed class Exporter : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(2);
    private readonly Process? _process;
    private readonly bool _isOwn;

    private Exporter(string name, Uri url, Process? process, bool isOwn) => (Name, Url, _process, _isOwn) = (name, url, process, isOwn);

    public string Name { get; }

    public Uri Url { get; }

    /// <summary>Processor time so far; null where the process is not known.</summary>
    public TimeSpan? CpuTime
    {
        get
        {
            _process?.Refresh();
            return _process?.TotalProcessorTime;
        }
    }

    /// <summary>Resident memory, bytes; null where the process is not known.</summary>
    public long? ResidentBytes
    {
        get
        {
            _process?.Refresh();
            return _process?.WorkingSet64;
        }
    }

    /// <summary>One that runs already.</summary>
    public static Exporter Running(string name, Uri url, int? processId) =>
        new(name, url, processId is { } id ? Process.GetProcessById(id) : null, isOwn: false);

    /// <summary>MetricsSim with a configuration.</summary>
    public static Task<Exporter> StartOursAsync(string config)
    {
        var (port, metricsPort) = (FreePort(), FreePort());
        return StartAsync(
            "metricssim",
            new Uri($"http://127.0.0.1:{metricsPort}/metrics"),
            "dotnet",
            [OurProgram.Path, "serve", "--config", config, "--port", $"{port}", "--metrics-port", $"{metricsPort}", "--journal", "off"]);
    }

    /// <summary>Starts one and waits for its page.</summary>
    /// <exception cref="InvalidOperationException">It ended before it answered.</exception>
    public static async Task<Exporter> StartAsync(string name, Uri url, string program, IReadOnlyList<string> arguments)
    {
        var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var log = new List<string>();
        process.OutputDataReceived += (_, line) => Note(line.Data);
        process.ErrorDataReceived += (_, line) => Note(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        using var http = new HttpClient { Timeout = StartLimit };
        using var limit = new CancellationTokenSource(StartLimit);
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        while (await pause.WaitForNextTickAsync(limit.Token))
        {
            if (process.HasExited) throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}: {string.Join('\n', log)}");
            try
            {
                using var answer = await http.GetAsync(url, HttpCompletionOption.ResponseHeadersRead, limit.Token);
                if (answer.IsSuccessStatusCode) break;
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }
        }

        return new Exporter(name, url, process, isOwn: true);

        void Note(string? line)
        {
            if (line is null) return;
            lock (log) log.Add(line);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is null) return;
        if (_isOwn && !_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
