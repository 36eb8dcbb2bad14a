using System.Diagnostics;
using System.Text;
using MetricsSim.Tests.Support;

namespace MetricsSim.Tests.Deploy;

/// <summary>A server of the stack on 127.0.0.1, killed with the test.</summary>
internal sealed class LoopbackServer : IAsyncDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _log = new();

    private LoopbackServer(Process process, Uri url)
    {
        _process = process;
        Http = new HttpClient { BaseAddress = url, Timeout = RunningDaemon.Patience };
        process.ErrorDataReceived += (_, line) => Log(line.Data);
        process.OutputDataReceived += (_, line) => Log(line.Data);
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
    }

    /// <summary>A client for it.</summary>
    public HttpClient Http { get; }

    private string LogText
    {
        get
        {
            lock (_log) return _log.ToString();
        }
    }

    /// <summary>Starts it and waits until a path answers 200.</summary>
    public static async Task<LoopbackServer> StartAsync(string program, int port, string ready, CancellationToken cancel, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true };
        var server = new LoopbackServer(Process.Start(start)!, new Uri($"http://127.0.0.1:{port}"));
        try
        {
            await server.UntilAsync(ready, program, cancel);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts Debian's Alertmanager with the shipped configuration.</summary>
    public static Task<LoopbackServer> AlertmanagerAsync(TemporaryDirectory directory, int port, CancellationToken cancel) => StartAsync(
        Programs.OfPackage("prometheus-alertmanager", "prometheus-alertmanager"), port, "/-/ready", cancel,
        $"--config.file={DeployFiles.Alertmanager}", $"--storage.path={directory.Path}", $"--web.listen-address=127.0.0.1:{port}", "--cluster.listen-address=");

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private async Task UntilAsync(string ready, string program, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(RunningDaemon.Patience);
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (await pause.WaitForNextTickAsync(limit.Token))
        {
            if (_process.HasExited) throw new InvalidOperationException($"{program} ended at start:\n{LogText}");
            try
            {
                using var response = await Http.GetAsync(new Uri(ready, UriKind.Relative), limit.Token);
                if (response.IsSuccessStatusCode) return;
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }
        }
    }

    private void Log(string? line)
    {
        if (line is null) return;
        lock (_log) _log.AppendLine(line);
    }
}
