using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;

namespace MetricsSim.Api;

/// <summary>The body of a changing call, read as JSON whatever its Content-Type says, so that a plain <c>curl -d</c> works.</summary>
internal static class JsonBody
{
    /// <summary>Most bytes of a body.</summary>
    public const int MaxBytes = 64 * 1024;

    /// <summary>How long a body may take to arrive.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 8, AllowDuplicateProperties = false };

    /// <summary>Reads a body that is an object; an empty one counts as the empty object.</summary>
    /// <param name="context">The request.</param>
    /// <param name="time">Clock of the timeout.</param>
    /// <returns>The object, to be disposed, or the answer that says why there is none.</returns>
    public static async Task<(JsonDocument? Body, IResult? Problem)> ReadAsync(HttpContext context, TimeProvider time)
    {
        using var late = new CancellationTokenSource(Timeout, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(late.Token, context.RequestAborted);
        try
        {
            using var bytes = new MemoryStream();
            await context.Request.Body.CopyToAsync(bytes, stop.Token);
            if (bytes.GetBuffer().AsSpan(0, (int)bytes.Length).Trim(" \t\r\n"u8).IsEmpty) return (JsonDocument.Parse("{}"u8.ToArray()), null);
            bytes.Position = 0;
            var document = await JsonDocument.ParseAsync(bytes, Strict, stop.Token);
            if (document.RootElement.ValueKind == JsonValueKind.Object) return (document, null);
            document.Dispose();
            return (null, Problems.Malformed("The body must be a JSON object."));
        }
        catch (JsonException e)
        {
            return (null, Problems.Malformed($"The body is not JSON: {Place(e)}."));
        }
        catch (BadHttpRequestException e)
        {
            return (null, Refuse(context, e.StatusCode));
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested)
        {
            return (null, Refuse(context, StatusCodes.Status408RequestTimeout));
        }
    }

    private static IResult Refuse(HttpContext context, int status)
    {
        // The rest of the body is unread, so the connection can't carry another request.
        context.Response.Headers.Connection = "close";
        return status switch
        {
            StatusCodes.Status408RequestTimeout => Problems.TooSlow(),
            StatusCodes.Status413PayloadTooLarge => Problems.TooLarge(context.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize ?? MaxBytes),
            _ => Problems.Malformed("The request can't be read."),
        };
    }

    private static string Place(JsonException e) =>
        e.LineNumber is long line ? $"unexpected at line {line + 1}, byte {(e.BytePositionInLine ?? 0) + 1}" : "it can't be parsed";
}
