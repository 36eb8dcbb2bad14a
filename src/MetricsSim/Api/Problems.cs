namespace MetricsSim.Api;

/// <summary>Errors as problem+json (RFC 9457).</summary>
internal static class Problems
{
    /// <summary>400: the request can't be read.</summary>
    /// <param name="detail">Why.</param>
    /// <returns>The answer.</returns>
    public static IResult Malformed(string detail) => Problem(StatusCodes.Status400BadRequest, detail);

    /// <summary>401: a changing call without the key.</summary>
    /// <returns>The answer.</returns>
    public static IResult KeyNeeded() => Problem(StatusCodes.Status401Unauthorized, $"This call needs the {RequestGuard.KeyHeader} header with the server's key.");

    /// <summary>403: a request from a place that isn't known.</summary>
    /// <param name="detail">Why.</param>
    /// <returns>The answer.</returns>
    public static IResult Forbidden(string detail) => Problem(StatusCodes.Status403Forbidden, detail);

    /// <summary>404: no such path, scenario or simulation.</summary>
    /// <param name="detail">What there isn't.</param>
    /// <returns>The answer.</returns>
    public static IResult NotFound(string? detail) => Problem(StatusCodes.Status404NotFound, detail);

    /// <summary>405: the path has other methods.</summary>
    /// <returns>The answer.</returns>
    public static IResult MethodNotAllowed() => Problem(StatusCodes.Status405MethodNotAllowed, detail: null);

    /// <summary>408: the body came too slowly.</summary>
    /// <returns>The answer.</returns>
    public static IResult TooSlow() => Problem(StatusCodes.Status408RequestTimeout, "The body took too long to arrive.");

    /// <summary>409: too late.</summary>
    /// <param name="detail">Why.</param>
    /// <returns>The answer.</returns>
    public static IResult Conflict(string? detail) => Problem(StatusCodes.Status409Conflict, detail);

    /// <summary>413: the body is too large.</summary>
    /// <param name="limit">Most bytes.</param>
    /// <returns>The answer.</returns>
    public static IResult TooLarge(long limit) => Problem(StatusCodes.Status413PayloadTooLarge, $"A body has at most {limit} bytes.");

    /// <summary>422: read, and wrong.</summary>
    /// <param name="detail">What is wrong with the request as a whole.</param>
    /// <returns>The answer.</returns>
    public static IResult Unprocessable(string? detail) => Problem(StatusCodes.Status422UnprocessableEntity, detail);

    /// <summary>422: read, and wrong in these fields.</summary>
    /// <param name="errors">Every error, by field.</param>
    /// <returns>The answer, with <c>errors</c>.</returns>
    public static IResult Invalid(FieldErrors errors) =>
        Results.ValidationProblem(errors.ToDictionary(), statusCode: StatusCodes.Status422UnprocessableEntity, title: "Some fields are wrong.");

    /// <summary>503: not now.</summary>
    /// <param name="detail">Why.</param>
    /// <returns>The answer.</returns>
    public static IResult Unavailable(string detail) => Problem(StatusCodes.Status503ServiceUnavailable, detail);

    private static IResult Problem(int status, string? detail) => Results.Problem(detail: detail, statusCode: status);
}
