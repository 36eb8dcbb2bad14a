using System.Text.Json;
using System.Xml.Linq;
using MetricsSim.Tests.Support;
using Xunit;

namespace MetricsSim.Tests.Cli;

/// <summary><c>metricssim run</c>: verdicts, files and exit codes.</summary>
public sealed class RunCommandTests : IDisposable
{
    private const string Config = """
        users: { total: 30 }
        scenarios:
          good:
            name: Good
            duration: 10m
            timeline:
              - { time: 0, event: start }
              - { time: 5m, event: inject_failure, type: total_outage, duration: 60 }
            assertions:
              - { metric: error_rate, condition: "> 0.01" }
              - { metric: data_loss, condition: "= 0" }
          bad:
            name: Bad <&>
            duration: 10m
            timeline:
              - { time: 0, event: start }
              - { time: 5m, event: inject_failure, type: total_outage }
            assertions:
              - { metric: recovery_time, condition: "< 300" }
              - { metric: data_loss, condition: "= 0" }
          asks:
            name: Asks
            duration: 5m
            timeline: [{ time: 0, event: start }]
            assertions: [{ metric: "sum(rate(x[1m]))", condition: "> 1" }]
        """;

    private readonly TemporaryDirectory _directory = new();
    private readonly string _config;

    public RunCommandTests() => _config = _directory.Write("c.yml", Config);

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Good_runs_exit_0_and_leave_their_results()
    {
        var path = _directory.File("out/good.json");
        var run = await RunAsync("run", "good", "--output", path);
        Assert.Equal(0, run.ExitCode);
        Assert.Matches(@"good +error_rate +> 0\.01 +0\.\d+ +passed\n", run.Output);
        Assert.Contains("good: 2 of 2 hold; 10m, ", run.Output, StringComparison.Ordinal);

        using var json = JsonDocument.Parse(await File.ReadAllTextAsync(path));
        Assert.True(json.RootElement.GetProperty("passed").GetBoolean());
        var only = Assert.Single(json.RootElement.GetProperty("runs").EnumerateArray());
        Assert.Equal("good", only.GetProperty("scenario_id").GetString());
        Assert.Equal((42UL, 30, 600.0), (only.GetProperty("seed").GetUInt64(), only.GetProperty("users").GetInt32(), only.GetProperty("duration_seconds").GetDouble()));
        Assert.Equal(2, only.GetProperty("verdicts").GetArrayLength());
        Assert.Equal(200, only.GetProperty("series").GetProperty("error_rate").GetArrayLength());
        Assert.Equal(1, only.GetProperty("series").GetProperty("error_rate").EnumerateArray().Max(value => value.ValueKind == JsonValueKind.Null ? 0 : value.GetDouble()));
        var suite = Assert.Single(XDocument.Load(Path.ChangeExtension(path, ".xml")).Root!.Elements());
        Assert.Equal(("2", "0", "0"), ((string?)suite.Attribute("tests"), (string?)suite.Attribute("failures"), (string?)suite.Attribute("errors")));
    }

    [Fact]
    public async Task A_failed_assertion_exits_1_and_says_why()
    {
        var path = _directory.File("bad.json");
        var run = await RunAsync("run", "bad", "good", "--output", path, "--json");
        Assert.Equal(1, run.ExitCode);
        using var json = JsonDocument.Parse(run.Output);
        Assert.False(json.RootElement.GetProperty("passed").GetBoolean());
        var runs = json.RootElement.GetProperty("runs");
        Assert.Equal([false, true], runs.EnumerateArray().Select(one => one.GetProperty("passed").GetBoolean()));
        var verdict = runs[0].GetProperty("verdicts")[0];
        Assert.Equal("+Inf", verdict.GetProperty("value").GetString());
        Assert.Equal("never recovered from total_outage", verdict.GetProperty("reason").GetString());
        Assert.False(runs[0].TryGetProperty("series", out _));
        var failure = Assert.Single(XDocument.Load(Path.ChangeExtension(path, ".xml")).Descendants("failure"));
        Assert.Equal("recovery_time is never, wanted < 300: never recovered from total_outage", (string?)failure.Attribute("message"));
    }

