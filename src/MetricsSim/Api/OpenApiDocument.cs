using System.Net.Mime;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace MetricsSim.Api;

/// <summary>What a call's body is, for the document only: routing must not turn away a body for its Content-Type.</summary>
/// <param name="Type">Shape of the body.</param>
/// <param name="Required">Whether an empty body is an error.</param>
internal sealed record RequestBody(Type Type, bool Required);

/// <summary>The OpenAPI document: a public surface, approved as text in the tests.</summary>
internal static class OpenApiDocument
{
    /// <summary>Where it is served.</summary>
    public const string Path = "/openapi/v1.json";

    /// <summary>Registers its generator.</summary>
    /// <param name="services">The services.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddControlDocument(this IServiceCollection services) => services.AddOpenApi(options =>
    {
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo
            {
                Title = "MetricsSim control API",
                Version = "v1",
                Description = "Times are RFC 3339. Errors are problem+json. Away from localhost, calls other than GET need X-API-Key.",
            };
            document.Servers = [];
            return Task.CompletedTask;
        });
        options.AddOperationTransformer(DescribeBodyAsync);
        options.AddSchemaTransformer((schema, context, _) =>
        {
            Type type = Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type;
            if (type != typeof(TimeSpan)) return Task.CompletedTask;

            // The only lengths of time in the API are those of requests, which are read as in files.
            schema.Type = JsonSchemaType.Number | JsonSchemaType.String | JsonSchemaType.Null;
            schema.Format = null;
            schema.Pattern = @"^(\d+(\.\d+)?(ms|s|m|h|d))+$";
            return Task.CompletedTask;
        });
    });

    private static async Task DescribeBodyAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken stop)
    {
        if (context.Description.ActionDescriptor.EndpointMetadata.OfType<RequestBody>().FirstOrDefault() is not { } body) return;
        IOpenApiSchema schema = await context.GetOrCreateSchemaAsync(body.Type, parameterDescription: null, stop);
        operation.RequestBody = new OpenApiRequestBody
        {
            Required = body.Required,
            Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal) { [MediaTypeNames.Application.Json] = new() { Schema = schema } },
        };
    }
}
