using System.Globalization;
using MetricsSim.Configuration;
using MetricsSim.Core.Engine;
using MetricsSim.Core.Series;
using MetricsSim.Tests.Support;
using Xunit;

namespace MetricsSim.Tests.EndToEnd;

/// <summary>Series of sessions as a real Prometheus counts them: 20 minutes at speed 60.</summary>
[Collection(nameof(AloneOnTheMachine))]
public sealed class SessionChurnTests
{
    // A session stays ten seconds of wall time after its end, in which a busy Prometheus scrapes at least once.
    private const string Config =
        """
        users: { total: 60 }
        simulation: { start: "2026-01-05T10:00:00Z" }
        telemetry: { session_retention: 10m, labels: { session_id: true } }
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
        Assert.Equal(forecast.Lasting + (forecast.PerSession * world.SessionRows) + runtime, scraped);
        var seen = forecast.Lasting + (forecast.PerSession * world.SessionRowsCreated) + runtime;
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
