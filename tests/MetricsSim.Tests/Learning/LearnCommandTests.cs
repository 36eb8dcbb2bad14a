using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using MetricsSim.Tests.Prometheus;
using MetricsSim.Tests.Support;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace MetricsSim.Tests.Learning;

/// <summary>The command as its user sees it.</summary>
public sealed partial class LearnCommandTests : IDisposable
{
    private const string Page = """
        # HELP mem_bytes Memory, a "quote", a \\ and\na line.
        # TYPE mem_bytes gauge
        # a comment
        mem_bytes{zone="no",host="a: b # c"} 1.5
        mem_bytes{zone="no",host="0x10"} 20
        mem_bytes{zone="42",host="é\"\\\n"} 7
        # TYPE requests_total counter
        requests_total{code="200",method="GET"} 7200
        requests_total{code="500",method="GET"} 7100
        requests_total{code="200",method="POST"} 7150
        requests_total{code="500",method="POST"} 7250
        # TYPE burnt_joules_total counter
        burnt_joules_total 360.5
        # TYPE latency_seconds histogram
        latency_seconds_bucket{le="0.1"} 500
        latency_seconds_bucket{le="0.2"} 1000
        latency_seconds_bucket{le="0.4"} 1500
        latency_seconds_bucket{le="+Inf"} 2000
        latency_seconds_sum 700
        latency_seconds_count 2000
        # TYPE pause_seconds summary
        pause_seconds{quantile="0.5"} NaN
        pause_seconds{quantile="0.9"} NaN
        pause_seconds_sum 0
        pause_seconds_count 0
        untyped_thing 3
        process_start_time_seconds 1767571200

        """;

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task A_page_becomes_a_configuration()
    {
        var end = await RunAsync(WrittenPage());
        Assert.Equal((0, "7 metric families, 12 series: 2 counter, 3 gauge, 1 histogram, 1 summary\n"), (end.ExitCode, end.Error));
        var text = Origin().Replace(end.Output, "# Learned:", 1);
        Approved.Equal("Learning/Pages/learned.yml", text);
    }

