using System.Text;
using MetricsSim.Tests.Prometheus;
using Microsoft.AspNetCore.Http;

namespace MetricsSim.Tests.Dashboards;

/// <summary>
/// A server that answers as a Prometheus does, and as a Grafana 11 with that Prometheus as its data source does. Grafana's answers are after
/// https://grafana.com/docs/grafana/v11.0/developers/http_api/ and <c>pkg/promlib/testdata</c> of https://github.com/grafana/grafana.
/// </summary>
internal sealed class BoardStub : IAsyncDisposable
{
    public const string Key = "glsa_secret";

    public const string Board =
        """
        {"uid": "two", "title": "Two <b>", "templating": {"list": [
           {"name": "datasource", "type": "datasource", "query": "prometheus", "current": {"value": "prometheus"}},
           {"name": "model", "type": "query", "query": "label_values(up, model)", "multi": true, "includeAll": true, "current": {"value": ["$__all"]}}]},
         "annotations": {"list": [{"name": "Events", "enable": true, "expr": "events > 0", "datasource": {"type": "prometheus", "uid": "${datasource}"}}]},
         "panels": [
           {"id": 1, "type": "timeseries", "title": "Rate of $model", "gridPos": {"x": 0, "y": 0, "w": 12, "h": 8}, "datasource": {"type": "prometheus", "uid": "${datasource}"},
            "targets": [{"refId": "A", "expr": "sum(rate(x_total{model=~\"$model\"}[$__rate_interval]))"}, {"refId": "B", "expr": "up", "range": true, "instant": true}]},
           {"id": 2, "type": "stat", "title": "Now", "targets": [{"refId": "A", "expr": "up", "instant": true}]},
           {"id": 3, "type": "text", "title": "Words"}]}
        """;

    private readonly List<(string Path, string Body, string? Authorization)> _requests = [];
    private StubServer? _server;

    /// <summary>What expressions with a text in them come to instead of a result: a status and a body, by the text.</summary>
    public Dictionary<string, (int Status, string Body)> Instead { get; } = [];

    /// <summary>Runs before a query is answered.</summary>
    public Func<HttpContext, Task> Before { get; set; } = _ => Task.CompletedTask;

    public string Url => _server!.Url.ToString().TrimEnd('/');

    /// <summary>What was asked, in no order.</summary>
    public IReadOnlyList<(string Path, string Body, string? Authorization)> Requests
    {
        get
        {
            lock (_requests) return [.. _requests];
        }
    }

    public static async Task<BoardStub> StartAsync()
    {
        var stub = new BoardStub();
        stub._server = await StubServer.StartAsync(stub.AnswerAsync);
        return stub;
    }

    public ValueTask DisposeAsync() => _server!.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = Uri.UnescapeDataString((await reader.ReadToEndAsync()).Replace('+', ' '));
        var path = context.Request.Path.ToString();
        lock (_requests) _requests.Add((path + context.Request.QueryString, body, context.Request.Headers.Authorization));
        await Before(context);
        var (status, answer) = Instead.FirstOrDefault(one => body.Contains(one.Key, StringComparison.Ordinal) || path.Contains(one.Key, StringComparison.Ordinal)) is { Key: not null } instead
            ? instead.Value
            : Answer(path);
        context.Response.StatusCode = status;
        await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(answer));
    }

    private static (int Status, string Body) Answer(string path) => path switch
    {
        "/-/ready" => (200, "Prometheus Server is Ready.\n"),
        "/api/v1/query" => (200, """{"status":"success","data":{"resultType":"vector","result":[{"metric":{"job":"a"},"value":[1700000000,"1"]}],"stats":{"timings":{"evalTotalTime":0.001,"execQueueTime":0},"samples":{"totalQueryableSamples":5,"peakSamples":3}}}}"""),
        "/api/v1/query_range" => (200, """{"status":"success","data":{"resultType":"matrix","result":[{"metric":{},"values":[[1700000000,"1"],[1700000015,"NaN"]]},{"metric":{"a":"b"},"values":[[1700000000,"1"]]}],"stats":{"timings":{"evalTotalTime":0.002,"execQueueTime":0},"samples":{"totalQueryableSamples":960,"peakSamples":40}}}}"""),
        "/api/v1/series" => (200, """{"status":"success","data":[{"__name__":"up","job":"a"},{"__name__":"up","job":"b"},{"__name__":"up","job":"c"}]}"""),
        "/api/v1/label/model/values" or "/api/datasources/uid/prometheus/resources/api/v1/label/model/values" => (200, """{"status":"success","data":["opus","sonnet"]}"""),
        "/api/search" => (200, """[{"id":7,"uid":"two","title":"Two <b>","uri":"db/two","url":"/d/two/two","slug":"","type":"dash-db","tags":[],"isStarred":false,"sortMeta":0}]"""),
        "/api/dashboards/uid/two" => (200, $$$"""{"meta":{"type":"db","canSave":false,"slug":"two","url":"/d/two/two","version":1,"folderUid":"","folderTitle":"General","provisioned":true},"dashboard":{{{Board}}}}"""),
        "/api/frontend/settings" => (200, """{"defaultDatasource":"Prometheus","datasources":{"-- Grafana --":{"id":-1,"uid":"grafana","type":"datasource","name":"-- Grafana --"},"Other":{"id":2,"uid":"other","type":"prometheus","name":"Other"},"Prometheus":{"id":1,"uid":"prometheus","type":"prometheus","name":"Prometheus","url":"/api/datasources/proxy/uid/prometheus","isDefault":true}},"buildInfo":{"version":"11.0.0"}}"""),
        "/api/ds/query" => (200, """{"results":{"A":{"status":200,"frames":[FRAME,FRAME]},"B":{"status":200,"frames":[FRAME]},"B-Instant":{"status":200,"frames":[FRAME]},"Events":{"status":200,"frames":[{"schema":{"refId":"Events","meta":{"type":"timeseries-multi","typeVersion":[0,1]},"fields":[]},"data":{"values":[]}}]}}}""".Replace("FRAME", Frame, StringComparison.Ordinal)),
        _ => (404, """{"message":"Not found"}"""),
    };

    private const string Frame = """{"schema":{"refId":"A","meta":{"type":"timeseries-multi","typeVersion":[0,1],"custom":{"resultType":"matrix"},"executedQueryString":"Expr: up\nStep: 15s"},"fields":[{"name":"Time","type":"time","typeInfo":{"frame":"time.Time"},"config":{"interval":15000}},{"name":"Value","type":"number","typeInfo":{"frame":"float64"},"labels":{"job":"a"},"config":{"displayNameFromDS":"a"}}]},"data":{"values":[[1700000000000,1700000015000],[1,0.5]]}}""";
}
