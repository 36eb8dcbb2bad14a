using System.Text.Json.Nodes;
using MetricsSim.Configuration;
using MetricsSim.Exposition;
using MetricsSim.Tests.Support;
using Xunit;

namespace MetricsSim.Tests.EndToEnd;

/// <summary>A real Prometheus takes what is pushed, and holds what a scrape of the same tick says.</summary>
public sealed class RemoteWriteTests : IDisposable
{
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Prometheus_holds_what_a_scrape_of_the_same_tick_says()
    {
        await using var prometheus = await PrometheusServer.StartOnAsync(_directory.File("data"), Cancel);
        await using RunningDaemon daemon = await StartAsync(prometheus.Url, shards: 3);
        await daemon.UntilAsync(status => status.Tick > 200);
        await daemon.Control.CurlAsync("/api/v1/clock", """{"paused":true}""", "PUT");
        (string[] page, long tick) = await ScrapeAsync(daemon);
        await UntilAsync(prometheus, "metricssim_simulated_time_seconds", value => value == tick);

        // The last series of a push may come after the one that is waited for.
        string[] held = [];
        await UntilAsync(
            async () => (held = await HeldAsync(prometheus)).AsEnumerable().SequenceEqual(page, StringComparer.Ordinal),
            () => Task.FromResult(string.Join('\n', page.Except(held).Take(5).Concat(held.Except(page).Take(5)))));
        Assert.True(page.Length > 500, $"{page.Length} series");
        Assert.Equal((0, 0), (Counted(daemon, PushOutcome.Failed), Counted(daemon, PushOutcome.Dropped)));
    }

    [Fact]
    public async Task A_receiver_that_is_killed_and_comes_back_misses_nothing_that_the_queue_held()
    {
        string data = _directory.File("data");
        var prometheus = await PrometheusServer.StartOnAsync(data, Cancel);
        int port = prometheus.Url.Port;
        await using RunningDaemon daemon = await StartAsync(prometheus.Url, shards: 1);
        try
        {
            await UntilAsync(prometheus, "metricssim_simulated_time_seconds", _ => true);
            await prometheus.DisposeAsync();
            long before = Counted(daemon, PushOutcome.Sent);
            await UntilAsync(() => Task.FromResult(Cell(daemon, PushFamilies.Queue) > 6 * before), () => Task.FromResult("no queue"));
            prometheus = await PrometheusServer.StartOnAsync(data, Cancel, port);
            await UntilAsync(() => Task.FromResult(Cell(daemon, PushFamilies.Queue) < before), () => Task.FromResult("the queue stays"));
            Assert.Equal(ExitCodes.Ok, await daemon.StopAsync());
            Assert.Equal((0, 0, 0), (Counted(daemon, PushOutcome.Failed), Counted(daemon, PushOutcome.Dropped), Cell(daemon, PushFamilies.Queue)));
            Assert.True(Cell(daemon, PushFamilies.Retried) > 0);

            // One sample of one series for each push: as many as there were pushes, at equal distances.
            IReadOnlyList<(double Time, double Value)> samples = await prometheus.SamplesAsync("metricssim_simulated_time_seconds", 120, Cancel);
            JsonNode all = await prometheus.GetAsync($"/api/v1/query?query={Uri.EscapeDataString("""{job="metricssim"}[2m]""")}", Cancel);
            Assert.Equal(Counted(daemon, PushOutcome.Sent), all["data"]!["result"]!.AsArray().Sum(series => series!["values"]!.AsArray().Count));
            Assert.All(samples.Zip(samples.Skip(1)).SkipLast(1), pair => Assert.InRange(pair.Second.Time - pair.First.Time, 0.1, 2));
        }
        finally
        {
            await prometheus.DisposeAsync();
        }
    }

    private static Task<RunningDaemon> StartAsync(Uri prometheus, int shards) => RunningDaemon.StartAsync(TestScenarios.Config(speed: 60) with
    {
        RemoteWrite = new RemoteWriteOptions
        {
            Url = new Uri(prometheus, "/api/v1/write"),
            Interval = TimeSpan.FromSeconds(0.5),
            Shards = shards,
            MaxSamplesPerSend = 300,
            MaxBackoff = TimeSpan.FromSeconds(0.5),
        },
    });

    /// <summary>The world's part of a page as Prometheus stores it, and its simulated time.</summary>
    private static async Task<(string[] Lines, long Time)> ScrapeAsync(RunningDaemon daemon)
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

    private static async Task<string[]> HeldAsync(PrometheusServer prometheus)
    {
        IReadOnlyList<(JsonObject Labels, double Value)> rows = await prometheus.QueryAsync("""{job="metricssim",instance="localhost:8001"}""", null, Cancel);
        return
        [
            .. rows.Select(row => Line(
                (string)row.Labels["__name__"]!,
                row.Labels.Where(label => label.Key is not ("__name__" or "job" or "instance")).Select(label => $"{label.Key}={label.Value}"),
                row.Value)).Order(StringComparer.Ordinal),
        ];
    }

    private static string Line(string name, IEnumerable<string> labels, double value) => $"{name} {string.Join(' ', labels.Order(StringComparer.Ordinal))} {value:R}";

    private static Task UntilAsync(PrometheusServer prometheus, string metric, Predicate<double> wanted) => UntilAsync(
        async () => (await prometheus.QueryAsync(metric, null, Cancel)).Any(row => wanted(row.Value)),
        () => Task.FromResult($"{metric} is not there"));

    private static async Task UntilAsync(Func<Task<bool>> probe, Func<Task<string>> failure)
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

    private static long Counted(RunningDaemon daemon, PushOutcome outcome) => Cells(daemon, PushFamilies.Samples)[(int)outcome];

    private static long Cell(RunningDaemon daemon, Core.Series.MetricFamily family) => Cells(daemon, family)[0];

    private static long[] Cells(RunningDaemon daemon, Core.Series.MetricFamily family) =>
        daemon.Handle.Metrics.Capture().Columns[RuntimeFamilies.All.ToList().IndexOf(family)];
}
