using MetricsSim.Tests.Support;

namespace MetricsSim.Tests.EndToEnd;

/// <summary>A daemon that a Prometheus scrapes under a job name, and questions in simulated time about what it stored.</summary>
internal sealed class ScrapedRun(PrometheusServer prometheus, string job)
{
    private IReadOnlyList<(double Wall, double Simulated)> _clock = [];
    private double _start;

    /// <summary>Waits until Prometheus has stored a scrape at or after a simulated time since the start.</summary>
    public async Task UntilAsync(double seconds, TimeSpan patience, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(patience);
        using var pause = new PeriodicTimer(TimeSpan.FromSeconds(1));
        while (await pause.WaitForNextTickAsync(limit.Token))
        {
            var now = await prometheus.QueryAsync($"metricssim_simulated_time_seconds{{job=\"{job}\"}}", null, limit.Token);
            if (now.Count == 1 && now[0].Value - StartOfRun >= seconds) break;
        }

        var samples = await prometheus.SamplesAsync($"metricssim_simulated_time_seconds{{job=\"{job}\"}}", 3600, cancel);
        _clock = [.. samples.Select(sample => (sample.Time, sample.Value))];
        _start = StartOfRun;
    }

    /// <summary>Default start of every simulation: 2026-01-05T10:00Z.</summary>
    public static double StartOfRun { get; } = new DateTimeOffset(2026, 1, 5, 10, 0, 0, TimeSpan.Zero).ToUnixTimeSeconds();

    /// <summary>Simulated time of the first scrape, since the start.</summary>
    public double FirstScrape => _clock[0].Simulated - _start;

    /// <summary>Wall time of the first scrape at or after a simulated time since the start.</summary>
    public double WallAt(double seconds) => _clock.First(pair => pair.Simulated - _start >= seconds).Wall;

    /// <summary>Increase of a counter sum per simulated second, from the stored values of the first and the last scrape within a time.</summary>
    public async Task<double> RateAsync(string selector, double from, double to, CancellationToken cancel)
    {
        var (wallFrom, wallTo) = (WallAt(from), _clock.Last(pair => pair.Simulated - _start <= to).Wall);
        var rise = await SumAsync(selector, wallTo, cancel) - await SumAsync(selector, wallFrom, cancel);
        return rise / (SimulatedAt(wallTo) - SimulatedAt(wallFrom));
    }

    /// <summary>The value of an expression as of the scrape at a simulated time.</summary>
    public Task<double> AtAsync(string promql, double seconds, CancellationToken cancel) => prometheus.ScalarAsync(promql, WallAt(seconds), cancel);

    private double SimulatedAt(double wall) => _clock.First(pair => pair.Wall == wall).Simulated;

    private Task<double> SumAsync(string selector, double wall, CancellationToken cancel) =>
        prometheus.ScalarAsync($"sum({selector.Replace("{", $"{{job=\"{job}\",", StringComparison.Ordinal)})", wall, cancel);
}
