using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using MetricsSim.Configuration;
using MetricsSim.Dashboards.Reading;
using MetricsSim.Prometheus;

namespace MetricsSim.Dashboards.Grafana;

/// <summary>
/// Asks a Grafana 9 or later: https://grafana.com/docs/grafana/latest/developers/http_api/. Failures are <see cref="PrometheusException"/>s that name Grafana.
/// </summary>
internal sealed class GrafanaClient : IDisposable
{
    /// <summary>The environment variable with the key.</summary>
    public const string KeyVariable = "GRAFANA_API_KEY";

    /// <summary>An address to show as an example.</summary>
    public const string Example = "http://localhost:3001";

    private const int PageLength = 1000;
    private const int MostPages = 10;

    private readonly PrometheusAddress _address;
    private readonly PrometheusClientOptions _options;
    private readonly ServerHttp _http;

    /// <summary>Makes a client; nothing is sent yet.</summary>
    /// <param name="address">Where the Grafana is.</param>
    /// <param name="apiKey">Key or token of a service account; null for what the address has, or nobody in particular.</param>
    /// <param name="options">Limits.</param>
    public GrafanaClient(PrometheusAddress address, string? apiKey, PrometheusClientOptions options)
    {
        _address = string.IsNullOrEmpty(apiKey) ? address : address with { Authorization = new AuthenticationHeaderValue("Bearer", apiKey) };
        _options = options;
        _http = new ServerHttp("Grafana", _address, options);
    }

    /// <summary>Its address, to show.</summary>
    public string Address => _http.Address;

    /// <inheritdoc />
    public void Dispose() => _http.Dispose();

    /// <summary>The API of a Prometheus as Grafana passes it on, for queries of variables.</summary>
    /// <param name="uid">Uid of the data source.</param>
    public PrometheusClient Resources(string uid) =>
        new(_address with { Url = new Uri(_address.Url, $"api/datasources/uid/{Uri.EscapeDataString(uid)}/resources/") }, _options);

    /// <summary>The uids of all dashboards.</summary>
    /// <param name="stop">Gives up.</param>
    /// <exception cref="PrometheusException">There is no answer.</exception>
    public async Task<IReadOnlyList<string>> SearchAsync(CancellationToken stop)
    {
        var uids = new List<string>();
        for (var page = 1; page <= MostPages; page++)
        {
            var found = await GetAsync($"api/search?type=dash-db&limit={PageLength}&page={page}", stop);
            if (found.ValueKind != JsonValueKind.Array) throw _http.Malformed();
            uids.AddRange(found.EnumerateArray().Select(board => Text(board, "uid") ?? throw _http.Malformed()));
            if (found.GetArrayLength() < PageLength) break;
        }

        return uids;
    }

    /// <summary>A dashboard's JSON, wrapped.</summary>
    /// <param name="uid">Its uid.</param>
    /// <param name="stop">Gives up.</param>
    /// <returns>Null if there is none.</returns>
    /// <exception cref="PrometheusException">There is no answer.</exception>
    public async Task<byte[]?> DashboardAsync(string uid, CancellationToken stop)
    {
        var (status, body) = await _http.SendAsync(new HttpRequestMessage(HttpMethod.Get, $"api/dashboards/uid/{Uri.EscapeDataString(uid)}"), stop);
        if (status == HttpStatusCode.NotFound) return null;
        return status == HttpStatusCode.OK ? body : throw Refused(status, body);
    }

    /// <summary>Its data sources that are a Prometheus, the default one first: from the settings that its web page reads too, as viewers may not list data sources.</summary>
    /// <param name="stop">Gives up.</param>
    /// <exception cref="PrometheusException">There is no answer.</exception>
    public async Task<IReadOnlyList<GrafanaDatasource>> DatasourcesAsync(CancellationToken stop)
    {
        var settings = await GetAsync("api/frontend/settings", stop);
        if (settings.ValueKind != JsonValueKind.Object || !settings.TryGetProperty("datasources", out var sources) || sources.ValueKind != JsonValueKind.Object) throw _http.Malformed();
        var usual = Text(settings, "defaultDatasource");
        return
        [
            .. sources.EnumerateObject().Where(source => Text(source.Value, "type") == "prometheus" && Text(source.Value, "uid") is not null)
                .Select(source => new GrafanaDatasource(source.Name, Text(source.Value, "uid")!)).OrderByDescending(source => source.Name == usual),
        ];
    }

    /// <summary>Sends queries as a panel does: <c>POST /api/ds/query</c>.</summary>
    /// <param name="body">The request.</param>
    /// <param name="stop">Gives up.</param>
    /// <exception cref="PrometheusException">There is no answer.</exception>
    public async Task<GrafanaAnswer> QueryAsync(string body, CancellationToken stop)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "api/ds/query?ds_type=prometheus") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        var began = TimeProvider.System.GetTimestamp();
        var (status, answer) = await _http.SendAsync(request, stop);
        var elapsed = TimeProvider.System.GetElapsedTime(began);
        // Queries that fail make the status 400, 207 or the like, and each says why.
        if (GrafanaAnswer.Read(answer) is { } results) return results with { Elapsed = elapsed, Bytes = answer.Length };
        throw status == HttpStatusCode.OK ? _http.Malformed() : Refused(status, answer);
    }

    private static string? Text(JsonElement data, string name) =>
        data.ValueKind == JsonValueKind.Object && data.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;

    private async Task<JsonElement> GetAsync(string path, CancellationToken stop)
    {
        var (status, body) = await _http.SendAsync(new HttpRequestMessage(HttpMethod.Get, path), stop);
        if (status != HttpStatusCode.OK) throw Refused(status, body);
        return Json(body) ?? throw _http.Malformed();
    }

    private PrometheusException Refused(HttpStatusCode status, byte[] body)
    {
        var failure = _http.Status(status);
        return Json(body) is { } answer && Text(answer, "message") is { Length: > 0 } message
            ? new PrometheusException(failure.Failure, $"{failure.Message}: {Quoting.Plain(message)}", failure.IsTransient)
            : failure;
    }

    private static JsonElement? Json(byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var good = true;
            JsonTexts.Check(document.RootElement, "$", (_, _) => good = false);
            return good ? document.RootElement.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>A data source of Grafana that is a Prometheus.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Uid">Its uid.</param>
internal sealed record GrafanaDatasource(string Name, string Uid);
