using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MetricsSim.Cli;

/// <summary>Calls the control API of a running daemon.</summary>
internal sealed class DaemonClient : IDisposable
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(30);

    private readonly HttpClient _client;

    /// <summary>Makes a client; nothing is sent yet.</summary>
    /// <param name="url">The control port; ends in a slash.</param>
    /// <param name="key">Its API key, if it needs one.</param>
    public DaemonClient(Uri url, string? key)
    {
        // How long an answer may take is up to the call: events come as long as the daemon runs.
        _client = new HttpClient(new SocketsHttpHandler { ConnectTimeout = ConnectTimeout }) { BaseAddress = url, Timeout = Timeout.InfiniteTimeSpan };
        if (key is { Length: > 0 }) _client.DefaultRequestHeaders.TryAddWithoutValidation(Api.RequestGuard.KeyHeader, key);
    }

    /// <summary>Its address, to show.</summary>
    public string Url => _client.BaseAddress!.ToString().TrimEnd('/');

    /// <summary>Reads an address.</summary>
    /// <param name="text">An http or https URL.</param>
    /// <returns>The address with a slash at its end, or null if it isn't one.</returns>
    public static Uri? Address(string text) =>
        Uri.TryCreate(text.TrimEnd('/') + "/", UriKind.Absolute, out var url) && url.Scheme is "http" or "https" ? url : null;

    /// <inheritdoc />
    public void Dispose() => _client.Dispose();

    /// <summary>Reads.</summary>
    /// <param name="path">Path, without the slash in front.</param>
    /// <param name="stop">Gives up.</param>
    /// <returns>The answer.</returns>
    /// <exception cref="CtlException">There is none, or it is an error.</exception>
    public Task<JsonElement> GetAsync(string path, CancellationToken stop) => SendAsync(HttpMethod.Get, path, null, stop);

    /// <summary>Asks for a change.</summary>
    /// <param name="method">POST, PUT or DELETE.</param>
    /// <param name="path">Path, without the slash in front.</param>
    /// <param name="body">Fields; those that are null are left out.</param>
    /// <param name="stop">Gives up.</param>
    /// <returns>The answer.</returns>
    /// <exception cref="CtlException">There is none, or it is an error.</exception>
    public async Task<JsonElement> SendAsync(HttpMethod method, string path, IEnumerable<KeyValuePair<string, JsonNode?>>? body, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
            request.Content = new StringContent(new JsonObject(body.Where(field => field.Value is not null)).ToJsonString(), Encoding.UTF8, "application/json");
        using var late = CancellationTokenSource.CreateLinkedTokenSource(stop);
        late.CancelAfter(AnswerTimeout);
        try
        {
            using var response = await _client.SendAsync(request, late.Token);
            if (!response.IsSuccessStatusCode) throw await RefusalAsync(response, late.Token);
            using var document = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(late.Token));
            return document.RootElement.Clone();
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            throw Unreachable($"no answer within {AnswerTimeout.TotalSeconds} s");
        }
        catch (HttpRequestException e)
        {
            throw Unreachable(Reason(e));
        }
        catch (JsonException)
        {
            throw Unreachable("what answers there is not a metricssim daemon's control port");
        }
    }

    /// <summary>Opens a stream that lasts.</summary>
    /// <param name="path">Path, without the slash in front.</param>
    /// <param name="stop">Gives up.</param>
    /// <returns>The answer, its body unread.</returns>
    /// <exception cref="CtlException">There is none, or it is an error.</exception>
    public async Task<HttpResponseMessage> OpenAsync(string path, CancellationToken stop)
    {
        try
        {
            var response = await _client.GetAsync(path, HttpCompletionOption.ResponseHeadersRead, stop);
            if (response.IsSuccessStatusCode) return response;
            using (response) throw await RefusalAsync(response, stop);
        }
        catch (HttpRequestException e)
        {
            throw Unreachable(Reason(e));
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            throw Unreachable("no connection in time");
        }
    }

    /// <summary>The failure of a daemon that can't be talked to.</summary>
    /// <param name="reason">Why.</param>
    /// <returns>What to throw.</returns>
    public CtlException Unreachable(string reason) => new(ExitCodes.MissingDependency, [$"can't talk to the daemon at {Url}: {reason}"]);

    private static string Reason(HttpRequestException e) =>
        (e.HttpRequestError == HttpRequestError.ConnectionError ? e.InnerException?.Message ?? e.Message : e.Message).ReplaceLineEndings(" ");

    private async Task<CtlException> RefusalAsync(HttpResponseMessage response, CancellationToken stop)
    {
        var code = response.StatusCode < HttpStatusCode.InternalServerError ? ExitCodes.BadInput : ExitCodes.MissingDependency;
        return new CtlException(code, await ReasonsAsync(response, stop)) { Status = response.StatusCode };
    }

    private async Task<IReadOnlyList<string>> ReasonsAsync(HttpResponseMessage response, CancellationToken stop)
    {
        var status = $"{(int)response.StatusCode} {response.ReasonPhrase}";
        if (response.Content.Headers.ContentType?.MediaType != "application/problem+json") return [$"{_client.BaseAddress} answers {status}"];
        using var document = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(stop));
        var problem = document.RootElement;
        if (problem.TryGetProperty("errors", out var errors))
            return [.. errors.EnumerateObject().SelectMany(field => field.Value.EnumerateArray().Select(message => $"{field.Name}: {message.GetString()}"))];
        return [problem.TryGetProperty("detail", out var detail) ? detail.GetString()! : status];
    }
}
