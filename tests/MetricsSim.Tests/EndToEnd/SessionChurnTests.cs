using System.Globalization;
using MetricsSim.Configuration;
using MetricsSim.Core.Engine;
using MetricsSim.Core.Series;
using MetricsSim.Tests.Support;
using Xunit;

namespace MetricsSim.Tests.EndToEnd;

/// <summary>Series that come and go, of sessions and of groups, as a real Prometheus counts them: 20 minutes at speed 60.</summary>
[Collection(nameof(AloneOnTheMachine))]
public sealed class SessionChurnTests
{
    // A session stays ten seconds of wall time after its end, in which a busy Prometheus scrapes at least once.
    private const string Config =
        """
        users: { total: 60 }
        simulation: { start: "2026-01-05T10:00:00Z" }
        telemetry: { session_retention: 10m, labels: { session_id: true } }
        series_groups:
          stable: { type: summary, metrics: 3, labels: { pod: { cardinality: 40 } }, interval: 15s }
          churning: { type: counter, labels: { code: ["200", "500"], pod: { cardinality: 100 } }, lifecycle: { kind: churning, interval: 2m, fraction: 0.1 } }
          intermittent: { labels: { pod: { cardinality: 300 } }, lifecycle: { kind: intermittent, on: 4m, off: 2m } }
          spiking: { type: native_histogram, buckets: [0.1, 1], labels: { pod: { cardinality: 20 } }, lifecycle: { kind: spiking, interval: 8m, duration: 3m, factor: 4 } }
        """;

    [Fact]
    public async Task Head_series_and_created_series_are_those_of_the_world_and_of_the_forecast()
    {
        var cancel = TestContext.Current.CancellationToken;
        using var directory = new TemporaryDirectory();
        var port = Ports.Free();
        await using var prometheus = await PrometheusServer.StartAsync(Configuration(port), cancel);
        await prometheus.UntilScrapingAsync(cancel);
        var before = await HeadAsync(prometheus, cancel);
        var daemon = await MetricsSimProcess.ServeAsync(["--config", directory.Write("churn.yml", Config), "--speed", "60"], metricsPort: port);
        await using (daemon) await new ScrapedRun(prometheus, "churn").UntilAsync(1200, TimeSpan.FromMinutes(1), cancel);

        var last = (await prometheus.SamplesAsync("metricssim_simulated_time_seconds{job=\"churn\"}", 120, cancel))[^1];
        var elapsed = TimeSpan.FromSeconds(last.Value - ScrapedRun.StartOfRun);
        var options = ConfigLoader.Parse(Config, "churn.yml", [], []).Config!.World;
        var world = new World(options);
        world.Step((long)(elapsed / options.Tick));
        var forecast = new SeriesForecast(options);
        // What the page has beside, of the running process.
        var runtime = await prometheus.ScalarAsync("count({__name__=~\"metricssim_runtime_.*\"})", last.Time, cancel);

        var scraped = await prometheus.ScalarAsync("scrape_samples_scraped{job=\"churn\"}", last.Time, cancel);
        var page = new WorldReading();
        world.Read(page);
        Assert.Equal(page.PageSamples + runtime, scraped);
        foreach (var group in forecast.Groups)
        {
            var there = await prometheus.ScalarAsync($"count({{__name__=~\"{group.Id}.*\"}})", last.Time, cancel);
            Assert.InRange(there, (group.Id == "intermittent" ? 0.98 : 1) * group.SeriesAt(elapsed), (group.Id == "intermittent" ? 1.02 : 1) * group.SeriesAt(elapsed));
        }

        var ofGroups = forecast.Groups.Sum(group => group.SeriesAt(TimeSpan.Zero) + group.SeriesCreated(TimeSpan.Zero, elapsed));
        Assert.InRange(ofGroups, 600 + 200 + 300 + 100, 600 + 400 + 300 + 1000);
        var seen = forecast.Lasting + (forecast.PerSession * world.SessionRowsCreated) + runtime + ofGroups;
        var after = await HeadAsync(prometheus, cancel);
        Assert.InRange(after.Created - before.Created, 0.98 * seen, 1.02 * seen);
        Assert.InRange(after.Series - before.Series, 0.98 * seen, 1.02 * seen);

        // Of so few sessions the number scatters by its root; SeriesForecastTests holds many to 2 %.
        var sessions = forecast.SessionsAt(TimeSpan.Zero) + forecast.SessionsStarted(TimeSpan.Zero, elapsed);
        Assert.InRange(world.SessionRowsCreated, sessions - (3 * Math.Sqrt(sessions)), sessions + (3 * Math.Sqrt(sessions)));
        Assert.InRange(world.SessionRowsCreated, 100, 400);
    }

    private static async Task<(double Series, double Created)> HeadAsync(PrometheusServer prometheus, CancellationToken cancel)
    {
        using var http = new HttpClient { BaseAddress = prometheus.Url };
        var lines = (await http.GetStringAsync(new Uri("/metrics", UriKind.Relative), cancel)).Split('\n');
        return (Value("prometheus_tsdb_head_series "), Value("prometheus_tsdb_head_series_created_total "));

        double Value(string name) =>
            double.Parse(lines.Single(line => line.StartsWith(name, StringComparison.Ordinal))[name.Length..], CultureInfo.InvariantCulture);
    }

    private static string Configuration(int port) =>
        $$"""
        global:
          scrape_interval: 500ms
          scrape_timeout: 500ms
        scrape_configs:
          - job_name: churn
            static_configs: [{ targets: ["localhost:{{port}}"] }]
        """;
}
