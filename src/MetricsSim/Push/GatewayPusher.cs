using MetricsSim.Configuration;
using MetricsSim.Exposition;
using MetricsSim.Hosting;
using MetricsSim.Wire;

namespace MetricsSim.Push;

/// <summary>
/// Puts the world's page into its group at a Pushgateway each interval. A page replaces the one before, so one that was not taken is not tried
/// again: the next is newer.
/// </summary>
internal sealed class GatewayPusher : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly PushGatewayOptions _options;
    private readonly SimulationLoop _loop;
    private readonly RuntimeMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly PushHealth _health;
    private readonly HttpClient _http = PushHttp.Client();
    private readonly PushLoop _pushes;

    private GatewayPusher(PushGatewayOptions options, SimulationLoop loop, RuntimeMetrics metrics, TimeProvider time, ILogger log)
    {
        (_options, _loop, _metrics, _time, _log) = (options, loop, metrics, time, log);
        _health = new PushHealth(options.Url, log);
        _pushes = new PushLoop(options.Interval, time, log, PushAsync);
    }

    /// <summary>Prepares to push, where the configuration asks for it.</summary>
    /// <param name="config">The configuration.</param>
    /// <param name="loop">Where snapshots come from.</param>
    /// <param name="metrics">Where pushes are counted.</param>
    /// <param name="time">The wall clock.</param>
    /// <param name="log">Where it says how the gateway is.</param>
    /// <returns>Null if nothing is to be pushed.</returns>
    public static GatewayPusher? For(SimulatorConfig config, SimulationLoop loop, RuntimeMetrics metrics, TimeProvider time, ILogger log) =>
        config.PushGateway is { } options ? new GatewayPusher(options, loop, metrics, time, log) : null;

    /// <summary>Begins to push: at once, then each interval.</summary>
    public void Start()
    {
        PushLog.Putting(_log, _options.Url, _options.Interval);
        _pushes.Start();
    }

    /// <summary>Pushes a last time; the group stays at the gateway.</summary>
    /// <param name="limit">When to give up.</param>
    /// <returns>A task that ends without failing.</returns>
    public Task DrainAsync(CancellationToken limit) => _pushes.EndAsync(limit);

    /// <inheritdoc />
    public void Dispose()
    {
        _http.Dispose();
        _pushes.Dispose();
    }

    private async Task PushAsync(CancellationToken stop)
    {
        using SnapshotLease lease = await _loop.AcquireSnapshotAsync(stop);

        // An exporter that is down sends nothing, and the gateway goes on to show what it has.
        if (lease.Snapshot.ExporterDown) return;
        const ExpositionFormat Format = ExpositionFormat.Text004;
        using var message = new HttpRequestMessage(HttpMethod.Put, _options.Url);
        message.Content = new PageContent(lease.Pages.BeginWorld(Format, lease.Snapshot), Format);
        SendResult result = await SendAsync(message, stop);
        _metrics.RecordPut(result.Outcome == SendOutcome.Sent);
        _health.Tell(result);
    }

    private async Task<SendResult> SendAsync(HttpRequestMessage message, CancellationToken stop)
    {
        using var limit = new CancellationTokenSource(Patience, _time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stop);
        try
        {
            using HttpResponseMessage response = await _http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, both.Token);
            return response.IsSuccessStatusCode ? new SendResult(SendOutcome.Sent) : new SendResult(SendOutcome.Retry, $"{(int)response.StatusCode}");
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return PushHttp.NoAnswer(Patience);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return PushHttp.Failed(e);
        }
    }
}
