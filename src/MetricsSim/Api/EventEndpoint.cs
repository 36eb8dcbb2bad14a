using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using MetricsSim.Configuration;
using MetricsSim.Core.Engine;
using MetricsSim.Hosting;

namespace MetricsSim.Api;

/// <summary><c>GET /api/v1/events</c>: what happens, as server-sent events (WHATWG HTML §9.2).</summary>
internal static class EventEndpoint
{
    /// <summary>Where it is.</summary>
    public const string Path = "/api/v1/events";

    /// <summary>After this long without an event a comment is sent, so that both sides see that the other is there.</summary>
    public static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    /// <summary>Maps it.</summary>
    /// <param name="routes">The control port.</param>
    public static void MapEvents(this IEndpointRouteBuilder routes) =>
        routes.MapGet(Path, FollowAsync).WithTags("events").WithName("followEvents")
            .WithSummary("What happens from now on, as server-sent events: " + string.Join(", ", EventHub.Names) + ".")
            .Produces<EventModel>(StatusCodes.Status200OK, "text/event-stream");

    private static async Task FollowAsync(HttpContext context, SimulationLoop loop, TimeProvider time, IHostApplicationLifetime lifetime)
    {
        using EventSubscription subscription = loop.Events.Subscribe();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping, subscription.Dropped);
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-cache";
        context.Response.Headers["X-Accel-Buffering"] = "no";
        try
        {
            await SendAsync(context.Response.BodyWriter, subscription, time, end.Token);
            context.Abort();
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // The client left, the daemon stops, or the client is too slow: then it must not take the part for the whole.
            if (subscription.Dropped.IsCancellationRequested) context.Abort();
        }
    }

    /// <summary>Sends what happens; returns only when the client was dropped for being too slow.</summary>
    private static async Task SendAsync(PipeWriter writer, EventSubscription subscription, TimeProvider time, CancellationToken stop)
    {
        writer.Write(": following\n\n"u8);
        Task<bool>? more = null;
        while (true)
        {
            // The wait begins before the client can know what was sent.
            more ??= subscription.Reader.WaitToReadAsync(stop).AsTask();
            Task<bool> next = more.WaitAsync(Heartbeat, time, stop);
            await writer.FlushAsync(stop);
            try
            {
                if (!await next) return;
            }
            catch (TimeoutException)
            {
                writer.Write(": heartbeat\n\n"u8);
                continue;
            }

            more = null;
            while (subscription.Reader.TryRead(out LiveEvent? live)) Write(writer, live);
        }
    }

    private static void Write(PipeWriter writer, LiveEvent live)
    {
        // JSON without line breaks is one data line.
        writer.Write(Encoding.ASCII.GetBytes($"event: {live.Name}\ndata: "));
        writer.Write(JsonSerializer.SerializeToUtf8Bytes(EventModel.Of(live), ApiJson.Default.EventModel));
        writer.Write("\n\n"u8);
    }
}

/// <summary>The data of an event; what doesn't belong to its kind is left out.</summary>
internal sealed record EventModel
{
    /// <summary>Simulated time of the tick boundary at which it happened.</summary>
    public required DateTimeOffset SimulatedTime { get; init; }

    /// <summary>When it really happened.</summary>
    public required DateTimeOffset WallTime { get; init; }

    /// <summary>The simulation: of its start, its end, its timeline and its faults.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? SimulationId { get; init; }

    /// <summary>What the simulation plays: of its start, its end and its timeline.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ScenarioId { get; init; }

    /// <summary>The entry of the timeline that fired.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public TimelineModel? Timeline { get; init; }

    /// <summary>The fault that began or ended.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public FaultModel? Fault { get; init; }

    /// <summary>The verdict on an assertion of the simulation.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public VerdictModel? Verdict { get; init; }

    /// <summary>How much of the simulation was judged: whole, or part if it was stopped.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Judged { get; init; }

    /// <summary>Whether every assertion of the simulation was shown to hold.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Passed { get; init; }

    /// <summary>The new factor on arrivals.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Load { get; init; }

    /// <summary>The clock's speed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Speed { get; init; }

    /// <summary>Whether the clock stands still.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Paused { get; init; }

    /// <summary>The data of an event.</summary>
    /// <param name="live">The event.</param>
    /// <returns>The data.</returns>
    public static EventModel Of(LiveEvent live)
    {
        WorldEvent? world = live.World;
        return new EventModel
        {
            SimulatedTime = live.SimulatedTime,
            WallTime = live.WallTime,
            SimulationId = world?.Simulation?.SimulationId ?? world?.Fault?.SimulationId ?? live.Judged?.Id,
            ScenarioId = world?.Simulation?.ScenarioId ?? live.Judged?.Scenario.Id,
            Timeline = world?.Entry is { } entry
                ? new TimelineModel(entry.Time.TotalSeconds, entry.Event.Name, entry.Description, EventJson.Of(entry.Event))
                : null,
            Fault = world?.Fault is { } fault ? FaultModel.Of(fault) : null,
            Verdict = live.Verdict is { } verdict ? VerdictModel.Of(verdict) : null,
            Judged = live.Verdict is null ? VerdictModel.Judged(live.Judged?.Judgement) : null,
            Passed = live.Verdict is null ? live.Judged?.Judgement?.Passed : null,
            Load = world?.Load,
            Speed = live.Clock?.Speed,
            Paused = live.Clock?.Paused,
        };
    }
}
