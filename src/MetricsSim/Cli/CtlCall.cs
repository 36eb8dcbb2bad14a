using System.CommandLine;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Spectre.Console;

namespace MetricsSim.Cli;

/// <summary>A <c>ctl</c> command on its way: asks the daemon and prints what it answers.</summary>
/// <param name="Client">Whose base address is the daemon.</param>
/// <param name="Parse">The command line, without errors.</param>
/// <param name="Terminal">Where it runs.</param>
/// <param name="Json">Whether results are machine-readable.</param>
/// <param name="NoColor">Whether colour is unwanted.</param>
internal sealed record CtlCall(HttpClient Client, ParseResult Parse, Terminal Terminal, bool Json, bool NoColor)
{
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(30);

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
            using var response = await Client.SendAsync(request, late.Token);
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
            var response = await Client.GetAsync(path, HttpCompletionOption.ResponseHeadersRead, stop);
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
    public CtlException Unreachable(string reason) =>
        new(ExitCodes.MissingDependency, [$"can't talk to the daemon at {Client.BaseAddress!.ToString().TrimEnd('/')}: {reason}"]);

    /// <summary>Prints an answer.</summary>
    /// <param name="answer">The answer as it came.</param>
    /// <param name="draw">Draws it for people.</param>
    public void Print(JsonElement answer, Action<IAnsiConsole> draw)
    {
        if (Json) Terminal.Write(Cli.Json.Text(answer));
        else Terminal.Render(NoColor, draw);
    }

    /// <summary>Prints an answer that one line tells.</summary>
    /// <param name="answer">The answer as it came.</param>
    /// <param name="line">The line for people.</param>
    public void Print(JsonElement answer, string line) => Terminal.Write(Json ? Cli.Json.Text(answer) : line + "\n");

    private static string Reason(HttpRequestException e) =>
        (e.HttpRequestError == HttpRequestError.ConnectionError ? e.InnerException?.Message ?? e.Message : e.Message).ReplaceLineEndings(" ");

    private async Task<CtlException> RefusalAsync(HttpResponseMessage response, CancellationToken stop)
    {
        var code = response.StatusCode < HttpStatusCode.InternalServerError ? ExitCodes.BadInput : ExitCodes.MissingDependency;
        var status = $"{(int)response.StatusCode} {response.ReasonPhrase}";
        if (response.Content.Headers.ContentType?.MediaType != "application/problem+json") return new CtlException(code, [$"{Client.BaseAddress} answers {status}"]);
        using var document = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(stop));
        var problem = document.RootElement;
        if (problem.TryGetProperty("errors", out var errors))
        {
            return new CtlException(
                code, [.. errors.EnumerateObject().SelectMany(field => field.Value.EnumerateArray().Select(message => $"{field.Name}: {message.GetString()}"))]);
        }

        return new CtlException(code, [problem.TryGetProperty("detail", out var detail) ? detail.GetString()! : status]);
    }
}
