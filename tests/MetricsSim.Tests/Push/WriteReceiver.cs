using System.Net;
using MetricsSim.Core.Tests.Wire.RemoteWrite;
using MetricsSim.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace MetricsSim.Tests.Push;

/// <summary>One request that a receiver got.</summary>
internal sealed record ReceivedWrite(string Method, string Path, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public List<WrittenSample> Samples => WriteRequestReader.Read(Body).Samples;
}

/// <summary>A receiver of remote write that answers as it is told and keeps what it got.</summary>
internal sealed class WriteReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Lock _lock = new();
    private readonly List<ReceivedWrite> _received = [];
    private readonly List<(Func<IReadOnlyList<ReceivedWrite>, bool> Wanted, TaskCompletionSource Reached)> _waiting = [];
    private Func<HttpContext, int, Task> _answer = static (_, _) => Task.CompletedTask;

    private WriteReceiver(WebApplication app) => _app = app;

    public Uri Url { get; private set; } = new("http://localhost");

    /// <summary>What came so far.</summary>
    public IReadOnlyList<ReceivedWrite> Received
    {
        get
        {
            lock (_lock) return [.. _received];
        }
    }

    /// <summary>Starts it.</summary>
    /// <param name="answer">Answers the request with this number, from 0; null takes everything.</param>
    /// <param name="listen">Further settings of the socket, e.g. TLS.</param>
    public static async Task<WriteReceiver> StartAsync(Func<HttpContext, int, Task>? answer = null, Action<ListenOptions>? listen = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration()
            .ConfigureKestrel(server => server.Listen(IPAddress.Loopback, 0, options => listen?.Invoke(options)));
        var receiver = new WriteReceiver(builder.Build());
        if (answer is not null) receiver._answer = answer;
        receiver._app.Run(receiver.ReceiveAsync);
        await receiver._app.StartAsync();
        var address = receiver._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        receiver.Url = new Uri($"{address}/api/v1/write");
        return receiver;
    }

    /// <summary>Answers with a status.</summary>
    public static Task StatusAsync(HttpContext context, int status, string body = "")
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsync(body);
    }

    /// <summary>Waits until what came so far is as wanted.</summary>
    public async Task<IReadOnlyList<ReceivedWrite>> UntilAsync(Func<IReadOnlyList<ReceivedWrite>, bool> wanted)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            if (wanted(_received)) reached.SetResult();
            else _waiting.Add((wanted, reached));
        }

        await reached.Task.WaitAsync(RunningDaemon.Patience);
        lock (_lock) return [.. _received];
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }

    private async Task ReceiveAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var headers = context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        int number;
        lock (_lock)
        {
            number = _received.Count;
            _received.Add(new ReceivedWrite(context.Request.Method, context.Request.Path, headers, body.ToArray()));
            foreach (var (_, reached) in _waiting.Where(waiting => waiting.Wanted(_received))) reached.TrySetResult();
        }

        await _answer(context, number);
    }
}
