using System.Text.Json.Nodes;
using MetricsSim.Configuration;
using MetricsSim.Core.Series;
using MetricsSim.Tests.Support;
using Xunit;

namespace MetricsSim.Tests.Cli.Cardinality;

/// <summary>Series told from a configuration alone, against rendered pages and against each other.</summary>
public sealed class PredictionTests : IDisposable
{
    private const string Groups =
        """
        series_groups:
          native: { type: native_histogram, buckets: [0.1, 1], metrics: 2, labels: { pod: { cardinality: 20 }, code: ["200", "500"] } }
          classic: { type: histogram, buckets: [0.1, 1, 5], labels: { pod: { cardinality: 7 } } }
          quantiles: { type: summary, labels: { pod: { cardinality: 20 } } }
          counts: { type: counter, labels: { pod: { cardinality: 30 } } }
        """;

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("users: { total: 20 }")]
    [InlineData("users: { total: 20 }\ntelemetry: { labels: { user_id: false, effort: true, query_source: true, start_type: true } }")]
    [InlineData("users: { total: 20 }\ntelemetry: { histograms: native, labels: { app_version: true, user_type: false } }")]
    [InlineData("users: { total: 20 }\ntelemetry: { histograms: both }\n" + Groups)]
    public async Task Each_metric_has_the_series_of_a_rendered_page(string yaml)
    {
        var file = _directory.Write("a.yml", yaml);
        var page = (await CliSession.RunAsync(["render", "--config", file])).Output;
        var predicted = await JsonAsync(file);

        var expected = page.Split('\n').Where(line => line.Length > 0 && line[0] != '#').CountBy(line => line.Split('{', ' ')[0]).ToDictionary();
        var actual = predicted["metrics"]!.AsArray().ToDictionary(metric => (string)metric!["metric"]!, metric => (int)metric!["series"]!);
        Assert.Equal(expected.OrderBy(pair => pair.Key, StringComparer.Ordinal), actual.OrderBy(pair => pair.Key, StringComparer.Ordinal));
        Assert.Equal(expected.Values.Sum(), (int)predicted["series_at_start"]!);
        Assert.Equal(expected.Values.Sum(), (int)predicted["most_in_head"]!);
        Assert.All(predicted["day"]!.AsArray(), hour => Assert.Equal(expected.Values.Sum(), (int)hour!["created"]!));
    }

    [Theory]
    [InlineData("user_id")]
    [InlineData("terminal_type")]
    [InlineData("session_id")]
    [InlineData("effort")]
    public async Task A_switch_costs_the_difference_of_two_predictions(string label)
    {
        var totals = new List<long>();
        var costs = new List<long>();
        foreach (var on in new[] { "false", "true" })
        {
            var predicted = await JsonAsync(_directory.Write("a.yml", $"users: {{ total: 20 }}\ntelemetry: {{ labels: {{ {label}: {on} }} }}"));
            totals.Add((long)predicted["most_in_head"]!);
            costs.Add((long)predicted["switches"]!.AsArray().Single(one => (string)one!["label"]! == label)!["series"]!);
        }

        Assert.InRange(totals[1] - totals[0] - costs[0], -1, 1);
        Assert.Equal(costs[0], costs[1]);
        if (label != "terminal_type") Assert.True(costs[0] > 0);
    }

    [Fact]
    public async Task A_label_costs_the_series_that_are_gone_without_it()
    {
        // Ten pods by two codes, of three buckets, sum and count; 13 of 20 combinations cover three values of pod twice.
        var predicted = await JsonAsync(_directory.Write("a.yml",
            """
            users: { total: 1 }
            series_groups:
              h: { type: histogram, buckets: [0.1, 1], labels: { pod: { cardinality: 10 }, code: ["200", "500"] } }
              part: { labels: { shelf: { cardinality: 10 }, row: ["1", "2"] }, series: 13 }
              list: { label_sets: [{ x: "1", y: "1" }, { x: "1", y: "2" }, { x: "2", y: "1" }] }
            """));
        var costs = predicted["labels"]!.AsArray().ToDictionary(label => (string)label!["label"]!, label => (long)label!["series"]!);
        Assert.Equal((90, 50), (costs["pod"], costs["code"]));
        Assert.Equal((11, 3), (costs["shelf"], costs["row"]));
        Assert.Equal((1, 1), (costs["x"], costs["y"]));
        Assert.Equal(costs.Values.OrderDescending(), costs.Values);
    }

    [Fact]
    public void Churn_grows_over_the_day_and_the_head_forgets_what_is_three_hours_old()
    {
        var options = ConfigLoader.Parse("users: { total: 100 }\ntelemetry: { labels: { session_id: true } }", "a.yml", [], []).Config!.World;
        var (forecast, series) = (new CardinalityForecast(options), new SeriesForecast(options));
        foreach (var at in forecast.Day)
        {
            var (now, from) = (TimeSpan.FromHours(at.Hour), TimeSpan.FromHours(Math.Max(0, at.Hour - 3)));
            Assert.Equal(series.SeriesAt(now), at.Page, 1e-6);
            Assert.Equal(series.SeriesAt(from) + series.SeriesCreated(from, now), at.Head, 1e-6);
            Assert.InRange(at.Page, series.Lasting, at.Head + 1e-6);
        }

        Assert.True(forecast.Day[24].Created > 3 * forecast.Day[24].Head);
        Assert.Equal(forecast.Peak, forecast.Metrics.Sum(metric => metric.Series), 1e-3);
    }

    [Theory]
    [InlineData("total_series", 1)]
    [InlineData("per_metric", 1)]
    [InlineData("label_combinations", 1)]
    [InlineData("total_series", 1_000_000)]
    public async Task A_limit_that_is_passed_ends_with_1(string limit, int allowed)
    {
        var file = _directory.Write("a.yml", $"users: {{ total: 5 }}\nbenchmarks: {{ cardinality_limits: {{ {limit}: {allowed} }} }}");
        var finished = await CliSession.RunAsync(["cardinality", "--config", file, "--json"]);
        Assert.Equal((allowed == 1 ? 1 : 0, ""), (finished.ExitCode, finished.Error));
        var passed = JsonNode.Parse(finished.Output)!["limits"]!.AsArray().Where(one => !(bool)one!["kept"]!).Select(one => (string)one!["limit"]!);
        Assert.Equal(allowed == 1 ? [limit] : Array.Empty<string>(), passed);
        var table = await CliSession.RunAsync(["cardinality", "--config", file]);
        Assert.Equal(allowed == 1, table.Output.Contains("passed", StringComparison.Ordinal));
        Assert.Equal(finished.ExitCode, table.ExitCode);
    }

    [Theory]
    [InlineData("--watch", "--watch: a configuration does not change")]
    [InlineData("--prometheus x --watch 0s", "--prometheus: 'x' is not", "--watch: must be longer than 0")]
    [InlineData("--prometheus http://a --users 3 --watch often", "--users: means nothing", "--watch: 'often' is not")]
    public async Task Bad_input_ends_with_2(string flags, params string[] messages)
    {
        var finished = await CliSession.RunAsync(["cardinality", .. flags.Split(' ')]);
        Assert.Equal((2, ""), (finished.ExitCode, finished.Output));
        Assert.All(messages, message => Assert.Contains(message, finished.Error, StringComparison.Ordinal));
    }

    private static async Task<JsonNode> JsonAsync(string file) => JsonNode.Parse((await CliSession.RunAsync(["cardinality", "--config", file, "--json"])).Output)!;
}