    [Fact]
    public async Task What_was_written_is_valid_and_summed_up_for_programs()
    {
        var config = _directory.File("learned.yml");
        var end = await RunAsync(WrittenPage(), "--output", config, "--json");
        Assert.Equal((0, ""), (end.ExitCode, end.Error));
        using var json = JsonDocument.Parse(end.Output);
        Assert.Equal((7, 12), (json.RootElement.GetProperty("families").GetInt32(), json.RootElement.GetProperty("series").GetInt32()));
        Assert.Equal(2, json.RootElement.GetProperty("types").GetProperty("counter").GetInt32());
        var valid = await CliSession.RunAsync(["validate", config]);
        Assert.Equal((0, ""), (valid.ExitCode, valid.Error));
        var render = await CliSession.RunAsync(["render", "--config", config, "--users", "1"]);
        Assert.Contains("mem_bytes{zone=\"42\",host=\"é\\\"\\\\\\n\"} ", render.Output, StringComparison.Ordinal);
        Assert.Contains("# HELP mem_bytes Memory, a \"quote\", a \\\\ and\\na line.\n", render.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Masked_labels_are_as_many_and_as_long_and_none_of_those_that_were()
    {
        var page = string.Concat(Enumerable.Range(0, 40).Select(i => $"a{{user=\"secret-{i:00}\",short=\"{(char)('0' + (i % 10))}\"}} 1\n"));
        var end = await RunAsync(_directory.Write("secrets.prom", page), "--anonymize");
        Assert.DoesNotContain("secret", end.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(_directory.Path, end.Output, StringComparison.Ordinal);
        var users = Users().Matches(end.Output).Select(match => match.Groups["value"].Value).ToList();
        Assert.Equal((40, 40), (users.Count, users.Distinct(StringComparer.Ordinal).Count()));
        Assert.All(users, user => Assert.Equal("secret-00".Length, user.Length));
    }

    [Fact]
    public async Task Many_series_are_written_as_many_as_there_are()
    {
        var page = string.Concat(Enumerable.Range(0, 5000).Select(i => $"a{{user=\"user_{i:0000}\",kind=\"{i % 5}\"}} 1\n"));
        var end = await RunAsync(_directory.Write("many.prom", page));
        Assert.Contains("user: {cardinality: 5000, length: 9, prefix: \"user_\"}", end.Output, StringComparison.Ordinal);
        Assert.Contains("kind: [\"0\", \"1\", \"2\", \"3\", \"4\"]\n    series: 5000\n", end.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_that_a_configuration_does_not_take_are_changed_and_names_in_use_left_out()
    {
        const string Odd = "{\"my.metric\",\"my.label\"=\"1\",my_label=\"2\",__x=\"3\"} 1\n{\"my/metric\"} 2\nup 1\nmetricssim_x 1\n# TYPE plain counter\nplain 5\n";
        var config = _directory.File("odd.yml");
        var end = await RunAsync(_directory.Write("odd.prom", Odd), "--output", config);
        Assert.Equal((0, "3 metric families, 3 series: 1 counter, 2 gauge; 2 left out\n"), (end.ExitCode, end.Output));
        var render = await CliSession.RunAsync(["render", "--config", config, "--users", "1"]);
        Assert.Equal((0, ""), (render.ExitCode, render.Error));
        Assert.Contains("\nmy_metric{my_label=\"1\",my_label_2=\"2\",x__x=\"3\"} 1\n", render.Output, StringComparison.Ordinal);
        Assert.Contains("\nmy_metric_2 2\n", render.Output, StringComparison.Ordinal);
        Assert.Contains("\nplain_total 0\n", render.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("# TYPE a counter\na 9e14\n", "values: {process: constant, value: 2.5E+11}")]
    [InlineData("a{i=\"1\"} 1\na{i=\"2\"} 1e15\n", "sigma: 5}")]
    [InlineData("# TYPE a counter\na{i=\"1\"} 1.7e308\na{i=\"2\"} 1.7e308\na{i=\"3\"} 3.5\n", "# values are too large to tell a law: 0 is assumed")]
    [InlineData("# TYPE a histogram\na_bucket{le=\"-5\"} 1\na_bucket{le=\"5\"} 2\na_bucket{le=\"+Inf\"} 2\na_sum 1\na_count{le=\"x\"} 2\n", "buckets: [5]")]
    [InlineData("a{b=\"LONG1\"} 1\na{b=\"LONG2\"} 1\n", "…")]
    [InlineData("LONG{LONGa=\"1\",LONGb=\"2\"} 1\n", "# the page's name has other characters, or more")]
    public async Task What_a_configuration_does_not_take_is_not_written(string page, string expected)
    {
        var config = _directory.File("learned.yml");
        var end = await RunAsync(_directory.Write("page", page.Replace("LONG", new string('x', 2000), StringComparison.Ordinal)), "--output", config);
        Assert.Equal((0, ""), (end.ExitCode, end.Error));
        Assert.Contains(expected, await File.ReadAllTextAsync(config, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        var valid = await CliSession.RunAsync(["validate", config]);
        Assert.Equal((0, ""), (valid.ExitCode, valid.Error));
    }

    [Fact]
    public async Task A_URL_that_is_read_twice_tells_rates()
    {
        var reads = 0;
        await using var server = await StubServer.StartAsync(async context =>
        {
            context.Response.ContentType = "application/openmetrics-text; version=1.0.0; charset=utf-8";
            await context.Response.WriteAsync($"# TYPE a counter\na_total {100 * reads++}\n# TYPE b gauge\nb 5\n# EOF\n");
        });
        var end = await RunAsync(server.Url.ToString(), "--reads", "5", "--interval", "0.05");
        Assert.Equal((0, 5), (end.ExitCode, reads));
        var rate = double.Parse(Rate().Match(end.Output).Groups["rate"].Value);
        // 100 in 50 ms, or less on a machine that is late.
        Assert.InRange(rate, 1, 2500);
        Assert.Contains("values: {process: constant, value: 5}", end.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "PAGE has no samples: nothing to learn")]
    [InlineData("# TYPE a counter\na_total 1\n# EO", "PAGE: line 3, column 3: OpenMetrics has no comments but # TYPE, # UNIT, # HELP and # EOF")]
    [InlineData("a 1\nb{c=\"d", "PAGE: line 2, column 5: a quote that doesn't end in this line: is the page cut off?")]
    [InlineData("a 1\nb \0\0\u0001", "PAGE: line 2, column 3: a byte 0: this is binary, not a metrics page in text")]
    public async Task A_page_that_is_none_is_refused(string page, string message)
    {
        var path = _directory.Write("page", page);
        var end = await RunAsync(path);
        Assert.Equal((2, "", $"metricssim: {message.Replace("PAGE", path, StringComparison.Ordinal)}\n"), (end.ExitCode, end.Output, end.Error));
    }

    [Fact]
    public async Task Limits_end_what_has_no_end()
    {
        var page = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 200).Select(i => $"m{i} 1\n")));
        await using var server = await StubServer.StartAsync(async context =>
        {
            while (!context.RequestAborted.IsCancellationRequested) await context.Response.Body.WriteAsync(context.Request.Path == "/line" ? new byte[65536].Select(_ => (byte)'a').ToArray() : page);
        });
        await Refused("", "the page has more than 100,000 bytes; --max-bytes allows more", "--max-bytes", "100000");
        await Refused("", "more than 50 metric families; --max-families allows more", "--max-families", "50");
        await Refused("line", "line 1 is longer than 1,048,576 bytes: is this a metrics page?");

        async Task Refused(string path, string message, params string[] flags)
        {
            var end = await RunAsync([server.Url + path, .. flags]);
            Assert.Equal((2, "", $"metricssim: {server.Url}{path}: {message}\n"), (end.ExitCode, end.Output, end.Error));
        }
    }

    [Fact]
    public async Task Servers_that_fail_end_with_4()
    {
        await using var missing = await StubServer.StartAsync(404, "no");
        var url = missing.Url.ToString();
        Assert.Equal((4, $"metricssim: {url} answers 404 Not Found\n"), Told(await RunAsync(url)));
        Assert.Equal((4, $"metricssim: Prometheus at {url.TrimEnd('/')} answers 404 NotFound\n"), Told(await RunAsync("--prometheus", url)));
        var closed = $"http://127.0.0.1:{Ports.Free()}/metrics";
        Assert.Equal((4, $"metricssim: can't read {closed}: Connection refused\n"), Told(await RunAsync(closed)));
        await using var web = await StubServer.StartAsync(async context =>
        {
            context.Response.ContentType = "text/html";
            await context.Response.WriteAsync("<html>");
        });
        Assert.Equal((2, $"metricssim: {web.Url} is text/html, not a metrics page: text/plain or application/openmetrics-text is\n"), Told(await RunAsync(web.Url.ToString())));

        await using var elsewhere = await StubServer.StartAsync(context =>
        {
            context.Response.Redirect("file:///etc/hosts");
            return Task.CompletedTask;
        });
        Assert.Equal((4, $"metricssim: {elsewhere.Url} redirects to what is not an http or https URL\n"), Told(await RunAsync(elsewhere.Url.ToString())));
        url = elsewhere.Url.ToString();
        Assert.Equal((4, $"metricssim: what answers at {url.TrimEnd('/')} is not the API of a Prometheus\n"), Told(await RunAsync("--prometheus", url)));
        await using var nameless = await StubServer.StartAsync(context => context.Response.WriteAsync(
            HttpMethods.IsGet(context.Request.Method)
                ? """{"status":"success","data":["a",5,{}]}"""
                : """{"status":"success","data":{"resultType":"vector","result":[{"metric":{"b":null},"value":[1,"2"]}]}}"""));
        url = nameless.Url.ToString();
        Assert.Equal((4, $"metricssim: what answers at {url.TrimEnd('/')} is not the API of a Prometheus\n"), Told(await RunAsync("--prometheus", url)));

        static (int, string) Told(Finished end) => (end.ExitCode, end.Error);
    }

    private string WrittenPage()
    {
        var path = _directory.Write("page.prom", Page);
        File.SetLastWriteTimeUtc(path, DateTime.UnixEpoch.AddSeconds(1767571200 + 7200));
        return path;
    }

    private static Task<Finished> RunAsync(params string[] arguments) => CliSession.RunAsync(["learn", .. arguments]);

    [GeneratedRegex("^# Learned by metricssim .*:", RegexOptions.None, 1000)]
    private static partial Regex Origin();

    [GeneratedRegex("user: \"(?<value>[^\"]*)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Users();

    [GeneratedRegex(@"(value|mean): (?<rate>\d+(\.\d+)?)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Rate();
}
