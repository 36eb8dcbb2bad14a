using System.Diagnostics;
using MathNet.Numerics.Statistics;
using MetricsSim.Configuration;
using MetricsSim.Core.Engine;
using MetricsSim.Hosting;
using MetricsSim.Prometheus;

namespace MetricsSim.Studies;

/// <summary>Serves a world as the daemon does, in this process, and has it scraped.</summary>
/// <param name="plan">The study.</param>
/// <param name="server">What scrapes.</param>
internal sealed class IngestMeasure(StudyPlan plan, StudyServer server)
{
    /// <summary>Scrapes that may fail: the first of a large page may take longer than its interval, and those after it have its series then.</summary>
    private const int MostFailures = 3;

    /// <summary>For what comes before the first scrape, and after the last.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan ShortestLook = TimeSpan.FromMilliseconds(50);

    private TimeSpan Look => plan.Interval / 20 > ShortestLook ? plan.Interval / 20 : ShortestLook;

    /// <summary>Measures.</summary>
    /// <param name="world">The world, which begins anew.</param>
    /// <param name="logDirectory">Directory of the server's write-ahead log.</param>
    /// <param name="progress">Told the share that is done.</param>
    /// <param name="stop">Gives up.</param>
    /// <exception cref="StudyServerException">The server ended, or a scrape failed.</exception>
    public async Task<IngestCost> ScrapeAsync(WorldOptions world, string logDirectory, Action<double> progress, CancellationToken stop)
    {
        await using var errors = new StringWriter();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var started = new TaskCompletionSource<DaemonHandle>(TaskCreationOptions.RunContinuationsAsynchronously);
        var options = new DaemonOptions
        {
            Config = new SimulatorConfig
            {
                World = world,
                Document = plan.Config.Document,
                Server = new ServerOptions { Host = "127.0.0.1", Port = 0, MetricsPort = 0 },
                Logging = new LoggingOptions { Level = LogLevel.Error },
            },
            Threads = plan.Threads,
            Started = started.SetResult,
            Error = errors,
        };
        var daemon = Task.Run(() => Daemon.RunAsync(options, end.Token), CancellationToken.None);
        try
        {
            if (await Task.WhenAny(daemon, started.Task) == daemon) throw new StudyServerException($"the page could not be served: {errors.ToString().Trim()}");
            var handle = await started.Task;
            using var pause = new PeriodicTimer(Look);
            while (!handle.Loop.IsReady && !daemon.IsCompleted) await pause.WaitForNextTickAsync(stop);
            await server.ScrapeAsync(handle.MetricsPort, plan.Interval, stop);
            return await WatchAsync(pause, logDirectory, progress, stop);
        }
        catch (PrometheusException e)
        {
            throw new StudyServerException(await server.EndingAsync(stop) ?? e.Message);
        }
        finally
        {
            await end.CancelAsync();
            await daemon;
        }
    }

    private async Task<IngestCost> WatchAsync(PeriodicTimer pause, string logDirectory, Action<double> progress, CancellationToken stop)
    {
        var began = Stopwatch.GetTimestamp();
        var limit = (plan.Interval * (plan.Scrapes + 2 + MostFailures)) + Margin;
        var cpuAtFirst = double.NaN;
        while (await pause.WaitForNextTickAsync(stop))
        {
            if (Stopwatch.GetElapsedTime(began) > limit) throw new StudyServerException($"Prometheus has not scraped {plan.Scrapes + 1} times after {limit.TotalSeconds:0} s");
            var up = await ScrapesAsync("up", stop);
            if (up.Count(one => one == 0) > MostFailures)
                throw new StudyServerException($"{MostFailures + 1} scrapes failed: each may take {plan.Interval.TotalSeconds:0.#} s, the interval");
            if (up.Count > 0 && double.IsNaN(cpuAtFirst)) cpuAtFirst = await server.OwnAsync("process_cpu_seconds_total", stop);
            var good = up.Skip(1).Count(one => one == 1);
            progress(Math.Min(1, (double)good / plan.Scrapes));
            // On a busy machine more than one may have come since the last look.
            if (good >= plan.Scrapes) break;
        }

        var cpu = await server.OwnAsync("process_cpu_seconds_total", stop) - cpuAtFirst;
        var durations = await ScrapesAsync("scrape_duration_seconds", stop);
        var outcomes = await ScrapesAsync("up", stop);
        return new IngestCost(
            (long)(await ScrapesAsync("scrape_samples_scraped", stop))[^1],
            durations[0],
            durations.Zip(outcomes).Skip(1).Where(scrape => scrape.Second == 1).Select(scrape => scrape.First).Median(),
            outcomes.Count(one => one == 0),
            double.IsFinite(cpu) ? cpu / (outcomes.Count - 1) : null,
            (long)await server.OwnAsync("prometheus_tsdb_head_series", stop),
            Directory.Exists(logDirectory) ? new DirectoryInfo(logDirectory).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length) : 0);
    }

    private async Task<IReadOnlyList<double>> ScrapesAsync(string metric, CancellationToken stop)
    {
        var answer = await server.Client.QueryAsync($"{metric}{{job=\"{StudyPlan.Target[0].Value}\"}}[1d]", null, stop);
        return answer is PrometheusMatrix { Series: [var only] } ? [.. only.Samples.Select(sample => sample.Value)] : [];
    }
}
