using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Xunit;

namespace MetricsSim.Tests.Support;

/// <summary>A real VictoriaMetrics on a free port of 127.0.0.1 with a data directory of its own; ends with the test.</summary>
internal sealed class VictoriaMetricsServer : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private readonly Process _process;
    private readonly TemporaryDirectory _directory;
    private readonly HttpClient _http;

    private VictoriaMetricsServer(Process process, TemporaryDirectory directory, Uri url)
    {
        (_process, _directory, Url) = (process, directory, url);
        _http = new HttpClient { BaseAddress = url, Timeout = StartLimit };
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
    }

    public Uri Url { get; }

    /// <summary>Starts it and waits until it is ready.</summary>
    public static async Task<VictoriaMetricsServer> StartAsync(CancellationToken cancel)
    {
        var directory = new TemporaryDirectory();
        var port = Ports.Free();
        string[] arguments =
        [
            $"-storageDataPath={directory.File("data")}", $"-httpListenAddr=127.0.0.1:{port}", "-search.latencyOffset=0s", "-memory.allowedBytes=200MB",
        ];
        var start = new ProcessStartInfo(Programs.VictoriaMetrics(), arguments) { UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true };
        var server = new VictoriaMetricsServer(Process.Start(start)!, directory, new Uri($"http://127.0.0.1:{port}"));
        await server.WaitUntilReadyAsync(cancel);
        return server;
    }

    /// <summary>An instant query of now, of what it has taken so far.</summary>
    /// <returns>Each series' labels and value.</returns>
    public async Task<IReadOnlyList<(JsonObject Labels, double Value)>> QueryAsync(string promql, CancellationToken cancel)
    {
        (await _http.GetAsync(new Uri("/internal/force_flush", UriKind.Relative), cancel)).Dispose();
        var text = await _http.GetStringAsync(new Uri($"/api/v1/query?nocache=1&query={Uri.EscapeDataString(promql)}", UriKind.Relative), cancel);
        return
        [
            .. JsonNode.Parse(text)!["data"]!["result"]!.AsArray().Select(row =>
                (row!["metric"]!.AsObject(), double.Parse(row["value"]![1]!.GetValue<string>(), CultureInfo.InvariantCulture))),
        ];
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _directory.Dispose();
    }

    private async Task WaitUntilReadyAsync(CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(StartLimit);
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (await pause.WaitForNextTickAsync(limit.Token))
        {
            Assert.False(_process.HasExited, "VictoriaMetrics ended at start");
            try
            {
                using var response = await _http.GetAsync(new Uri("/health", UriKind.Relative), limit.Token);
                if (response.IsSuccessStatusCode) return;
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }
        }
    }
}
