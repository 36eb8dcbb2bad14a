using System.Text.Json;
using MetricsSim.Core.Engine;
using MetricsSim.Core.Scenarios;
using MetricsSim.Hosting;
using MetricsSim.Hosting.Runs;
using Microsoft.AspNetCore.Http.HttpResults;

namespace MetricsSim.Api;

/// <summary>Simulations: start, switch, look, stop.</summary>
internal static class SimulationEndpoints
{
    private const string Tag = "simulations";

    /// <summary>Maps them.</summary>
    /// <param name="routes">The control port.</param>
    public static void MapSimulations(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/scenario", SwitchAsync).WithTags(Tag).WithName("switchScenario")
            .WithSummary("Stops what runs, then starts a scenario.")
            .WithMetadata(new RequestBody(typeof(SwitchRequest), Required: true))
            .Produces<StartResponse>().ProducesChangeProblems();
        routes.MapPost("/api/v1/simulator/scenarios/{id}/start", StartAsync).WithTags(Tag).WithName("startScenario")
            .WithSummary("Starts a scenario beside whatever runs.")
            .WithMetadata(new RequestBody(typeof(StartRequest), Required: false))
            .Produces<StartResponse>().ProducesChangeProblems().ProducesProblem(StatusCodes.Status404NotFound);
        routes.MapGet("/api/v1/simulator/simulations", List).WithTags(Tag).WithName("listSimulations")
            .WithSummary("Running simulations, then the ended ones, latest first in each.");
        routes.MapGet("/api/v1/simulator/simulations/{sim}", Detail).WithTags(Tag).WithName("getSimulation")
            .WithSummary("One simulation: status, progress, next event, verdicts; while it runs, what they are so far.")
            .Produces<SimulationModel>().ProducesProblem(StatusCodes.Status404NotFound);
        routes.MapPost("/api/v1/simulator/simulations/{sim}/stop", StopAsync).WithTags(Tag).WithName("stopSimulation")
            .WithSummary("Stops a simulation: its load, enablement and faults end.")
            .WithMetadata(new RequestBody(typeof(StopRequest), Required: false))
            .Produces<SimulationModel>().ProducesChangeProblems()
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static async Task<IResult> SwitchAsync(HttpContext context, SimulationLoop loop, WorldOptions world, TimeProvider time) =>
        await ChangingCall.ReadAsync(context, time, (body, errors) => SwitchRequest.Read(body, world, errors)) switch
        {
            (SwitchRequest request, null) => await SendStartAsync(loop, world.Scenarios[request.Scenario], request.ToCommand()),
            (_, var problem) => problem!,
        };

    private static async Task<IResult> StartAsync(HttpContext context, SimulationLoop loop, WorldOptions world, TimeProvider time, string id)
    {
        if (!world.Scenarios.TryGetValue(id, out Scenario? scenario)) return Problems.NotFound($"There is no scenario {id}.");
        return await ChangingCall.ReadAsync(context, time, StartRequest.Read) switch
        {
            (StartRequest request, null) => await SendStartAsync(loop, scenario, request.ToCommand(id)),
            (_, var problem) => problem!,
        };
    }

    private static async Task<IResult> StopAsync(HttpContext context, SimulationLoop loop, LiveRuns runs, TimeProvider time, string sim)
    {
        if (await ChangingCall.ReadAsync(context, time, StopRequest.Read) is (_, { } problem)) return problem;
        CommandOutcome outcome = await loop.SendAsync(new StopSimulation(sim));
        return outcome is { Applied: true, Simulation: { } simulation } ? TypedResults.Ok(Model(runs, simulation, soFar: false)) : ChangingCall.Refusal(outcome);
    }

    private static Ok<SimulationModel[]> List(SimulationLoop loop, LiveRuns runs) =>
        TypedResults.Ok(loop.Status.Simulations.Select(simulation => Model(runs, simulation, soFar: false)).ToArray());

    private static IResult Detail(SimulationLoop loop, LiveRuns runs, string sim) =>
        loop.Status.Simulations.FirstOrDefault(simulation => simulation.SimulationId == sim) is { } found
            ? TypedResults.Ok(Model(runs, found, soFar: true))
            : Problems.NotFound($"There is no simulation {sim}.");

    private static SimulationModel Model(LiveRuns runs, SimulationStatus simulation, bool soFar) =>
        SimulationModel.Of(simulation, runs.JudgementOf(simulation.SimulationId, soFar));

    private static async Task<IResult> SendStartAsync(SimulationLoop loop, Scenario scenario, StartSimulation command)
    {
        CommandOutcome outcome = await loop.SendAsync(command);
        return outcome is { Applied: true, Simulation: { } simulation } ? TypedResults.Ok(StartResponse.Of(simulation, scenario)) : ChangingCall.Refusal(outcome);
    }
}

/// <summary>The body of a stop: nothing.</summary>
internal sealed record StopRequest
{
    /// <summary>Reads it.</summary>
    /// <param name="body">A JSON object.</param>
    /// <param name="errors">Where errors go.</param>
    /// <returns>Nothing.</returns>
    public static StopRequest Read(JsonElement body, FieldErrors errors)
    {
        foreach (JsonProperty property in body.EnumerateObject()) errors.Add(property.Name, "is not known here; a stop takes no fields");
        return new StopRequest();
    }
}
