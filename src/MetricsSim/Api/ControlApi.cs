using System.Text.Json;
using System.Text.Json.Serialization;
using MetricsSim.Hosting;
using MetricsSim.Hosting.Journal;

namespace MetricsSim.Api;

/// <summary>The control port.</summary>
internal static class ControlApi
{
    /// <summary>Registers what the control API needs.</summary>
    /// <param name="services">The services.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddControlApi(this IServiceCollection services)
    {
        services.AddRouting();
        services.AddProblemDetails(options => options.CustomizeProblemDetails = context =>
        {
            if (context.Exception is { } e && IsUnavailable(e)) context.ProblemDetails.Detail = e.Message;
        });
        services.AddControlDocument();
        return services.ConfigureHttpJsonOptions(options =>
        {
            options.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
            options.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
            options.SerializerOptions.TypeInfoResolverChain.Insert(0, ApiJson.Default);
        });
    }

    /// <summary>Puts the control API into the pipeline: who may call, errors as problem+json, then the routes.</summary>
    /// <param name="app">The application.</param>
    public static void UseControlApi(this WebApplication app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            StatusCodeSelector = e => IsUnavailable(e) ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status500InternalServerError,
            SuppressDiagnosticsCallback = context => IsUnavailable(context.Exception),
        });
        app.UseStatusCodePages();
        app.UseMiddleware<RequestGuard>();
        app.UseRouting();
        app.MapHealth();
        app.MapScenarios();
        app.MapSimulations();
        app.MapFaults();
        app.MapTruth();
        app.MapOperator();
        app.MapInventory();
        app.MapEvents();
        app.MapOpenApi(OpenApiDocument.Path);
    }

    /// <summary>Says which errors a changing call can answer.</summary>
    /// <param name="route">The call.</param>
    /// <returns>The same call.</returns>
    public static RouteHandlerBuilder ProducesChangeProblems(this RouteHandlerBuilder route) => route
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status401Unauthorized)
        .ProducesProblem(StatusCodes.Status403Forbidden)
        .ProducesProblem(StatusCodes.Status408RequestTimeout)
        .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
        .ProducesValidationProblem(StatusCodes.Status422UnprocessableEntity)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    private static bool IsUnavailable(Exception e) => e is SimulationStoppedException or CatchingUpException or JournalFailedException;
}
