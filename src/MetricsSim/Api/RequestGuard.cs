using System.Security.Cryptography;
using System.Text;
using MetricsSim.Hosting;
using Microsoft.Extensions.Primitives;

namespace MetricsSim.Api;

/// <summary>
/// Who may talk to the control port: only requests to a name of this server (a page that rebinds its own name to our address is
/// turned away), only pages served from here, and, away from localhost, changes only with the key.
/// </summary>
internal sealed class RequestGuard(RequestDelegate next, KnownHosts hosts, ApiKey key)
{
    /// <summary>Header that carries the key.</summary>
    public const string KeyHeader = "X-API-Key";

    /// <summary>Lets a request pass, or answers it.</summary>
    /// <param name="context">The request.</param>
    /// <returns>A task that ends with the request.</returns>
    public Task InvokeAsync(HttpContext context) => (Refusal(context.Request)?.ExecuteAsync(context)) ?? next(context);

    private IResult? Refusal(HttpRequest request)
    {
        if (!hosts.Contains(request.Host.Host)) return Problems.Forbidden("The Host header names another server.");
        if (request.Headers.TryGetValue("Origin", out StringValues origin) && !IsOwn(origin, request.Host))
            return Problems.Forbidden("Pages of another origin can't call this server.");
        bool reads = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method);
        return reads || key.Accepts(request.Headers[KeyHeader]) ? null : Problems.KeyNeeded();
    }

    private static bool IsOwn(StringValues origin, HostString host) =>
        Uri.TryCreate(origin.ToString(), UriKind.Absolute, out Uri? uri)
        && uri.Scheme is "http" or "https"
        && HostString.FromUriComponent(uri) is var own
        && string.Equals(own.Host, host.Host, StringComparison.OrdinalIgnoreCase)
        && (own.Port ?? uri.Port) == (host.Port ?? uri.Port);
}

/// <summary>The key that changing calls need.</summary>
/// <param name="required">The key, or null if calls need none.</param>
internal sealed class ApiKey(string? required)
{
    private readonly byte[]? _digest = required is null ? null : Digest(required);

    /// <summary>Compares in a time that tells nothing about the key.</summary>
    /// <param name="given">What the request carries.</param>
    /// <returns>Whether it may change things.</returns>
    public bool Accepts(StringValues given) =>
        _digest is null || (given.Count == 1 && CryptographicOperations.FixedTimeEquals(Digest(given.ToString()), _digest));

    private static byte[] Digest(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
