using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MetricsSim.Core.Engine;
using MetricsSim.Exposition;
using MetricsSim.Tests.Support;
using Xunit;
using static MetricsSim.Tests.EndToEnd.PushedRun;

namespace MetricsSim.Tests.EndToEnd;

/// <summary>A Prometheus with <c>--enable-feature=native-histograms,exemplar-storage</c> scrapes a daemon that pushes to it too.</summary>
public sealed partial class RemoteWriteNativeTests
{
    private const string Time = "metricssim_simulated_time_seconds";
    private static readonly string[] Histograms = ["metricssim_request_duration_seconds", "otel_claude_code_session_duration_seconds", "gen_ai_client_token_usage"];

    [Fact]
    public async Task Prometheus_says_the_same_of_native_histograms_that_it_scraped_and_that_were_pushed()
    {
        CancellationToken cancel = TestContext.Current.CancellationToken;
        int port = Ports.Free();
        await using RunningDaemon daemon = await StartAsync(new Uri($"http://127.0.0.1:{port}"), 2, new TelemetryOptions { Histograms = HistogramKinds.Both, Exemplars = true });
        await using var prometheus = await PrometheusServer.StartAsync(
            $"scrape_configs: [{{job_name: scraped, scrape_interval: 1s, static_configs: [{{targets: ['127.0.0.1:{daemon.Handle.MetricsPort}']}}]}}]",
            cancel,
            port,
            flags: ["--web.enable-remote-write-receiver", "--enable-feature=native-histograms,exemplar-storage"]);
        await daemon.UntilAsync(status => status.Tick > 400);
        await daemon.Control.CurlAsync("/api/v1/clock", """{"paused":true}""", "PUT");
        (_, long tick) = await ScrapeAsync(daemon);
        foreach (string job in new[] { "scraped", "metricssim" }) await UntilAsync(prometheus, $"{Time}{{job=\"{job}\"}}", value => value == tick);

        string[] functions = [.. new[] { 0.1, 0.5, 0.9, 0.99 }.Select(q => FormattableString.Invariant($"histogram_quantile({q},")), "histogram_count(", "histogram_sum("];
        foreach (string expression in Histograms.SelectMany(name => functions.Select(function => function + name)))
        {
            string[] scraped = [], pushed = [];
            await UntilAsync(
                async () =>
                {
                    scraped = await AnswerAsync(prometheus, $"{expression}{{job=\"scraped\"}})", cancel);
                    pushed = await AnswerAsync(prometheus, $"{expression}{{job=\"metricssim\"}})", cancel);
                    return scraped.AsEnumerable().SequenceEqual(pushed, StringComparer.Ordinal);
                },
                () => Task.FromResult($"{expression}: {string.Join(", ", scraped)} is not {string.Join(", ", pushed)}"));
            Assert.True(scraped.Length > 1, expression);
        }

        await HoldsExemplarsOfThePageAsync(daemon, prometheus, cancel);
        Assert.True(Cells(daemon, PushFamilies.Histograms)[(int)PushOutcome.Sent] > 0);
        Assert.Equal((0, 0), (Counted(daemon, PushOutcome.Failed), Counted(daemon, PushOutcome.Dropped)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Samples_out_of_order_are_held_or_refused_as_the_receiver_is_set_up_and_no_others_are_lost(bool hasWindow)
    {
        CancellationToken cancel = TestContext.Current.CancellationToken;
        await using var prometheus = await PrometheusServer.StartAsync(
            hasWindow ? "storage: { tsdb: { out_of_order_time_window: 10m } }" : "", cancel, flags: ["--web.enable-remote-write-receiver"]);
        await using RunningDaemon daemon = await StartAsync(prometheus.Url, 2, lateFraction: 0.2);
        await UntilAsync(
            () => Task.FromResult(Counted(daemon, PushOutcome.Sent) + Counted(daemon, PushOutcome.Failed) > 10_000),
            () => Task.FromResult("too little is sent"));
        Assert.Equal(ExitCodes.Ok, await daemon.StopAsync());
        long sent = Counted(daemon, PushOutcome.Sent), failed = Counted(daemon, PushOutcome.Failed);
        Assert.Equal((0, 0), (Counted(daemon, PushOutcome.Dropped), Cells(daemon, PushFamilies.Queue)[0]));
        JsonNode all = await prometheus.GetAsync($"/api/v1/query?query={Uri.EscapeDataString("""{job="metricssim"}[5m]""")}", cancel);
        Assert.Equal(sent, all["data"]!["result"]!.AsArray().Sum(series => series!["values"]!.AsArray().Count));

        // The late ones of the last push are the newest of their series, and those of the push before it may be.
        if (hasWindow) Assert.Equal(0, failed);
        else Assert.InRange(failed, 0.1 * (sent + failed), 0.21 * (sent + failed));
    }

    private static async Task<string[]> AnswerAsync(PrometheusServer prometheus, string promql, CancellationToken cancel) =>
    [
        .. (await prometheus.QueryAsync(promql, null, cancel))
            .Select(row => string.Join(',', row.Labels.Where(label => label.Key is not ("job" or "instance")).Select(label => $"{label.Key}={label.Value}")) + $" {row.Value:R}")
            .Order(StringComparer.Ordinal),
    ];

    private static async Task HoldsExemplarsOfThePageAsync(RunningDaemon daemon, PrometheusServer prometheus, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/metrics");
        request.Headers.Add("Accept", "application/openmetrics-text; version=1.0.0");
        using HttpResponseMessage response = await daemon.Metrics.SendAsync(request, cancel);
        string[] page = [.. ExemplarLine().Matches(await response.Content.ReadAsStringAsync(cancel)).Select(match => $"{match.Groups["name"]} {match.Groups["trace"]} {Number(match.Groups["value"].Value)}")];
        Assert.True(page.Length > 20, $"{page.Length} exemplars");
        double now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        string[] held = [];
        await UntilAsync(
            async () =>
            {
                string query = Uri.EscapeDataString("""{job="metricssim"}""");
                JsonNode answer = await prometheus.GetAsync(FormattableString.Invariant($"/api/v1/query_exemplars?query={query}&start={now - 600}&end={now + 60}"), cancel);
                held =
                [
                    .. answer["data"]!.AsArray().SelectMany(series => series!["exemplars"]!.AsArray().Select(exemplar =>
                        $"{series["seriesLabels"]!["__name__"]} {exemplar!["labels"]!["trace_id"]} {Number(exemplar["value"]!.GetValue<string>())}")),
                ];
                return !page.Except(held).Any();
            },
            () => Task.FromResult(string.Join('\n', page.Except(held).Take(5))));
        Assert.Contains(held, line => line.StartsWith(Histograms[0] + " ", StringComparison.Ordinal));
    }

    private static string Number(string text) => double.Parse(text, CultureInfo.InvariantCulture).ToString("R", CultureInfo.InvariantCulture);

    [GeneratedRegex("^(?<name>[a-zA-Z_:]+)\\{[^}]*\\} [^ ]+ # \\{trace_id=\"(?<trace>[0-9a-f]+)\"\\} (?<value>[^ ]+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex ExemplarLine();
}
