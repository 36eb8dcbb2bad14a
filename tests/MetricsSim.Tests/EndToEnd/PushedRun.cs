using System.Text.Json.Nodes;
using MetricsSim.Configuration;
using MetricsSim.Core.Engine;
using MetricsSim.Exposition;
using MetricsSim.Tests.Support;
using Xunit;

namespace MetricsSim.Tests.EndToEnd;

/// <summary>A daemon that pushes to a real receiver, and what the two say.</summary>
internal static class PushedRun
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>A daemon at 60 times the speed that pushes twice a second.</summary>
    public static Task<RunningDaemon> StartAsync(Uri receiver, int shards, TelemetryOptions? telemetry = null, double lateFraction = 0)
    {
        SimulatorConfig config = TestScenarios.Config(speed: 60);
        return RunningDaemon.StartAsync(config with
        {
            World = config.World with { Telemetry = telemetry ?? config.World.Telemetry },
            RemoteWrite = new RemoteWriteOptions
            {
                Url = new Uri(receiver, "/api/v1/write"),
                Interval = TimeSpan.FromSeconds(0.5),
                Shards = shards,
                MaxSamplesPerSend = 300,
                MaxBackoff = TimeSpan.FromSeconds(0.5),
                LateFraction = lateFraction,
                LateDelay = TimeSpan.FromSeconds(1),
            },
        });
    }

    /// <summary>The world's part of a page as Prometheus stores it, and its simulated time.</summary>
    public static async Task<(string[] Lines, long Time)> ScrapeAsync(RunningDaemon daemon)
    {
        string text = await daemon.Metrics.GetStringAsync(new Uri("/metrics", UriKind.Relative), Cancel);
        var lines = new List<string>();
        long time = 0;
        foreach (string line in text.Split('\n').Where(line => line.Length > 0 && line[0] != '#' && !line.StartsWith("metricssim_runtime_", StringComparison.Ordinal)))
        {
            int space = line.LastIndexOf(' ');
            string series = line[..space].TrimEnd('}');
            string name = series.Split('{')[0];
            string[] labels = [.. series[name.Length..].TrimStart('{').Split("\",", StringSplitOptions.RemoveEmptyEntries).Select(label => label.TrimEnd('"')).Where(label => !label.EndsWith("=\"", StringComparison.Ordinal) && !label.EndsWith('='))];
            double value = double.Parse(line[(space + 1)..].Replace("+Inf", "∞", StringComparison.Ordinal), System.Globalization.CultureInfo.InvariantCulture);
            lines.Add(Line(name, labels.Select(label => label.Replace("=\"", "=", StringComparison.Ordinal)), value));
            if (name == "metricssim_simulated_time_seconds") time = (long)value;
        }

        return ([.. lines.Order(StringComparer.Ordinal)], time);
    }

    /// <summary>What a receiver holds, in the form of <see cref="ScrapeAsync"/>.</summary>
    /// <param name="query">The instant query of the receiver.</param>
    public static async Task<string[]> HeldAsync(Func<string, Task<IReadOnlyList<(JsonObject Labels, double Value)>>> query)
    {
        IReadOnlyList<(JsonObject Labels, double Value)> rows = await query("""{job="metricssim",instance="localhost:8001"}""");
        return
        [
            .. rows.Select(row => Line(
                (string)row.Labels["__name__"]!,
                row.Labels.Where(label => label.Key is not ("__name__" or "job" or "instance")).Select(label => $"{label.Key}={label.Value}"),
                row.Value)).Order(StringComparer.Ordinal),
        ];
    }

    /// <summary>Waits until a receiver holds what a page says: the last series of a push may come after others.</summary>
    /// <param name="page">What <see cref="ScrapeAsync"/> returned.</param>
    /// <param name="query">The instant query of the receiver.</param>
    /// <param name="same">Whether a line of the page is one that is held; null for the same text.</param>
    public static async Task UntilHeldAsync(
        string[] page, Func<string, Task<IReadOnlyList<(JsonObject Labels, double Value)>>> query, Func<string, string, bool>? same = null)
    {
        string[] held = [];
        await UntilAsync(
            async () => (held = await HeldAsync(query)).Length == page.Length && page.Zip(held, same ?? string.Equals).All(equal => equal),
            () => Task.FromResult(string.Join('\n', page.Except(held).Take(5).Concat(held.Except(page).Take(5)))));
    }

    public static string Line(string name, IEnumerable<string> labels, double value) => $"{name} {string.Join(' ', labels.Order(StringComparer.Ordinal))} {value:R}";

    public static Task UntilAsync(PrometheusServer prometheus, string metric, Predicate<double> wanted) => UntilAsync(
        async () => (await prometheus.QueryAsync(metric, null, Cancel)).Any(row => wanted(row.Value)),
        () => Task.FromResult($"{metric} is not there"));

    public static async Task UntilAsync(Func<Task<bool>> probe, Func<Task<string>> failure)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        patience.CancelAfter(RunningDaemon.Patience / 2);
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        try
        {
            while (!await probe()) await pause.WaitForNextTickAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            Assert.Fail(await failure());
        }
    }

    public static long Counted(RunningDaemon daemon, PushOutcome outcome) => Cells(daemon, PushFamilies.Samples)[(int)outcome];

    public static long Cell(RunningDaemon daemon, Core.Series.MetricFamily family) => Cells(daemon, family)[0];

    public static long[] Cells(RunningDaemon daemon, Core.Series.MetricFamily family) =>
        daemon.Handle.Metrics.Capture().Columns[RuntimeFamilies.All.ToList().IndexOf(family)];
}
