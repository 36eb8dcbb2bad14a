using System.Text.Json.Nodes;
using MetricsSim.Hosting.Runs;
using MetricsSim.Reports;
using Microsoft.AspNetCore.Http.HttpResults;

namespace MetricsSim.Api;

/// <summary><c>GET /api/v1/ground-truth</c>: what was and is wrong.</summary>
internal static class TruthEndpoint
{
    /// <summary>Maps it.</summary>
    /// <param name="routes">The control port.</param>
    public static void MapTruth(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/v1/ground-truth", Get).WithTags("ground truth").WithName("getGroundTruth")
            .WithSummary(
                "The incidents of simulations that run or have ended, and of faults outside of any, in order of start; with filters, those that match both. " +
                "Their shape is that of config/ground-truth.schema.json; end and wall_end are null while an incident goes on.");

    private static Ok<JsonArray> Get(LiveRuns runs, string? simulation, string? scenario) => TypedResults.Ok(TruthJson.Of(runs.Truth(simulation, scenario)));
}
