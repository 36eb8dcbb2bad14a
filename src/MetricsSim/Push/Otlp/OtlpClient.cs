using System.Globalization;
using System.Net;
using MetricsSim.Configuration;

namespace MetricsSim.Push.Otlp;

/// <summary>Sends requests of OTLP, and judges the answers as its specification has it.</summary>
internal sealed class OtlpClient : IDisposable
{
    /// <summary>The trailer that says what became of a call (gRPC over HTTP/2).</summary>
    public const string GrpcStatus = "grpc-status";

    private const string GrpcMessage = "grpc-message";

    /// <summary>cancelled, deadline_exceeded, resource_exhausted, aborted, out_of_range, unavailable, data_loss.</summary>
    private static readonly int[] Passing = [1, 4, 8, 10, 11, 14, 15];

    private readonly OtlpOptions _options;
    private readonly TimeProvider _time;
    private readonly HttpClient _http;

    /// <summary>Prepares to send; nothing is connected yet.</summary>
    /// <param name="options">How.</param>
    /// <param name="time">The clock of timeouts.</param>
    /// <exception cref="Hosting.BadOptionException">A certificate can't be read.</exception>
    public OtlpClient(OtlpOptions options, TimeProvider time)
    {
        (_options, _time) = (options, time);
        _http = PushHttp.Client(PushCertificates.Load("push.otlp.tls", options.CaFile, options.CertFile, options.KeyFile));
    }

    /// <summary>Tries once.</summary>
    /// <param name="request">What to send.</param>
    /// <param name="stop">Gives up.</param>
    /// <returns>What became of it.</returns>
    /// <exception cref="OperationCanceledException">It was given up.</exception>
    public async Task<SendResult> SendAsync(OtlpRequest request, CancellationToken stop)
    {
        using var limit = new CancellationTokenSource(_options.Timeout, _time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stop);
        using HttpRequestMessage message = Message(request);
        try
        {
            // The status of a call comes after the body; without gRPC the headers say all.
            HttpCompletionOption until = _options.Grpc ? HttpCompletionOption.ResponseContentRead : HttpCompletionOption.ResponseHeadersRead;
            using HttpResponseMessage response = await _http.SendAsync(message, until, both.Token);
            return response.IsSuccessStatusCode && _options.Grpc ? JudgeCall(response) : Judge(response);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !stop.IsCancellationRequested)
        {
            return PushHttp.NoAnswer(_options.Timeout);
        }
        catch (HttpRequestException e) when (_options.Grpc && e.HttpRequestError == HttpRequestError.ConfigurationLimitExceeded)
        {
            return new SendResult(SendOutcome.Refused, "an answer that is too long to be one");
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return PushHttp.Failed(e);
        }
    }

    /// <inheritdoc />
    public void Dispose() => _http.Dispose();

    private HttpRequestMessage Message(OtlpRequest request)
    {
        var content = new ReadOnlyMemoryContent(request.Body);
        foreach ((string name, IEnumerable<string> values) in request.ContentHeaders) content.Headers.TryAddWithoutValidation(name, values);
        var message = new HttpRequestMessage(HttpMethod.Post, request.Url)
        {
            Content = content,
            Version = request.Version,
            VersionPolicy = _options.Grpc ? HttpVersionPolicy.RequestVersionExact : HttpVersionPolicy.RequestVersionOrLower,
        };
        foreach ((string name, IEnumerable<string> values) in request.Headers) message.Headers.TryAddWithoutValidation(name, values);
        foreach ((string name, string value) in _options.Headers)
        {
            // What the user gives wins.
            message.Headers.Remove(name);
            message.Headers.TryAddWithoutValidation(name, value);
        }

        return message;
    }

    private SendResult Judge(HttpResponseMessage response)
    {
        if (response.IsSuccessStatusCode) return new SendResult(SendOutcome.Sent);
        string reason = PushHttp.OneLine($"{(int)response.StatusCode} {response.ReasonPhrase}");
        bool passing = response.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable
            or HttpStatusCode.GatewayTimeout;
        return passing
            ? new SendResult(SendOutcome.Retry, reason, PushHttp.RetryAfter(response, _time))
            : new SendResult(SendOutcome.Refused, reason);
    }

    private static SendResult JudgeCall(HttpResponseMessage response)
    {
        string? status = Value(response, GrpcStatus);
        if (!int.TryParse(status, NumberStyles.None, CultureInfo.InvariantCulture, out int code))
            return new SendResult(SendOutcome.Refused, "an answer without grpc-status: it does not speak gRPC");
        if (code == 0) return new SendResult(SendOutcome.Sent);
        string reason = PushHttp.OneLine($"grpc-status {code} {Uri.UnescapeDataString(Value(response, GrpcMessage) ?? "")}");
        return new SendResult(Passing.Contains(code) ? SendOutcome.Retry : SendOutcome.Refused, reason);
    }

    // A call that ends at once has its trailers among the headers.
    private static string? Value(HttpResponseMessage response, string name) =>
        response.TrailingHeaders.TryGetValues(name, out IEnumerable<string>? values) || response.Headers.TryGetValues(name, out values)
            ? values.First()
            : null;
}
