using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using MetricsSim.Tests.Support;
using Xunit;

namespace MetricsSim.Tests.Learning;

/// <summary>History of known laws in a real Prometheus is learned from, and the laws are found.</summary>
public sealed partial class PrometheusLearningTests : IDisposable
{
    private const int Step = 300;
    private const double Day = 24 * 3600;

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Rates_cycles_and_label_sets_are_found()
    {
        var cancel = TestContext.Current.CancellationToken;
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        var blocks = await Promtool.CreateBlocks(History(now - (now % Step)), _directory);
        Assert.True(blocks.ExitCode == 0, blocks.Error);
        await using var prometheus = await PrometheusServer.StartOnAsync(_directory.File("data"), cancel);
        var config = _directory.File("learned.yml");
        var end = await CliSession.RunAsync(
            ["learn", "--prometheus", prometheus.Url.ToString(), "--duration", "26h", "--step", "5m", "--match", "env=\"test\"", "--output", config]);
        Assert.Equal((0, "", "3 metric families, 6 series: 1 counter, 1 gauge, 1 histogram\n"), (end.ExitCode, end.Error, end.Output));
        var text = await File.ReadAllTextAsync(config, cancel);
        Assert.Contains("jobs_total:\n", text, StringComparison.Ordinal);
        Assert.Contains("values: {process: constant, value: 2}", text, StringComparison.Ordinal);
        var daily = Daily().Match(text);
        Assert.InRange(double.Parse(daily.Groups["amplitude"].Value, CultureInfo.InvariantCulture), 0.48, 0.52);
        // A sample may be as old as a step, and be seen that much later.
        Assert.InRange(TimeSpan.Parse(daily.Groups["peak"].Value, CultureInfo.InvariantCulture).TotalHours, 8.9, 9.2);
        Assert.Contains("queue: [\"a\", \"b\", \"c\"]", text, StringComparison.Ordinal);
        Assert.Contains("buckets: [0.1, 0.2, 0.4]", text, StringComparison.Ordinal);
        Assert.DoesNotContain("elsewhere", text, StringComparison.Ordinal);

        var valid = await CliSession.RunAsync(["validate", config]);
        Assert.Equal((0, ""), (valid.ExitCode, valid.Error));
        var bad = await CliSession.RunAsync(["learn", "--prometheus", prometheus.Url.ToString(), "--match", "env=test"]);
        Assert.Equal((2, ""), (bad.ExitCode, bad.Output));
        Assert.StartsWith("metricssim: bad_data: ", bad.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Native_histograms_are_found()
    {
        var cancel = TestContext.Current.CancellationToken;
        var group = _directory.Write("group.yml", """
            series_groups:
              rtt_seconds:
                type: native_histogram
                labels: { host: [a, b, c] }
                values: { process: poisson, rate: 20 }
                observations: { median: 0.3, sigma: 0.8 }
            """);
        var written = await CliSession.RunAsync(["backfill", "--config", group, "--users", "1", "--to", "now", "--duration", "30m", "--output", _directory.File("data")]);
        Assert.True(written.ExitCode == 0, written.Error);
        await using var prometheus = await PrometheusServer.StartOnAsync(_directory.File("data"), cancel, flags: ["--enable-feature=native-histograms"]);
        var end = await CliSession.RunAsync(["learn", "--prometheus", prometheus.Url.ToString(), "--duration", "25m", "--match", "host!=\"\""]);
        Assert.Equal((0, "1 metric families, 3 series: 1 native_histogram\n"), (end.ExitCode, end.Error));
        Assert.Contains("host: [\"a\", \"b\", \"c\"]", end.Output, StringComparison.Ordinal);
        // 75 thousand observations.
        var found = Native().Match(end.Output);
        Assert.InRange(double.Parse(found.Groups["rate"].Value, CultureInfo.InvariantCulture), 19, 21);
        Assert.InRange(double.Parse(found.Groups["median"].Value, CultureInfo.InvariantCulture), 0.28, 0.32);
    }

    [GeneratedRegex("(rate|mean): (?<rate>[0-9.]+)(.|\n)*observations: {median: (?<median>[0-9.]+), sigma: 0.8}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Native();

    [GeneratedRegex("daily: {amplitude: (?<amplitude>[0-9.]+), peak: \"(?<peak>[0-9:]+)\"}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Daily();

    /// <summary>27 hours of a counter of 2 per second in three series, a gauge with a cycle of 50 % that peaks at 09:00, and a histogram.</summary>
    private static string History(long end)
    {
        var page = new StringBuilder("# TYPE jobs counter\n");
        foreach (var queue in "abc") Series($"jobs_total{{env=\"test\",queue=\"{queue}\"}}", i => 2.0 * Step * i);
        page.Append("# TYPE load gauge\n");
        foreach (var host in "xy") Series($"load{{env=\"test\",host=\"{host}\"}}", i => 100 * (1 + (0.5 * Math.Cos(2 * Math.PI * ((Time(i) / Day) - (9 / 24.0))))));
        page.Append("# TYPE wait_seconds histogram\n");
        foreach (var (le, share) in new[] { ("0.1", 1), ("0.2", 2), ("0.4", 3), ("+Inf", 4) }) Series($"wait_seconds_bucket{{env=\"test\",le=\"{le}\"}}", i => (double)i * share);
        Series("wait_seconds_sum{env=\"test\"}", i => i);
        Series("wait_seconds_count{env=\"test\"}", i => 4.0 * i);
        page.Append("# TYPE elsewhere gauge\n");
        Series("elsewhere{env=\"prod\"}", _ => 1);
        return page.Append("# EOF\n").ToString();

        double Time(int i) => end - (27 * 3600) + (i * Step);

        void Series(string name, Func<int, double> value)
        {
            for (var i = 0; i <= 27 * 3600 / Step; i++)
                page.Append(CultureInfo.InvariantCulture, $"{name} {value(i):R} {Time(i):0}\n");
        }
    }
}
