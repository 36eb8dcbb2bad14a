using MetricsSim.Core.Engine;
using MetricsSim.Hosting;
using Microsoft.AspNetCore.Http.HttpResults;

namespace MetricsSim.Api;

/// <summary>What an operator turns by hand: load and clock.</summary>
internal static class OperatorEndpoints
{
    private const string Tag = "operator";

    /// <summary>Maps them.</summary>
    /// <param name="routes">The control port.</param>
    public static void MapOperator(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/load", (SimulationLoop loop) => TypedResults.Ok(LoadModel.Of(loop.Status))).WithTags(Tag).WithName("getLoad")
            .WithSummary("The factor set by hand, and the one in effect.");
        routes.MapPut("/api/v1/load", SetLoadAsync).WithTags(Tag).WithName("setLoad")
            .WithSummary("Sets a factor on arrivals, beside those of simulations.")
            .WithMetadata(new RequestBody(typeof(LoadRequest), Required: true))
            .Produces<LoadModel>().ProducesChangeProblems();
        routes.MapGet("/api/v1/clock", GetClock).WithTags(Tag).WithName("getClock")
            .WithSummary("How the simulated clock runs.");
        routes.MapPut("/api/v1/clock", SetClockAsync).WithTags(Tag).WithName("setClock")
            .WithSummary("Sets the clock's speed, or pauses it; scrapes and calls go on.")
            .WithMetadata(new RequestBody(typeof(ClockRequest), Required: true))
            .Produces<ClockModel>().ProducesChangeProblems();
    }

    private static async Task<IResult> SetLoadAsync(HttpContext context, SimulationLoop loop, TimeProvider time)
    {
        (LoadRequest? request, IResult? problem) = await ChangingCall.ReadAsync(context, time, LoadRequest.Read);
        if (request is null) return problem!;
        CommandOutcome outcome = await loop.SendAsync(new SetLoad(request.Multiplier));
        return outcome.Applied ? TypedResults.Ok(LoadModel.Of(loop.Status)) : ChangingCall.Refusal(outcome);
    }

    private static Ok<ClockModel> GetClock(SimulationLoop loop) => TypedResults.Ok(ClockModel.Of(loop.Clock, loop.Status));

    private static async Task<IResult> SetClockAsync(HttpContext context, SimulationLoop loop, TimeProvider time)
    {
        (ClockRequest? request, IResult? problem) = await ChangingCall.ReadAsync(context, time, ClockRequest.Read);
        if (request is null) return problem!;
        ClockState clock = await loop.SetClockAsync(request.Speed, request.Paused);
        return TypedResults.Ok(ClockModel.Of(clock, loop.Status));
    }
}
