using System.Globalization;
using System.Text.Json.Nodes;
using MetricsSim.Cli;
using MetricsSim.Tests.Support;
using Xunit;

namespace MetricsSim.Tests.Cli.Cardinality;

/// <summary>A real Prometheus, what was predicted for it, and the limits.</summary>
public sealed class HeadReadingTests
{
    private const string Config =
        """
        users: { total: 40 }
        series_groups: { extra: { type: histogram, buckets: [1, 2], labels: { pod: { cardinality: 500 } } } }
        """;

    [Fact]
    public async Task What_was_predicted_is_in_the_head_within_2_percent()
    {
        var cancel = TestContext.Current.CancellationToken;
        using var directory = new TemporaryDirectory();
        var file = directory.Write("a.yml", Config);
        await using var daemon = await MetricsSimProcess.ServeAsync(["--config", file]);
        await using var prometheus = await PrometheusServer.StartAsync(
            $$"""
            global: { scrape_interval: 1s, scrape_timeout: 1s }
            scrape_configs: [{ job_name: head, static_configs: [{ targets: ["localhost:{{daemon.Metrics.Port}}"] }] }]
            """,
            cancel);
        await prometheus.UntilScrapingAsync(cancel);

        var predicted = JsonNode.Parse((await CliSession.RunAsync(["cardinality", "--config", file, "--json"], stop: cancel)).Output)!;
        using var http = new HttpClient { BaseAddress = prometheus.Url };
        var text = (await http.GetStringAsync(new Uri("/metrics", UriKind.Relative), cancel)).Split('\n').Single(line => line.StartsWith("prometheus_tsdb_head_series ", StringComparison.Ordinal));
        var head = long.Parse(text.Split(' ')[1], CultureInfo.InvariantCulture);
        Assert.InRange((double)(long)predicted["most_in_head"]! / head, 0.98, 1.02);

        string[] look = ["cardinality", "--prometheus", prometheus.Url.ToString(), "--json"];
        var read = await CliSession.RunAsync([.. look, "--config", file], stop: cancel);
        Assert.Equal((0, ""), (read.ExitCode, read.Error));
        var reading = JsonNode.Parse(read.Output)!;
        Assert.Equal(head, (long)reading["head_series"]!);
        Assert.Contains(reading["metrics"]!.AsArray(), metric => (string)metric!["metric"]! == "extra_bucket" && (long)metric["series"]! == 1500 && (long)metric["label_combinations"]! == 500);
        Assert.Contains(reading["labels"]!.AsArray(), label => (string)label!["label"]! == "pod" && (long)label["values"]! == 500);

        var tight = directory.Write("tight.yml", "benchmarks: { cardinality_limits: { total_series: 100 } }");
        Assert.Equal(1, (await CliSession.RunAsync([.. look, "--config", tight], stop: cancel)).ExitCode);

        foreach (var (config, code) in new[] { (file, 0), (tight, 1) })
        {
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            await using var output = new Interrupting(stop, writes: 3);
            await using var error = new StringWriter();
            var terminal = new Terminal { Out = output, Error = error, Variable = _ => null };
            var end = await new CommandLine(terminal, Commands.All).RunAsync([.. look, "--config", config, "--watch", "50ms"], stop.Token);
            Assert.Equal((code, ""), (end, error.ToString()));
            Assert.Equal(3, output.Writes);
        }
    }

    [Fact]
    public async Task A_Prometheus_that_is_away_ends_with_4()
    {
        var finished = await CliSession.RunAsync(["cardinality", "--prometheus", $"http://127.0.0.1:{Ports.Free()}", "--watch"], stop: TestContext.Current.CancellationToken);
        Assert.Equal((4, ""), (finished.ExitCode, finished.Output));
        Assert.Contains("can't talk to Prometheus", finished.Error, StringComparison.Ordinal);
    }

    /// <summary>What a person does who has seen enough.</summary>
    private sealed class Interrupting(CancellationTokenSource stop, int writes) : MemoryStream
    {
        public int Writes { get; private set; }

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            if (++Writes == writes) stop.Cancel();
        }
    }
}
