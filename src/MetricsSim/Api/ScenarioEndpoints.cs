using MetricsSim.Core.Engine;
using MetricsSim.Core.Scenarios;
using Microsoft.AspNetCore.Http.HttpResults;

namespace MetricsSim.Api;

/// <summary>The catalogue: what can be started.</summary>
internal static class ScenarioEndpoints
{
    /// <summary>Maps the list and the detail.</summary>
    /// <param name="routes">The control port.</param>
    public static void MapScenarios(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/simulator/scenarios", List).WithTags("scenarios").WithName("listScenarios")
            .WithSummary("Scenarios, by id; with filters, those that match all of them.");
        routes.MapGet("/api/v1/simulator/scenarios/{id}", Detail).WithTags("scenarios").WithName("getScenario")
            .WithSummary("All of a scenario: timeline, assertions, expected outcome, context.")
            .Produces<ScenarioDetail>()
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static Ok<ScenarioRow[]> List(WorldOptions world, string? tag, string? difficulty, string? severity) =>
        TypedResults.Ok(world.Scenarios.Values
            .Where(scenario => tag is null || scenario.Tags.Contains(tag, StringComparer.OrdinalIgnoreCase))
            .Where(scenario => difficulty is null || string.Equals(scenario.Difficulty, difficulty, StringComparison.OrdinalIgnoreCase))
            .Where(scenario => severity is null || string.Equals(scenario.Severity, severity, StringComparison.OrdinalIgnoreCase))
            .OrderBy(scenario => scenario.Id, StringComparer.Ordinal)
            .Select(ScenarioRow.Of)
            .ToArray());

    private static IResult Detail(WorldOptions world, string id) =>
        world.Scenarios.TryGetValue(id, out Scenario? scenario)
            ? TypedResults.Ok(ScenarioDetail.Of(scenario))
            : Problems.NotFound($"There is no scenario {id}.");
}
