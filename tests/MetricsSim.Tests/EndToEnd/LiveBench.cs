using MetricsSim.Tests.Support;
using Xunit;

namespace MetricsSim.Tests.EndToEnd;

/// <summary>Scenarios for a daemon at speed 60, and what tests of <c>run --live</c> share.</summary>
internal sealed class LiveBench : IDisposable
{
    // Ten minutes in 10 s of wall time, scraped every 12 s of simulated time.
    public const string Speed = "60";

    private const string Config = """
        users: { total: 30 }
        scenarios:
          dip:
            name: Dip
            duration: 10m
            timeline:
              - { time: 0, event: start }
              - { time: 5m, event: inject_failure, type: total_outage, duration: 60 }
            assertions:
              - { metric: error_rate, condition: "> 0.03" }
              - { metric: recovery_time, condition: "< 200" }
              - { metric: data_loss, condition: "= 0" }
              - { metric: "max_over_time(sum(metricssim_active_faults)[$window:200ms])", condition: "= 1" }
          long:
            name: Long
            duration: 16m
            timeline:
              - { time: 0, event: start }
              - { time: 13m, event: inject_failure, type: total_outage, duration: 60 }
            assertions:
              - { metric: error_rate, condition: "> 0.02" }
              - { metric: recovery_time, condition: "< 170" }
              - { metric: data_loss, condition: "= 0" }
          short:
            name: Short
            duration: 3m
            timeline:
              - { time: 0, event: start }
            assertions:
              - { metric: error_rate, condition: "> 0.5" }
              - { metric: response_time, condition: "> 500" }
        """;

    private readonly TemporaryDirectory _directory = new();

    public LiveBench() => ConfigPath = _directory.Write("c.yml", Config);

    public string ConfigPath { get; }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static string Scraping(int port) =>
        $$"""
        global: { scrape_interval: 200ms, scrape_timeout: 200ms }
        scrape_configs: [{ job_name: metricssim, static_configs: [{ targets: ["127.0.0.1:{{port}}"] }] }]
        """;

    public static async Task<string[]> RunningAsync(MetricsSimProcess daemon)
    {
        var simulations = await daemon.Http.GetJsonAsync(new Uri(daemon.Control, "/api/v1/simulator/simulations").ToString());
        return
        [
            .. simulations.EnumerateArray().Where(one => one.GetProperty("status").GetString() == "running").Select(one => one.GetProperty("scenario_id").GetString()!),
        ];
    }

    /// <summary>Waits until the program has written a text so often.</summary>
    public static async Task UntilAsync(MetricsSimProcess run, string text, int times = 1)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        limit.CancelAfter(RunningDaemon.Patience);
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (run.Error.Split(text).Length <= times) await pause.WaitForNextTickAsync(limit.Token);
    }

    public string File(string name) => _directory.File(name);

    public void Dispose() => _directory.Dispose();

    public Task<MetricsSimProcess> ServeAsync(int metricsPort = 0, int port = 0, params string[] args) =>
        MetricsSimProcess.ServeAsync(["--config", ConfigPath, "--speed", Speed, .. args], metricsPort: metricsPort, port: port);

    public MetricsSimProcess Start(Uri daemon, Uri prometheus, params string[] args) => MetricsSimProcess.Start(
        ["run", .. args, "--live", $"http://127.0.0.1:{daemon.Port}", "--prometheus", prometheus.ToString(), "--output", File("live.json")]);
}
