using System.Text;
using MetricsSim.Configuration;
using MetricsSim.Exposition;
using MetricsSim.Hosting;
using MetricsSim.Push.Otlp;
using MetricsSim.Tests.Exposition;
using MetricsSim.Tests.Support;
using MetricsSim.Wire;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace MetricsSim.Tests.Push.Otlp;

/// <summary>A world that pushes by OTLP to a receiver, on a clock that moves when it is told to.</summary>
internal sealed class OtlpRun : IAsyncDisposable
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private OtlpPusher? _pusher;

    private OtlpRun(WriteReceiver receiver, TestLoop loop) => (Receiver, Loop) = (receiver, loop);

    public WriteReceiver Receiver { get; }

    public TestLoop Loop { get; }

    /// <summary>Starts all three.</summary>
    /// <param name="change">What is asked for beyond the defaults.</param>
    /// <param name="answer">Answers the request with this number, from 0; null takes everything.</param>
    /// <param name="config">The world.</param>
    /// <param name="log">Takes log lines.</param>
    public static async Task<OtlpRun> StartAsync(
        Func<OtlpOptions, OtlpOptions>? change = null, Func<HttpContext, int, Task>? answer = null, SimulatorConfig? config = null, ILogger? log = null)
    {
        OtlpOptions options = change?.Invoke(Options("http://localhost")) ?? Options("http://localhost");
        WriteReceiver receiver = await WriteReceiver.StartAsync(
            answer ?? (options.Grpc ? static (context, _) => OtlpReader.AnswerCallAsync(context, "0") : null),
            listen => listen.Protocols = options.Grpc ? HttpProtocols.Http2 : HttpProtocols.Http1);
        config = (config ?? TestScenarios.Config(60)) with { Otlp = options with { Endpoint = new Uri(receiver.Url, options.Endpoint.AbsolutePath) } };
        var loop = new TestLoop(config);
        var run = new OtlpRun(receiver, loop);
        run._pusher = OtlpPusher.For(config, loop.Loop, loop.Metrics, loop.Clock, log ?? NullLogger.Instance, () => 0);
        await loop.StartAsync();
        run._pusher!.Start();
        return run;
    }

    /// <summary>Lets time pass, and the loop keeps up with it.</summary>
    public async Task PassAsync(int seconds)
    {
        long tick = await Loop.SettledTickAsync();
        for (int passed = 0; passed < seconds; passed++) Loop.Clock.Advance(Second);
        tick += (long)(seconds * Loop.Loop.Clock.Speed);
        while (await Loop.SettledTickAsync() < tick)
        {
            // It is on its way.
        }
    }

    /// <summary>The page, as a scrape gets it now: names with labels as <see cref="CollectorPage.Normal"/> has them.</summary>
    public async Task<Dictionary<string, double>> PageAsync()
    {
        using SnapshotLease lease = await Loop.Loop.AcquireSnapshotAsync(CancellationToken.None);
        PageWriter page = lease.Pages.BeginWorld(ExpositionFormat.Text004, lease.Snapshot);
        var text = new StringBuilder();
        byte[] buffer = new byte[Math.Max(64 * 1024, page.MinimumBuffer)];
        bool more;
        do
        {
            more = page.Fill(buffer, out int written);
            text.Append(Encoding.UTF8.GetString(buffer, 0, written));
        }
        while (more);

        // What tells of the simulator is not the client's to push, and the target is in the resource.
        return PageReader.Read(text.ToString())
            .Where(sample => !sample.Key.StartsWith("metricssim_", StringComparison.Ordinal) && !sample.Key.StartsWith("target_info", StringComparison.Ordinal))
            .ToDictionary(sample => CollectorPage.Normal(sample.Key), sample => sample.Value, StringComparer.Ordinal);
    }

    /// <summary>Ends the pushes, and returns all that came.</summary>
    public async Task<IReadOnlyList<ReceivedWrite>> EndAsync(CancellationToken limit = default)
    {
        await _pusher!.DrainAsync(limit).WaitAsync(RunningDaemon.Patience, CancellationToken.None);
        return Receiver.Received;
    }

    /// <summary>A count of the process.</summary>
    public long Counted(Core.Series.MetricFamily family, int leaf = 0) => Loop.Metrics.Capture().Columns[RuntimeFamilies.All.ToList().IndexOf(family)][leaf];

    public async ValueTask DisposeAsync()
    {
        _pusher?.Dispose();
        await Loop.DisposeAsync();
        await Receiver.DisposeAsync();
    }

    private static OtlpOptions Options(string endpoint) => new() { Endpoint = new Uri(endpoint), Timeout = TimeSpan.FromHours(1) };
}
