using System.Net;

namespace MetricsSim.Prometheus;

/// <summary>Sends requests to a server that may be away, slow, talkative or something else altogether: every failure is one line.</summary>
internal sealed class ServerHttp : IDisposable
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);

    private readonly string _name;
    private readonly PrometheusClientOptions _options;
    private readonly HttpClient _http;

    /// <summary>Makes it; nothing is sent yet.</summary>
    /// <param name="name">What the server is, for messages.</param>
    /// <param name="address">Where it is.</param>
    /// <param name="options">Limits.</param>
    public ServerHttp(string name, PrometheusAddress address, PrometheusClientOptions options)
    {
        (_name, _options, Address) = (name, options, address.Text);
        _http = new HttpClient(new SocketsHttpHandler { ConnectTimeout = ConnectTimeout, MaxConnectionsPerServer = options.MostConnections })
        {
            BaseAddress = address.Url,
            Timeout = Timeout.InfiniteTimeSpan,
            MaxResponseContentBufferSize = options.MostBytes,
        };
        _http.DefaultRequestHeaders.Authorization = address.Authorization;
    }

    /// <summary>Its address, to show.</summary>
    public string Address { get; }

    /// <inheritdoc />
    public void Dispose() => _http.Dispose();

    /// <summary>Sends a request.</summary>
    /// <param name="request">The request, which is disposed of.</param>
    /// <param name="stop">Gives up.</param>
    /// <returns>Status and body of the answer, good or bad.</returns>
    /// <exception cref="PrometheusException">There is no answer, or one too large.</exception>
    public async Task<(HttpStatusCode Status, byte[] Body)> SendAsync(HttpRequestMessage request, CancellationToken stop)
    {
        using var _ = request;
        using var late = CancellationTokenSource.CreateLinkedTokenSource(stop);
        late.CancelAfter(_options.Timeout);
        try
        {
            using var response = await _http.SendAsync(request, late.Token);
            return (response.StatusCode, await response.Content.ReadAsByteArrayAsync(late.Token));
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            throw new PrometheusException(PrometheusFailure.Timeout, $"{_name} at {Address}: no answer within {_options.Timeout.TotalSeconds} s", transient: true);
        }
        catch (HttpRequestException e) when (e.HttpRequestError == HttpRequestError.ConfigurationLimitExceeded)
        {
            throw new PrometheusException(
                PrometheusFailure.TooLarge, $"{_name} at {Address}: the answer is larger than {_options.MostBytes / 1024.0 / 1024:0.#} MiB", transient: false);
        }
        catch (HttpRequestException e)
        {
            throw new PrometheusException(PrometheusFailure.Unreachable, $"can't talk to {_name} at {Address}: {PrometheusStatus.Reason(e)}", transient: true);
        }
        catch (UriFormatException)
        {
            // The handler lets this through when it follows an answer to somewhere else.
            throw Malformed();
        }
    }

    /// <summary>What an answer with a bad status is.</summary>
    /// <param name="status">The status.</param>
    public PrometheusException Status(HttpStatusCode status) => new(
        PrometheusFailure.Status, $"{_name} at {Address} answers {(int)status} {status}", PrometheusStatus.IsTransient(status));

    /// <summary>What an answer is that is none of its API.</summary>
    public PrometheusException Malformed() => new(PrometheusFailure.Malformed, $"what answers at {Address} is not the API of a {_name}", transient: false);
}
