using System.Text.Json.Nodes;
using MetricsSim.Configuration;
using MetricsSim.Core.Engine;
using MetricsSim.Core.Faults;
using MetricsSim.Core.Scenarios;
using MetricsSim.Hosting;
using Microsoft.AspNetCore.Http.HttpResults;

namespace MetricsSim.Api;

/// <summary>Faults by hand: list, begin, end.</summary>
internal static class FaultEndpoints
{
    private const string Tag = "faults";

    /// <summary>Maps them.</summary>
    /// <param name="routes">The control port.</param>
    public static void MapFaults(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/faults", List).WithTags(Tag).WithName("listFaults")
            .WithSummary("Faults in force: those added by hand, those of simulations, those of the background.");
        routes.MapPost("/api/v1/faults", AddAsync).WithTags(Tag).WithName("addFault")
            .WithSummary("Begins a fault, with the parameters of inject_failure in a scenario.")
            .WithMetadata(new RequestBody(typeof(FaultRequest), Required: true))
            .Produces<FaultModel>().ProducesChangeProblems();
        routes.MapDelete("/api/v1/faults/{id}", RemoveAsync).WithTags(Tag).WithName("removeFault")
            .WithSummary("Ends a fault that was added by hand.")
            .Produces<FaultModel>().ProducesChangeProblems()
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static Ok<FaultModel[]> List(SimulationLoop loop) => TypedResults.Ok(loop.Status.Faults.Select(FaultModel.Of).ToArray());

    private static async Task<IResult> AddAsync(HttpContext context, SimulationLoop loop, WorldOptions world, TimeProvider time) =>
        await ChangingCall.ReadAsync(context, time, (body, errors) => FaultRequest.Read(body, world, errors)) switch
        {
            (AddFault command, null) => await SendAsync(loop, command),
            (_, var problem) => problem!,
        };

    private static Task<IResult> RemoveAsync(SimulationLoop loop, string id) => SendAsync(loop, new RemoveFault(id));

    private static async Task<IResult> SendAsync(SimulationLoop loop, WorldCommand command)
    {
        CommandOutcome outcome = await loop.SendAsync(command);
        return outcome is { Applied: true, Fault: { } fault } ? TypedResults.Ok(FaultModel.Of(fault)) : ChangingCall.Refusal(outcome);
    }
}

/// <summary>A fault in force, or one just ended.</summary>
internal sealed record FaultModel
{
    /// <summary><c>fault_</c> and 8 hex digits.</summary>
    public required string FaultId { get; init; }

    /// <summary>What breaks.</summary>
    public required string Type { get; init; }

    /// <summary>The simulation it belongs to and ends with; null for one that was added by hand or is of the background.</summary>
    public required string? SimulationId { get; init; }

    /// <summary>Whether it is one of the background (fault_injection), which begin by chance and end by themselves.</summary>
    public required bool Ambient { get; init; }

    /// <summary>Simulated time of its start.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Simulated time of its end, or null if it has none by itself.</summary>
    public required DateTimeOffset? EndsAt { get; init; }

    /// <summary>Its parameters under the names that files use; durations in seconds.</summary>
    public required JsonObject Parameters { get; init; }

    /// <summary>The model of a fault.</summary>
    /// <param name="fault">As seen at a tick boundary.</param>
    /// <returns>The model.</returns>
    public static FaultModel Of(FaultStatus fault)
    {
        JsonObject parameters = EventJson.Of(new InjectFailureEvent(fault.Fault, fault.EndsAt - fault.StartedAt));
        parameters.Remove("type");
        return new FaultModel
        {
            FaultId = fault.FaultId,
            Type = fault.Fault.Type.SnakeCase(),
            SimulationId = fault.SimulationId,
            Ambient = fault.Ambient,
            StartedAt = fault.StartedAt,
            EndsAt = fault.EndsAt,
            Parameters = parameters,
        };
    }
}