    [Fact]
    public async Task What_could_not_be_evaluated_is_no_pass()
    {
        var path = _directory.File("asks.json");
        var run = await RunAsync("run", "asks", "--output", path);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("not evaluated", run.Output, StringComparison.Ordinal);
        Assert.Contains("no Prometheus is given", run.Output, StringComparison.Ordinal);
        Assert.Single(XDocument.Load(Path.ChangeExtension(path, ".xml")).Descendants("error"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_Prometheus_that_is_away_exits_4_before_anything_is_played(bool variable)
    {
        var nowhere = $"http://127.0.0.1:{Ports.Free()}";
        string[] args = ["run", "asks", "--output", _directory.File("asks.json"), "--config", _config, .. variable ? [] : new[] { "--prometheus", nowhere }];
        var run = await CliSession.RunAsync(args, new Dictionary<string, string>(StringComparer.Ordinal) { ["PROMETHEUS_URL"] = variable ? nowhere : "http://[" });
        Assert.Equal((4, "", $"metricssim: can't talk to Prometheus at {nowhere}: Connection refused\n"), (run.ExitCode, run.Output, run.Error));
        Assert.False(File.Exists(_directory.File("asks.json")));
    }

    [Fact]
    public async Task Side_by_side_gives_the_same_bytes()
    {
        var (one, two) = (_directory.File("1/run.json"), _directory.File("2/run.json"));
        var first = await RunAsync("run", "good", "bad", "asks", "--output", one, "--seed", "7");
        var second = await RunAsync("run", "good", "bad", "asks", "--output", two, "--seed", "7", "--concurrent");
        Assert.Equal((1, first.Output), (second.ExitCode, second.Output));
        foreach (var file in Directory.GetFiles(_directory.File("1")))
            Assert.Equal(await File.ReadAllBytesAsync(file), await File.ReadAllBytesAsync(Path.Combine(_directory.File("2"), Path.GetFileName(file))));
    }

    [Fact]
    public async Task All_plays_the_catalogue_in_order_of_ids()
    {
        var run = await RunAsync("run", "--all", "--duration", "20", "--users", "2", "--output", _directory.File("all.json"), "--json");
        using var json = JsonDocument.Parse(run.Output);
        var ids = json.RootElement.GetProperty("runs").EnumerateArray().Select(one => one.GetProperty("scenario_id").GetString()!).ToList();
        Assert.Equal(ids.Order(StringComparer.Ordinal), ids);
        Assert.Superset(new HashSet<string> { "asks", "bad", "good" }, ids.ToHashSet());
        Assert.All(json.RootElement.GetProperty("runs").EnumerateArray(), one => Assert.Equal(2, one.GetProperty("users").GetInt32()));
    }

    [Fact]
    public async Task Results_that_cannot_be_written_exit_3()
    {
        var run = await RunAsync("run", "good", "--output", Path.Combine(_config, "x", "y.json"));
        Assert.Equal(3, run.ExitCode);
        Assert.StartsWith("metricssim: can't write the output: ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_interrupt_ends_it()
    {
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();
        var run = await CliSession.RunAsync(["run", "good", "--config", _config, "--output", _directory.File("x.json")], null, stop.Token);
        Assert.Equal(130, run.ExitCode);
        Assert.False(File.Exists(_directory.File("x.json")));
    }

    [Theory]
    [InlineData("run", "no scenario is named: add an ID, or --all")]
    [InlineData("run good --all", "--all plays every scenario: name none beside it")]
    [InlineData("run good good", "'good' is named twice")]
    [InlineData("run nowhere nobody --output x.txt", "'nowhere' is not a scenario; known are ", "'nobody' is not a scenario; ", "--output: 'x.txt' does not end in .json")]
    [InlineData("run good --duration 0", "--duration: expected a duration > 0, in seconds")]
    [InlineData("run good --duration x --compress 0", "--duration: expected a duration > 0", "--compress: expected a number from 0.01 to 10000, got 0")]
    [InlineData("run good --compress 1e9", "--compress: expected a number from 0.01 to 10000, got 1e9")]
    [InlineData("run good --users 0 --seed x", "--users: users.total: ", "--seed: simulation.seed: ")]
    [InlineData("run good --prometheus x", "--prometheus: 'x' is not an http or https address such as http://localhost:9090")]
    [InlineData("run good --match job=a --patience 5", "--match: 'job=a' is not a list of label matchers", "--match: no Prometheus is given", "--patience: nothing is waited for in virtual time")]
    [InlineData(
        "run good --live ftp://x --users 3 --threads 2 --shard 1/2 --export json", "--live: 'ftp://x' is not an http", "--live: a Prometheus that scrapes the daemon has to judge",
        "--users: means nothing with --live", "--threads: means nothing with --live", "--shard: means nothing with --live", "--export: means nothing with --live", "--config: means nothing with --live")]
    [InlineData("run --live http://x --prometheus http://y", "no scenario is named")]
    public async Task Mistakes_exit_2_all_at_once(string line, params string[] messages)
    {
        var run = await RunAsync(line.Split(' '));
        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.All(messages, message => Assert.Contains(message, run.Error, StringComparison.Ordinal));
    }

    private Task<Finished> RunAsync(params string[] args) => CliSession.RunAsync([.. args, "--config", _config]);
}
