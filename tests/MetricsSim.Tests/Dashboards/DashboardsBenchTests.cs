using System.Net;
using System.Text.Json.Nodes;
using MetricsSim.Tests.Support;
using Xunit;

namespace MetricsSim.Tests.Dashboards;

/// <summary>The command, against servers that answer well and badly.</summary>
public sealed class DashboardsBenchTests : IDisposable
{
    /// <summary>Limits that a machine with much else to do keeps, too.</summary>
    private const string Patient = "query_performance: { simple_counter: 1m, rate_calculation: 1m, histogram_quantile: 1m, complex_aggregation: 1m }";

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task A_dashboard_is_loaded_as_a_browser_does_and_the_report_tells_all()
    {
        await using var stub = await BoardStub.StartAsync();
        var ended = await BenchAsync(stub, Board(), "--config", Config($"dashboard_load: {{ target_time: 50s }}, {Patient}"), "--json", "--repeat", "2", "--range", "24h", "--to", "2026-01-05T12:00:00+01:00", "--output", _directory.File("out/report.html"));
        Assert.Equal((0, $"wrote {_directory.File("out/report.html")}\nwrote {_directory.File("out/report.json")}\n"), (ended.ExitCode, ended.Error));
        Assert.Equal(ended.Output, await File.ReadAllTextAsync(_directory.File("out/report.json"), TestContext.Current.CancellationToken));

        var report = JsonNode.Parse(ended.Output)!;
        Assert.Equal(("prometheus", true, 50_000.0), ((string)report["servers"]![0]!["via"]!, (bool)report["passed"]!, (double)report["targets"]!["dashboard_ms"]!));
        var load = report["dashboards"]![0]!["loads"]!.AsArray().Single()!;
        Assert.Equal(("1d", 50_000.0, 2), ((string)load["range"]!, (double)load["limit_ms"]!, (int)load["load"]!["loads"]!));
        Assert.True((double)load["load"]!["min_ms"]! <= (double)load["load"]!["median_ms"]! && (double)load["load"]!["median_ms"]! <= (double)load["load"]!["p95_ms"]!);
        Assert.Equal([(1, "Rate of All", 3), (2, "Now", 1), (0, "Events", 1)], load["panels"]!.AsArray().Select(panel => ((int)panel!["id"]!, (string)panel["title"]!, panel["queries"]!.AsArray().Count)));
        var query = load["panels"]![0]!["queries"]![0]!;
        Assert.Equal(
            ("""sum(rate(x_total{model=~"(opus|sonnet)"}[2m15s]))""", "rate_calculation", 120, 960, 40, 3, 2, 3),
            ((string)query["expression"]!, (string)query["class"]!, (int)query["step_seconds"]!, (int)query["samples"]!, (int)query["peak_samples"]!, (int)query["series_touched"]!, (int)query["result_series"]!, (int)query["points"]!));
        Assert.Equal([("simple_counter", 4), ("rate_calculation", 1)], report["classes"]!.AsArray().Select(one => ((string)one!["class"]!, (int)one["queries"]!)));

        // Three loads of five queries and a variable, and what counts the series.
        Assert.Equal((15, 3, 5), (stub.Requests.Count(one => one.Path.StartsWith("/api/v1/query", StringComparison.Ordinal)), stub.Requests.Count(one => one.Path.Contains("/label/", StringComparison.Ordinal)), stub.Requests.Count(one => one.Path == "/api/v1/series")));
        var page = await File.ReadAllTextAsync(_directory.File("out/report.html"), TestContext.Current.CancellationToken);
        Assert.Contains("2026-01-05 11:00:00Z", WebUtility.HtmlDecode(page), StringComparison.Ordinal);
        Assert.Contains("Two &lt;b&gt; › Rate of All A", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
        Assert.DoesNotContain("http", page.Replace(stub.Url, "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_panels_start_at_once_on_six_connections()
    {
        await using var stub = await BoardStub.StartAsync();
        var (open, most, gate) = (0, 0, new TaskCompletionSource());
        var connections = new HashSet<string>();
        stub.Before = async context =>
        {
            if (!context.Request.Path.StartsWithSegments("/api/v1/query", StringComparison.Ordinal)) return;
            Task wait;
            lock (connections)
            {
                connections.Add(context.Connection.Id);
                most = Math.Max(most, ++open);
                wait = gate.Task;
                // Nobody is answered until six wait.
                if (open == 6)
                {
                    gate.SetResult();
                    (open, gate) = (0, new TaskCompletionSource());
                }
            }

            await wait.WaitAsync(TimeSpan.FromSeconds(20));
        };
        var panels = string.Join(',', Enumerable.Range(1, 12).Select(i => $$"""{"id": {{i}}, "type": "stat", "targets": [{"expr": "up", "instant": true}]}"""));
        var ended = await BenchAsync(stub, _directory.Write("twelve.json", $$"""{"title": "Twelve", "panels": [{{panels}}]}"""), "--config", Config(Patient), "--repeat", "1", "--range", "1h");
        Assert.Equal((0, 6), (ended.ExitCode, most));
        Assert.InRange(connections.Count, 6, 7);
    }

    [Theory]
    [InlineData("query_performance: { simple_counter: 0.000001 }", "1h", "4 over")]
    [InlineData("query_performance: { rate_calculation: 0.000001 }", "1h", "1 over")]
    [InlineData("dashboard_load: { target_time: 0.000001, time_range: 1h }", "1h", "missed")]
    public async Task A_miss_ends_with_1(string targets, string range, string said)
    {
        await using var stub = await BoardStub.StartAsync();
        var ended = await BenchAsync(stub, Board(), "--config", Config(targets), "--repeat", "1", "--range", range);
        Assert.Equal(1, ended.ExitCode);
        Assert.Contains(said, ended.Output, StringComparison.Ordinal);
        Assert.EndsWith("not fast enough\n", ended.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_dashboards_target_counts_at_its_range_only()
    {
        await using var stub = await BoardStub.StartAsync();
        var config = Config($"dashboard_load: {{ target_time: 0.000001, panels: 2, time_range: 2d }}, {Patient}");
        var ended = await BenchAsync(stub, Board(), "--config", config, "--repeat", "1", "--range", "1h");
        Assert.Equal(
            (0, $"warning: no dashboard is held against dashboard_load.target_time, which counts at 2d: add --range 2d\nwarning: {_directory.File("two.json")}: has 3 panels, more than the 2 of benchmarks.dashboard_load.panels\n"),
            (ended.ExitCode, ended.Error));
        ended = await BenchAsync(stub, Board(), "--config", config, "--repeat", "1", "--json");
        Assert.Equal(1, ended.ExitCode);
        Assert.Equal([("1h", true), ("6h", true), ("1d", true), ("2d", false), ("7d", true)], JsonNode.Parse(ended.Output)!["dashboards"]![0]!["loads"]!.AsArray().Select(load => ((string)load!["range"]!, (bool)load["passed"]!)));
    }

    [Theory]
    [InlineData(400, """{"status":"error","errorType":"bad_data","error":"no\u001b[31m good\nat all"}""", "bad_data: no [31m good at all")]
    [InlineData(200, "<html>", "is not the API of a Prometheus")]
    [InlineData(502, "", "answers 502 BadGateway")]
    public async Task A_query_that_fails_is_told_and_ends_with_1(int status, string body, string said)
    {
        await using var stub = await BoardStub.StartAsync();
        stub.Instead["x_total"] = (status, body);
        var ended = await BenchAsync(stub, Board(), "--repeat", "3", "--range", "24h");
        Assert.Equal(1, ended.ExitCode);
        Assert.Contains("failed at 1d: Two <b> › Rate of All A: ", ended.Output, StringComparison.Ordinal);
        Assert.Contains(said, ended.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', ended.Output);
        Assert.Single(stub.Requests, one => one.Path == "/api/v1/query_range" && one.Body.Contains("x_total", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_variable_that_fails_fails_the_dashboard()
    {
        await using var stub = await BoardStub.StartAsync();
        stub.Instead["/label/model"] = (422, """{"status":"error","errorType":"execution","error":"too many"}""");
        var ended = await BenchAsync(stub, Board(), "--range", "24h");
        Assert.Equal(1, ended.ExitCode);
        Assert.Contains($"failed at 1d: Two <b>: variable model of {_directory.File("two.json")}: execution: too many", ended.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dashboards_come_from_a_Grafana_and_are_asked_through_both()
    {
        await using var stub = await BoardStub.StartAsync();
        var ended = await CliSession.RunAsync(
            ["dashboards", "bench", "--config", Config($"dashboard_load: {{ target_time: 50s }}, {Patient}"), "--grafana", stub.Url, "--dashboard", "two", "--range", "24h", "--repeat", "1", "--json", "--to", "2023-11-14T22:13:20Z"],
            new Dictionary<string, string> { ["GRAFANA_API_KEY"] = BoardStub.Key, ["PROMETHEUS_URL"] = stub.Url });
        Assert.Equal((0, ""), (ended.ExitCode, ended.Error));
        Assert.DoesNotContain(BoardStub.Key, ended.Output, StringComparison.Ordinal);
        var loads = JsonNode.Parse(ended.Output)!["dashboards"]![0]!["loads"]!.AsArray();
        Assert.Equal(["prometheus", "grafana"], loads.Select(load => (string)load!["via"]!));
        Assert.Equal([(2, 4L), (1, 2L), (1, 2L)], loads[1]!["panels"]![0]!["queries"]!.AsArray().Select(query => ((int)query!["result_series"]!, (long)query["points"]!)));

        Assert.All(stub.Requests.Where(one => one.Path.StartsWith("/api/d", StringComparison.Ordinal)), one => Assert.Equal($"Bearer {BoardStub.Key}", one.Authorization));
        Assert.All(stub.Requests.Where(one => one.Path.StartsWith("/api/v1/", StringComparison.Ordinal)), one => Assert.Null(one.Authorization));
        var bodies = stub.Requests.Where(one => one.Path.StartsWith("/api/ds/query", StringComparison.Ordinal)).Select(one => JsonNode.Parse(one.Body)!).ToList();
        Assert.Equal(6, bodies.Count);
        var body = bodies.First(one => one["queries"]!.AsArray().Count == 3);
        Assert.Equal(("1699913600000", "1700000000000"), ((string)body["from"]!, (string)body["to"]!));
        Assert.Equal(["A", "B", "B-Instant"], body["queries"]!.AsArray().Select(query => (string)query!["refId"]!));
        var asked = body["queries"]![0]!;
        Assert.Equal(
            ("""sum(rate(x_total{model=~"(opus|sonnet)"}[$__rate_interval]))""", "prometheus", 120_000, 930, true, false),
            ((string)asked["expr"]!, (string)asked["datasource"]!["uid"]!, (int)asked["intervalMs"]!, (int)asked["maxDataPoints"]!, (bool)asked["range"]!, (bool)asked["instant"]!));
    }

    [Fact]
    public async Task A_Grafana_may_stand_in_the_configuration_and_values_reach_the_terminal_without_tricks()
    {
        await using var stub = await BoardStub.StartAsync();
        var config = _directory.Write("c.yml", $"integrations: {{ grafana: {{ enabled: true, url: '{stub.Url}', api_key: {BoardStub.Key} }} }}\nbenchmarks: {{ dashboard_load: {{ target_time: 50s }}, {Patient} }}");
        var ended = await CliSession.RunAsync(["dashboards", "bench", Board(), "--config", config, "--range", "24h", "--repeat", "1", "--var", "model=\u001b[2J"]);
        Assert.Equal((0, ""), (ended.ExitCode, ended.Error));
        Assert.Contains("Two <b> › Rate of [2J", ended.Output.Replace("  ", " ", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', ended.Output);
        Assert.All(stub.Requests, one => Assert.Equal($"Bearer {BoardStub.Key}", one.Authorization));
    }

    [Theory]
    [InlineData("/api/ds/query", 400, """{"results":{"A":{"error":"bad_data: parse error\u001b[2J","errorSource":"downstream","status":400,"frames":[]}}}""", 1, "bad_data: parse error [2J")]
    [InlineData("/api/ds/query", 200, """{"results":[]}""", 1, "is not the API of a Grafana")]
    [InlineData("/api/ds/query", 500, """{"message":"Query data error","messageId":"x","statusCode":500,"traceID":""}""", 1, "answers 500 InternalServerError: Query data error")]
    [InlineData("/api/search", 401, """{"extra":null,"message":"Invalid API key","messageId":"api-key.invalid","statusCode":401,"traceID":""}""", 4, "answers 401 Unauthorized: Invalid API key")]
    [InlineData("/api/search", 200, """{"a":1}""", 4, "is not the API of a Grafana")]
    [InlineData("/api/search", 200, """[{"uid":"\ud800"}]""", 4, "is not the API of a Grafana")]
    [InlineData("/api/search", 401, """{"message":"\ud800"}""", 4, "answers 401 Unauthorized")]
    [InlineData("/api/search", 200, "[]", 2, "there is no dashboard")]
    [InlineData("/api/frontend/settings", 200, """{"datasources":{"L":{"uid":"l","type":"loki"}}}""", 4, "has no data source that is a Prometheus")]
    [InlineData("/api/dashboards/uid", 200, """{"dashboard":{"title":7}}""", 2, "two: $.dashboard.title: expected a text, got 7")]
    public async Task Bad_answers_of_a_Grafana_are_one_line(string path, int status, string body, int code, string said)
    {
        await using var stub = await BoardStub.StartAsync();
        stub.Instead[path] = (status, body);
        var ended = await CliSession.RunAsync(["dashboards", "bench", "--grafana", stub.Url, "--range", "24h", "--repeat", "1"]);
        Assert.Equal(code, ended.ExitCode);
        Assert.Contains(said, code == 1 ? ended.Output : ended.Error, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', ended.Output + ended.Error);
    }

    [Fact]
    public async Task One_query_that_fails_in_a_Grafanas_answer_says_so_of_the_others()
    {
        await using var stub = await BoardStub.StartAsync();
        stub.Instead["x_total"] = (207, """{"results":{"A":{"status":200,"frames":[]},"B":{"error":"bad_data: no","status":400,"frames":[]},"B-Instant":{"status":200,"frames":[]}}}""");
        var ended = await CliSession.RunAsync(["dashboards", "bench", "--grafana", stub.Url, "--range", "24h", "--repeat", "1", "--json"]);
        Assert.Equal(1, ended.ExitCode);
        var queries = JsonNode.Parse(ended.Output)!["dashboards"]![0]!["loads"]![0]!["panels"]![0]!["queries"]!.AsArray();
        const string Beside = "not measured, as query B of its request failed";
        Assert.Equal([Beside, "bad_data: no", Beside], queries.Select(query => (string)query!["error"]!));
    }

    [Fact]
    public async Task Series_are_counted_after_all_loads()
    {
        await using var stub = await BoardStub.StartAsync();
        await BenchAsync(stub, Board(), "--range", "1h", "--range", "6h", "--repeat", "1");
        var counts = stub.Requests.Select((one, i) => (one.Path, i)).Where(one => one.Path == "/api/v1/series").Select(one => one.i).ToList();
        Assert.Equal(Enumerable.Range(stub.Requests.Count - 10, 10), counts);
    }

    [Fact]
    public async Task Nobody_there_ends_with_4_and_bad_dashboards_with_2()
    {
        var nobody = $"http://127.0.0.1:{Ports.Free()}";
        var ended = await CliSession.RunAsync(["dashboards", "bench", Board(), "--prometheus", nobody]);
        Assert.Equal((4, ""), (ended.ExitCode, ended.Output));
        Assert.StartsWith($"metricssim: can't talk to Prometheus at {nobody}: ", ended.Error, StringComparison.Ordinal);
        ended = await CliSession.RunAsync(["dashboards", "bench", Board(), "--prometheus", nobody, "--var", "model=a", "--var", "modle=a"]);
        Assert.Equal((2, "metricssim: --var: no dashboard has a variable \"modle\"\n"), (ended.ExitCode, ended.Error));
        ended = await CliSession.RunAsync(["dashboards", "bench", "--grafana", nobody]);
        Assert.Equal(4, ended.ExitCode);
        Assert.StartsWith($"metricssim: can't talk to Grafana at {nobody}: ", ended.Error, StringComparison.Ordinal);
        ended = await CliSession.RunAsync(["dashboards", "bench", Board(), _directory.Write("bad.json", """{"title": 1, "panels": 2}"""), "--dashboard", "three", "--prometheus", nobody]);
        Assert.Equal(2, ended.ExitCode);
        Assert.Equal(
            [$"metricssim: {_directory.File("bad.json")}: $.title: expected a text, got 1", $"metricssim: {_directory.File("bad.json")}: $.panels: expected an array, got 2", "metricssim: --dashboard: there is no dashboard with the uid \"three\""],
            ended.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    private string Board() => _directory.Write("two.json", BoardStub.Board);

    private string Config(string benchmarks) => _directory.Write("c.yml", $"benchmarks: {{ {benchmarks} }}");

    private static Task<Finished> BenchAsync(BoardStub stub, params string[] args) => CliSession.RunAsync(["dashboards", "bench", "--prometheus", stub.Url, .. args]);
}
