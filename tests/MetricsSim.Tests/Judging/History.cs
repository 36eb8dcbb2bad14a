using MetricsSim.Analysis.Runs;
using MetricsSim.Core.Engine;
using MetricsSim.Core.Scenarios;
using MetricsSim.Prometheus;
using MetricsSim.Tests.Configuration;
using MetricsSim.Tests.Support;
using Xunit;

namespace MetricsSim.Tests.Judging;

/// <summary>A Prometheus with the history of several runs, a week apart from each other.</summary>
public sealed class History : IAsyncLifetime
{
    /// <summary>How far apart its samples are.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);

    private const string Aggregated = "telemetry: { labels: { user_id: false, organization_id: false, terminal_type: false } }\n";

    private readonly TemporaryDirectory _directory = new();
    private PrometheusServer _server = null!;

    /// <summary>The runs by name.</summary>
    internal static IReadOnlyDictionary<string, (WorldOptions Options, StartSimulation Start)> Runs { get; } =
        new Dictionary<string, (WorldOptions, StartSimulation)>(StringComparer.Ordinal)
        {
            ["black_friday"] = Run(0, Aggregated + "users: { total: 60 }\n", new("black_friday") { Compress = 8 }),
            ["stress_test"] = Run(1, Aggregated + "users: { total: 40 }\n", new("stress_test")),
            ["outage"] = Run(2, "users: { total: 6 }\ntelemetry: { namespace: \"\", style: direct }\n" + Scenario("outage", """
                  - { time: 10m, event: inject_failure, type: total_outage, duration: 2m }
                """), new("outage")),
            ["swamped"] = Run(3, Aggregated + "users: { total: 40 }\n" + Scenario("swamped", """
                  - { time: 10m, event: inject_failure, type: total_outage, duration: 2m }
                  - { time: 11m, event: increase_load, multiplier: 60 }
                """), new("swamped")),
            ["lasting"] = Run(4, Aggregated + "users: { total: 40 }\n" + Scenario("lasting", """
                  - { time: 5m, event: inject_failure, type: total_outage, duration: 1m }
                  - { time: 330s, event: inject_failure, type: network_latency, min_delay: 3000, max_delay: 5000, affected_percentage: 100 }
                """), new("lasting")),
        };

    /// <summary>The Prometheus.</summary>
    internal PrometheusClient Client { get; private set; } = null!;

    /// <summary>Its address.</summary>
    internal Uri Url => _server.Url;

    public async ValueTask InitializeAsync()
    {
        var cancel = TestContext.Current.CancellationToken;
        var path = _directory.File("history.om");
        await using (var file = File.Create(path))
        {
            foreach (var (options, start) in Runs.Values)
            {
                var plan = TimelinePlan.Of(options.Scenarios[start.ScenarioId], start, options.Tick);
                BackfilledRun.Write(file, options, start, plan.Ticks * options.Tick, Interval);
            }

            BackfilledRun.Finish(file);
        }

        var created = await Programs.Run(Programs.Prometheus("promtool"), "", "tsdb", "create-blocks-from", "openmetrics", path, _directory.File("data"));
        Assert.True(created.ExitCode == 0, created.Error);
        _server = await PrometheusServer.StartOnAsync(_directory.File("data"), cancel);
        Client = new PrometheusClient(PrometheusAddress.Parse(_server.Url.ToString())!);
    }

    public async ValueTask DisposeAsync()
    {
        Client?.Dispose();
        if (_server is not null) await _server.DisposeAsync();
        _directory.Dispose();
    }

    private static (WorldOptions Options, StartSimulation Start) Run(int week, string config, StartSimulation start)
    {
        var world = ConfigTestData.Good(config).World;
        return (world with { Start = world.Start.AddDays(7 * week) }, start);
    }

    private static string Scenario(string id, string timeline) =>
        $"scenarios:\n  {id}:\n    duration: 30m\n    timeline:\n      - {{ time: 0, event: start }}\n{string.Join('\n', timeline.Split('\n').Select(line => "    " + line))}\n";
}
