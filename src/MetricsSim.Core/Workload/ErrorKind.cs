namespace MetricsSim.Core.Workload;

/// <summary>Why a request or a tool call failed; <see cref="None"/> is success.</summary>
public enum ErrorKind : byte
{
    /// <summary>It did not fail.</summary>
    None,

    /// <summary>It took too long.</summary>
    Timeout,

    /// <summary>The way was broken.</summary>
    Network,

    /// <summary>Credentials were refused.</summary>
    Auth,

    /// <summary>Input was refused.</summary>
    Validation,

    /// <summary>Answered 429.</summary>
    RateLimit,

    /// <summary>Answered 5xx.</summary>
    ServiceUnavailable,
}

/// <summary>Label values of <see cref="ErrorKind"/>.</summary>
public static class ErrorKinds
{
    /// <summary>Errors an API request can be given up with.</summary>
    public static IReadOnlyList<ErrorKind> OfRequests { get; } =
        [ErrorKind.Timeout, ErrorKind.Network, ErrorKind.Auth, ErrorKind.RateLimit, ErrorKind.ServiceUnavailable];

    /// <summary>The value of <c>error_type</c>; empty on success.</summary>
    /// <param name="kind">The kind.</param>
    /// <returns>Its name in snake_case.</returns>
    public static string Label(this ErrorKind kind) => kind switch
    {
        ErrorKind.None => "",
        ErrorKind.Timeout => "timeout",
        ErrorKind.Network => "network",
        ErrorKind.Auth => "auth",
        ErrorKind.Validation => "validation",
        ErrorKind.RateLimit => "rate_limit",
        ErrorKind.ServiceUnavailable => "service_unavailable",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not an error kind."),
    };
}
