using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Xunit;

namespace MetricsSim.Tests.Support;

/// <summary>A real Prometheus on a free port of 127.0.0.1 with a data directory of its own; ends with the test.</summary>
internal sealed class PrometheusServer : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private readonly Process _process;
    private readonly TemporaryDirectory _directory;
    private readonly HttpClient _http;
    private readonly StringBuilder _log = new();

    private PrometheusServer(Process process, TemporaryDirectory directory, Uri url)
    {
        _process = process;
        _directory = directory;
        Url = url;
        _http = new HttpClient { BaseAddress = url, Timeout = TimeSpan.FromSeconds(120) };
        process.ErrorDataReceived += (_, line) => Log(line.Data);
        process.OutputDataReceived += (_, line) => Log(line.Data);
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
    }

    public Uri Url { get; }

    /// <summary>What it logged so far.</summary>
    public string LogText
    {
        get
        {
            lock (_log) return _log.ToString();
        }
    }

    /// <summary>Starts it and waits until it is ready.</summary>
    /// <param name="configuration">Text of <c>prometheus.yml</c>.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <param name="port">Its port; null takes a free one.</param>
    /// <param name="data">A data directory that outlives it; null is one of its own.</param>
    /// <param name="flags">Flags of its own.</param>
    public static Task<PrometheusServer> StartAsync(
        string configuration, CancellationToken cancel, int? port = null, string? data = null, string[]? flags = null)
    {
        var directory = new TemporaryDirectory();
        return StartAsync(configuration, directory, data ?? directory.File("data"), flags ?? [], cancel, port);
    }

    /// <summary>Starts it on data that is there, without anything to scrape, and waits until it is ready.</summary>
    /// <param name="data">The data directory; it outlives the server.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <param name="port">Its port; null takes a free one.</param>
    /// <param name="flags">Further flags.</param>
    public static Task<PrometheusServer> StartOnAsync(string data, CancellationToken cancel, int? port = null, params string[] flags) =>
        StartAsync("", new TemporaryDirectory(), data, ["--storage.tsdb.retention.time=100y", "--web.enable-remote-write-receiver", .. flags], cancel, port);

    private static async Task<PrometheusServer> StartAsync(
        string configuration, TemporaryDirectory directory, string data, string[] flags, CancellationToken cancel, int? port = null)
    {
        port ??= Ports.Free();
        string[] arguments =
        [
            $"--config.file={directory.Write("prometheus.yml", configuration)}",
            $"--storage.tsdb.path={data}",
            $"--web.listen-address=127.0.0.1:{port}",
            "--query.max-samples=200000000",
            "--log.level=info",
            .. flags,
        ];
        var start = new ProcessStartInfo(Programs.Prometheus("prometheus"), arguments)
        {
            UseShellExecute = false,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        var server = new PrometheusServer(Process.Start(start)!, directory, new Uri($"http://127.0.0.1:{port}"));
        await server.WaitUntilReadyAsync(cancel);
        return server;
    }

    /// <summary>An instant query.</summary>
    /// <param name="promql">The expression.</param>
    /// <param name="time">Wall time of the evaluation; null is now.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <returns>Each series' labels and value.</returns>
    public async Task<IReadOnlyList<(JsonObject Labels, double Value)>> QueryAsync(string promql, double? time, CancellationToken cancel)
    {
        var at = time is { } t ? "&time=" + t.ToString("F3", CultureInfo.InvariantCulture) : "";
        var answer = await GetAsync($"/api/v1/query?query={Uri.EscapeDataString(promql)}{at}", cancel);
        return
        [
            .. answer["data"]!["result"]!.AsArray().Select(row =>
                (row!["metric"]!.AsObject(), double.Parse(row["value"]![1]!.GetValue<string>(), CultureInfo.InvariantCulture))),
        ];
    }

    /// <summary>An instant query for one number.</summary>
    public async Task<double> ScalarAsync(string promql, double? time, CancellationToken cancel)
    {
        var rows = await QueryAsync(promql, time, cancel);
        Assert.True(rows.Count == 1, $"{promql} has {rows.Count} results, not one");
        return rows[0].Value;
    }

    /// <summary>The raw samples of a selector over the seconds before a time.</summary>
    /// <returns>Wall time in seconds and value, in order.</returns>
    public async Task<IReadOnlyList<(double Time, double Value)>> SamplesAsync(string selector, int seconds, CancellationToken cancel)
    {
        var answer = await GetAsync($"/api/v1/query?query={Uri.EscapeDataString($"{selector}[{seconds}s]")}", cancel);
        var series = Assert.Single(answer["data"]!["result"]!.AsArray());
        return
        [
            .. series!["values"]!.AsArray().Select(pair =>
                (pair![0]!.GetValue<double>(), double.Parse(pair[1]!.GetValue<string>(), CultureInfo.InvariantCulture))),
        ];
    }

    /// <summary>Sends samples of one series by remote write 1.0.</summary>
    /// <param name="name">Name of the series, which has no other labels.</param>
    /// <param name="samples">ms since the Unix epoch, and value.</param>
    /// <param name="cancel">Ends the wait.</param>
    public async Task RemoteWriteAsync(string name, IEnumerable<(long Time, double Value)> samples, CancellationToken cancel)
    {
        using var content = new ByteArrayContent(RemoteWriteMessage.Of(name, samples));
        content.Headers.Add("Content-Encoding", "snappy");
        content.Headers.Add("X-Prometheus-Remote-Write-Version", "0.1.0");
        using var response = await _http.PostAsync(new Uri("/api/v1/write", UriKind.Relative), content, cancel);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync(cancel));
    }

    /// <summary>Any path of its HTTP API.</summary>
    public async Task<JsonNode> GetAsync(string path, CancellationToken cancel)
    {
        using var response = await _http.GetAsync(new Uri(path, UriKind.Relative), cancel);
        var body = await response.Content.ReadAsStringAsync(cancel);
        Assert.True(response.IsSuccessStatusCode, $"{path}: {(int)response.StatusCode} {body}");
        return JsonNode.Parse(body)!;
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _directory.Dispose();
    }

    /// <summary>Waits until it has tried to scrape its first target.</summary>
    public async Task UntilScrapingAsync(CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(StartLimit);
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (await pause.WaitForNextTickAsync(limit.Token))
        {
            if ((await QueryAsync("up", null, limit.Token)).Count > 0) return;
        }
    }

    private async Task WaitUntilReadyAsync(CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(StartLimit);
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (await pause.WaitForNextTickAsync(limit.Token))
        {
            if (_process.HasExited) throw new InvalidOperationException($"Prometheus ended at start:\n{LogText}");
            try
            {
                using var response = await _http.GetAsync(new Uri("/-/ready", UriKind.Relative), limit.Token);
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
