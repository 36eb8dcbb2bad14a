using MetricsSim.Configuration;
using MetricsSim.Core.Engine;
using MetricsSim.Exposition;
using MetricsSim.Hosting;
using Microsoft.AspNetCore.Http.HttpResults;

namespace MetricsSim.Api;

/// <summary>How the daemon is: <c>/health</c>, <c>/ready</c>, <c>/config</c>.</summary>
internal static class HealthEndpoints
{
    /// <summary>Maps them.</summary>
    /// <param name="routes">The control port.</param>
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health", Health).WithTags("daemon").WithName("getHealth")
            .WithSummary("What the daemon does, in a few numbers.");
        routes.MapGet("/ready", Ready).WithTags("daemon").WithName("getReady")
            .WithSummary("200 once the first snapshot is out.")
            .Produces<ReadyResponse>()
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        routes.MapGet("/config", Config).WithTags("daemon").WithName("getConfig")
            .WithSummary("The effective configuration, secrets masked.");
    }

    private static Ok<HealthResponse> Health(SimulationLoop loop, RuntimeMetrics metrics, TimeProvider time)
    {
        WorldStatus status = loop.Status;
        return TypedResults.Ok(new HealthResponse
        {
            Status = loop.IsStopped ? "stopped" : loop.CatchingUp is not null ? "catching_up" : loop.JournalFailure is not null ? "degraded" : "healthy",
            UptimeSeconds = Math.Round((time.GetUtcNow() - metrics.StartedAt).TotalSeconds, 3),
            UsersCount = status.Users,
            CurrentScenario = status.CurrentScenario,
            TotalSessions = status.TotalSessions,
            TotalCost = status.TotalCost,
            AvgActivity = status.AverageActivity,
            LastUpdate = loop.LastUpdate,
            SimulatedTime = status.SimulatedTime,
            JournalFailure = loop.JournalFailure,
        });
    }

    private static IResult Ready(SimulationLoop loop) =>
        loop.IsReady ? TypedResults.Ok(new ReadyResponse("ready"))
        : loop.CatchingUp is { } progress ? Problems.Unavailable($"The simulation is catching up after a resume: tick {progress.Tick} of {progress.Target}.")
        : Problems.Unavailable("The simulation is starting or stopping.");

    private static Ok<System.Text.Json.Nodes.JsonObject> Config(SimulatorConfig config) => TypedResults.Ok(EffectiveConfig.ToJson(config));
}

/// <summary>What <c>GET /ready</c> answers.</summary>
/// <param name="Status"><c>ready</c>.</param>
internal sealed record ReadyResponse(string Status);

/// <summary>What <c>GET /health</c> answers.</summary>
internal sealed record HealthResponse
{
    /// <summary><c>healthy</c>; <c>degraded</c> while the journal can't be written; <c>catching_up</c> after a resume; <c>stopped</c> while it drains.</summary>
    public required string Status { get; init; }

    /// <summary>Wall seconds since the start.</summary>
    public required double UptimeSeconds { get; init; }

    /// <summary>Users, enabled or not.</summary>
    public required int UsersCount { get; init; }

    /// <summary>The scenario started last among those that run, or null.</summary>
    public required string? CurrentScenario { get; init; }

    /// <summary>Sessions started since tick 0.</summary>
    public required long TotalSessions { get; init; }

    /// <summary>USD since tick 0.</summary>
    public required double TotalCost { get; init; }

    /// <summary>Mean activity of all users; a user's base activity is about 1.</summary>
    public required double AvgActivity { get; init; }

    /// <summary>Wall time of these numbers.</summary>
    public required DateTimeOffset? LastUpdate { get; init; }

    /// <summary>Simulated time of these numbers.</summary>
    public required DateTimeOffset SimulatedTime { get; init; }

    /// <summary>Why the journal can't be written and changing calls are refused; null if it can, or there is none.</summary>
    public required string? JournalFailure { get; init; }
}
