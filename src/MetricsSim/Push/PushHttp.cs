using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Authentication;

namespace MetricsSim.Push;

/// <summary>
/// What all pushes do alike: nobody else gets what is sent, whoever a receiver points to, and what it answers takes little memory and can't
/// command a terminal.
/// </summary>
internal static class PushHttp
{
    /// <summary>Bytes of an answer that are read at most.</summary>
    public const int LargestAnswer = 64 * 1024;

    private const int LongestReason = 500;

    /// <summary>A client without a timeout of its own; nothing is connected yet.</summary>
    /// <param name="ssl">Whom to trust, and who the client is; null for the system's authorities and nobody.</param>
    /// <param name="connections">Most connections.</param>
    public static HttpClient Client(SslClientAuthenticationOptions? ssl = null, int connections = int.MaxValue) => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.None,
        MaxConnectionsPerServer = connections,
        // A receiver's name may move to another address.
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        MaxResponseHeadersLength = 16,
        MaxResponseDrainSize = LargestAnswer,
        SslOptions = ssl ?? new SslClientAuthenticationOptions(),
    })
    { Timeout = Timeout.InfiniteTimeSpan, MaxResponseContentBufferSize = LargestAnswer };

    /// <summary>A request that was given up at its timeout.</summary>
    /// <param name="timeout">The timeout.</param>
    public static SendResult NoAnswer(TimeSpan timeout) => new(SendOutcome.Retry, $"no answer within {timeout.TotalSeconds:0.#} s");

    /// <summary>A request that could not be sent, or was answered by what is no answer.</summary>
    /// <param name="e">What <see cref="HttpClient"/> threw.</param>
    public static SendResult Failed(Exception e)
    {
        // The message of a broken handshake only says that there is a cause.
        return new SendResult(SendOutcome.Retry, OneLine(e.InnerException is AuthenticationException cause ? cause.Message : e.Message));
    }

    /// <summary>How long a receiver asks to wait; null if it doesn't, negative if that has passed.</summary>
    /// <param name="response">Its answer.</param>
    /// <param name="time">The clock.</param>
    public static TimeSpan? RetryAfter(HttpResponseMessage response, TimeProvider time)
    {
        RetryConditionHeaderValue? wait = response.Headers.RetryAfter;
        return wait?.Delta ?? (wait?.Date is { } date ? date - time.GetUtcNow() : null);
    }

    /// <summary>The first line of a text from elsewhere, for a log.</summary>
    /// <param name="text">The text.</param>
    public static string OneLine(string text) =>
        new([.. text.Trim().TakeWhile(c => c is not '\n' and not '\r').Take(LongestReason).Select(c => char.IsControl(c) ? '?' : c)]);
}
