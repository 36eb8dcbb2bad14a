using System.Net;

namespace MetricsSim.Prometheus;

/// <summary>What failures of HTTP mean.</summary>
internal static class PrometheusStatus
{
    /// <summary>Whether a status may be another a moment later.</summary>
    public static bool IsTransient(HttpStatusCode status) => status is HttpStatusCode.TooManyRequests
        or HttpStatusCode.InternalServerError or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout;

    /// <summary>Why a request failed, in one line.</summary>
    public static string Reason(HttpRequestException e) =>
        (e.HttpRequestError == HttpRequestError.ConnectionError ? e.InnerException?.Message ?? e.Message : e.Message).ReplaceLineEndings(" ");
}
