using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MetricsSim.Tests.Support;
using Xunit;

namespace MetricsSim.Tests.Deploy;

public sealed partial class PrometheusStackTests
{
    [Fact]
    public async Task Scrapes_evaluates_every_rule_and_reaches_Alertmanager()
    {
        var cancel = TestContext.Current.CancellationToken;
        using var directory = new TemporaryDirectory();
        await Passes("amtool", "prometheus-alertmanager", "check-config", DeployFiles.Alertmanager);
        await Passes("promtool", "prometheus", "check", "config", DeployFiles.PathOf("deploy/prometheus/prometheus.yml"));
        await Passes("promtool", "prometheus", "check", "rules", Path.Combine(DeployFiles.Rules, "metricssim.yml"));

        await using var daemon = await RunningDaemon.StartAsync();
        var port = Ports.Free();
        await using var alertmanager = await LoopbackServer.AlertmanagerAsync(directory, port, cancel);

        var own = Ports.Free();
        var configuration = DeployFiles.Rewritten(
            "deploy/prometheus/prometheus.compose.yml",
            ("_interval: 5s", "_interval: 500ms"),
            ("simulator:8001", $"127.0.0.1:{daemon.Handle.MetricsPort}"),
            ("alertmanager:9093", $"127.0.0.1:{port}"),
            ("localhost:9090", $"127.0.0.1:{own}"),
            ("otel-collector:8889", "127.0.0.1:1"),
            ("grafana:3000", "127.0.0.1:1"),
            ("/etc/prometheus/rules", DeployFiles.Rules));
        await Passes("promtool", "prometheus", "check", "config", directory.Write("prometheus.yml", configuration));

        await using var prometheus = await PrometheusServer.StartAsync(
            configuration, cancel, own, flags: ["--web.enable-remote-write-receiver", "--web.enable-admin-api"]);
        var rules = await UntilAsync(
            async () => Rules(await prometheus.GetAsync("/api/v1/rules", cancel)),
            found => found.Length > 0 && found.All(rule => rule["health"]!.GetValue<string>() != "unknown"),
            cancel);
        Assert.All(rules, rule => Assert.Equal("ok", rule["health"]!.GetValue<string>()));

        var recorded = rules.Where(rule => rule["type"]!.GetValue<string>() == "recording").Select(rule => rule["name"]!.GetValue<string>()).ToArray();
        foreach (var name in recorded) await UntilAsync(() => prometheus.QueryAsync(name, null, cancel), rows => rows.Count > 0, cancel);

        foreach (var job in (string[])["metricssim", "prometheus", "alertmanager"])
            await UntilAsync(() => prometheus.QueryAsync($"up{{job=\"{job}\"}}", null, cancel), rows => rows.Count == 1 && rows[0].Value == 1, cancel);
        var managers = (await prometheus.GetAsync("/api/v1/alertmanagers", cancel))["data"]!["activeAlertmanagers"]!.AsArray();
        Assert.Equal($"http://127.0.0.1:{port}/api/v2/alerts", Assert.Single(managers)!["url"]!.GetValue<string>());

        var page = await daemon.Metrics.GetStringAsync(new Uri("/metrics", UriKind.Relative), cancel);
        var published = page.Split('\n').Select(line => line.Split('{', ' ')[0]).Concat(recorded).Append("up").ToHashSet();
        var used = rules.SelectMany(rule => MetricNames(rule["query"]!.GetValue<string>())).Distinct().ToArray();
        Assert.Contains("metricssim_backend_backlog", used);
        Assert.All(used, name => Assert.Contains(name, published));
    }

    [Fact]
    public async Task Shows_an_alert_that_it_is_sent()
    {
        var cancel = TestContext.Current.CancellationToken;
        using var directory = new TemporaryDirectory();
        var port = Ports.Free();
        await using var alertmanager = await LoopbackServer.AlertmanagerAsync(directory, port, cancel);
        using var alerts = new StringContent("""[{"labels":{"alertname":"HighErrorRate","severity":"critical"}}]""", Encoding.UTF8, "application/json");
        using var sent = await alertmanager.Http.PostAsync(new Uri("/api/v2/alerts", UriKind.Relative), alerts, cancel);
        Assert.Equal(HttpStatusCode.OK, sent.StatusCode);
        var shown = JsonNode.Parse(await alertmanager.Http.GetStringAsync(new Uri("/api/v2/alerts?receiver=page", UriKind.Relative), cancel))!.AsArray();
        Assert.Equal("HighErrorRate", Assert.Single(shown)!["labels"]!["alertname"]!.GetValue<string>());
    }

    private static async Task Passes(string program, string package, params string[] arguments)
    {
        var result = await Programs.Run(Programs.OfPackage(program, package), "", arguments);
        Assert.True(result.ExitCode == 0, result.Output + result.Error);
    }

    private static JsonNode[] Rules(JsonNode answer) =>
        [.. answer["data"]!["groups"]!.AsArray().SelectMany(group => group!["rules"]!.AsArray()).Select(rule => rule!)];

    /// <summary>What is left of an expression without matchers, ranges, label lists and functions.</summary>
    private static IEnumerable<string> MetricNames(string expression) =>
        Name().Matches(Functions().Replace(Lists().Replace(expression, ""), "(")).Select(match => match.Value);

    private static async Task<T> UntilAsync<T>(Func<Task<T>> ask, Predicate<T> wanted, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(RunningDaemon.Patience);
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (true)
        {
            var answer = await ask();
            if (wanted(answer)) return answer;
            await pause.WaitForNextTickAsync(limit.Token);
        }
    }

    [GeneratedRegex(@"\{[^}]*\}|\[[^]]*\]|\b(by|without|on|ignoring)\s*\([^)]*\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Lists();

    [GeneratedRegex(@"\b[a-z_0-9]+\s*\(", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Functions();

    [GeneratedRegex("[a-zA-Z_:][a-zA-Z0-9_:]+", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Name();
}
