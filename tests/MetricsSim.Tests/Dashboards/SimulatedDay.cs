using System.Collections.Concurrent;
using System.Globalization;
using MetricsSim.Configuration;
using MetricsSim.Dashboards;
using MetricsSim.Dashboards.Model;
using MetricsSim.Dashboards.Variables;
using MetricsSim.Prometheus;
using MetricsSim.Tests.Configuration;
using MetricsSim.Tests.Deploy;
using MetricsSim.Tests.Support;
using Xunit;

namespace MetricsSim.Tests.Dashboards;

/// <summary>
/// A Prometheus as somebody has it who backfilled a day with black_friday in it and then started the daemon: it scrapes the daemon and itself,
/// and evaluates the rules of the stack.
/// </summary>
public sealed class SimulatedDay : IAsyncLifetime
{
    private const string World = "users: { total: 30 }\n";

    // The ends of all ranges up to an hour lie on it: a step then doesn't end before what has been waited for.
    private const int Grid = 30;

    private readonly TemporaryDirectory _directory = new();
    private readonly ConcurrentDictionary<(string Dashboard, int Panel, string Choice), Task<IReadOnlyList<(PanelQuery Query, PrometheusAnswer Answer)>>> _answers = new();
    private readonly ConcurrentDictionary<(string Dashboard, string Choice), Task<(PanelQueries Queries, BoardTime Time)>> _queries = new();
    private RunningDaemon? _daemon;
    private PrometheusServer? _prometheus;
    private DateTimeOffset _end;

    /// <summary>Series that the daemon publishes, by name: the labels that Prometheus has of them.</summary>
    internal IReadOnlyDictionary<string, IReadOnlySet<string>> Published { get; private set; } = new Dictionary<string, IReadOnlySet<string>>();

    internal PrometheusClient Client { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var cancel = TestContext.Current.CancellationToken;
        var data = _directory.File("data");
        var history = await CliSession.RunAsync(
        [
            "backfill", "--config", _directory.Write("c.yml", World), "--scenario", "black_friday", "--duration", "24h", "--to", "now", "--interval", "30s",
            // As few blocks as there can be, so that Prometheus has nothing to compact meanwhile.
            "--max-block-duration", "54h", "--output", data,
        ], stop: cancel);
        Assert.True(history.ExitCode == 0, history.Error);

        _daemon = await RunningDaemon.StartAsync(ConfigTestData.Good(World) with { Server = new ServerOptions { Port = 0, MetricsPort = 0 } });
        var port = Ports.Free();
        _prometheus = await PrometheusServer.StartAsync($$"""
            global: { scrape_interval: 1s, evaluation_interval: 1s }
            rule_files: ["{{DeployFiles.Rules}}/*.yml"]
            scrape_configs:
              - job_name: metricssim
                static_configs: [{ targets: ["127.0.0.1:{{_daemon.Handle.MetricsPort}}"], labels: { instance: "localhost:8001" } }]
              - job_name: prometheus
                static_configs: [{ targets: ["127.0.0.1:{{port}}"] }]
            """, cancel, port, data);
        Client = new PrometheusClient(PrometheusAddress.Parse(_prometheus.Url.ToString())!);
        // Rates need two scrapes of each.
        foreach (var expression in (string[])["rate(metricssim_runtime_ticks_total[1m]) > 0", "rate(prometheus_http_requests_total[1m]) > 0"])
            await UntilAsync(expression, cancel);
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        _end = DateTimeOffset.FromUnixTimeSeconds(((now / Grid) + 1) * Grid);
        Published = Series(await _daemon.Metrics.GetStringAsync(new Uri("/metrics", UriKind.Relative), cancel));
    }

    /// <summary>Asks all queries of a panel for the time that its dashboard shows by default; once for all tests.</summary>
    /// <param name="dashboard">The dashboard's name.</param>
    /// <param name="panel">The panel's id.</param>
    /// <param name="choice">What is chosen in its variables: see <see cref="Chosen"/>.</param>
    internal Task<IReadOnlyList<(PanelQuery Query, PrometheusAnswer Answer)>> AskAsync(string dashboard, int panel, string choice) =>
        _answers.GetOrAdd((dashboard, panel, choice), async _ =>
        {
            var (queries, time) = await _queries.GetOrAdd((dashboard, choice), _ => QueriesAsync(ShippedDashboards.ByName[dashboard], choice));
            var answers = new List<(PanelQuery, PrometheusAnswer)>();
            foreach (var query in queries.Of(ShippedDashboards.Panel(dashboard, panel), time)) answers.Add((query, await query.AskAsync(Client, TestContext.Current.CancellationToken)));
            return answers;
        });

    /// <summary>The queries of a dashboard with its variables filled in, and the time it shows.</summary>
    internal async Task<(PanelQueries Queries, BoardTime Time)> QueriesAsync(Dashboard dashboard, string choice)
    {
        var cancel = TestContext.Current.CancellationToken;
        var time = BoardTime.Parse(dashboard.From, dashboard.To, _end)!.Value;
        var variables = await new VariableResolver(Client).ResolveAsync(dashboard, time, await Chosen(choice), cancel);
        return (new PanelQueries(variables, PanelQueries.UsualScrapeInterval), time);
    }

    public async ValueTask DisposeAsync()
    {
        Client?.Dispose();
        if (_prometheus is not null) await _prometheus.DisposeAsync();
        if (_daemon is not null) await _daemon.DisposeAsync();
        _directory.Dispose();
    }

    /// <summary>Nothing for <c>All</c>; else one organisation, one user type that is in it, and one model.</summary>
    private async Task<IReadOnlyDictionary<string, IReadOnlyList<string>>> Chosen(string choice)
    {
        if (choice == "All") return new Dictionary<string, IReadOnlyList<string>>();
        var dearest = (PrometheusVector)await Client.QueryAsync(
            """topk(1, sum by (organization_id, user_type, model) (increase(otel_claude_code_cost_usage_USD_total{organization_id!=""}[1d])))""",
            _end.ToUnixTimeSeconds(), TestContext.Current.CancellationToken);
        var labels = Assert.Single(dearest.Elements).Labels;
        return new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal)
        {
            ["organization"] = [labels["organization_id"]],
            ["user_type"] = [labels["user_type"]],
            ["model"] = [labels["model"]],
        };
    }

    private async Task UntilAsync(string expression, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(RunningDaemon.Patience);
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while ((await _prometheus!.QueryAsync(expression, null, cancel)).Count == 0) await pause.WaitForNextTickAsync(limit.Token);
    }

    private static Dictionary<string, IReadOnlySet<string>> Series(string page)
    {
        var series = new Dictionary<string, IReadOnlySet<string>>(StringComparer.Ordinal);
        foreach (var line in page.Split('\n').Where(line => line.Length > 0 && line[0] != '#'))
        {
            var end = line.IndexOfAny(['{', ' ']);
            var labels = (HashSet<string>)(series.TryGetValue(line[..end], out var known) ? known : series[line[..end]] = new HashSet<string>(["job", "instance"], StringComparer.Ordinal));
            if (line[end] != '{') continue;
            foreach (var pair in line[(end + 1)..line.LastIndexOf('}')].Split("\",")) labels.Add(pair.Split('=')[0]);
        }

        return series;
    }
}
