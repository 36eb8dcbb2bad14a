using System.Text.Json;
using MetricsSim.Tests.Configuration;
using MetricsSim.Tests.Support;
using Xunit;

namespace MetricsSim.Tests.Api;

/// <summary>A mistake is named in the same words by file and by call.</summary>
public sealed class SameWordsTests : IAsyncLifetime
{
    private RunningDaemon _daemon = null!;

    public async ValueTask InitializeAsync() => _daemon = await RunningDaemon.StartAsync(time: new ManualTimeProvider());

    public ValueTask DisposeAsync() => _daemon.DisposeAsync();

    [Theory]
    [InlineData("\"affected_percentage\":50")]
    [InlineData("\"type\":\"model_outrage\"")]
    [InlineData("\"type\":null")]
    [InlineData("\"type\":\"total_outage\",\"affected_percentage\":50,\"colour\":\"red\"")]
    [InlineData("\"type\":\"model_outage\",\"min_delay\":50,\"model\":\"claude-opus-4\"")]
    [InlineData("\"type\":\"model_outage\",\"affected_percentage\":\"50\",\"duration\":0")]
    [InlineData("\"type\":\"network_latency\"")]
    [InlineData("\"type\":\"network_latency\",\"min_delay\":500,\"max_delay\":100,\"duration\":\"soon\"")]
    [InlineData("\"type\":\"authentication_failures\",\"retry_after\":[1],\"affected_percentage\":101")]
    [InlineData("\"type\":\"resource_exhaustion\",\"affected_resources\":[]")]
    public async Task Of_a_fault(string parameters)
    {
        var file = ConfigTestData.Parse($$"""
            scenarios:
              s:
                duration: 1h
                timeline: [{ "time": 0, "event": "inject_failure", {{parameters}} }]
            """);
        const string Entry = "scenarios.s.timeline[0].";
        Assert.All(file.Errors, error => Assert.Equal((4, Entry), (error.Line, error.Key[..Entry.Length])));
        // A call has no time, and needs no event.
        var written = file.Errors.Select(error => $"{error.Key[Entry.Length..]}: {error.Message.Replace("event, type, time, ", "type, ", StringComparison.Ordinal)}").Order(StringComparer.Ordinal);
        var problem = await (await _daemon.Control.CurlAsync("/api/v1/faults", $"{{{parameters}}}")).ProblemAsync(422);
        Assert.NotEmpty(written);
        Assert.Equal(written, Messages(problem));
    }

    [Theory]
    [InlineData("duration", "0")]
    [InlineData("duration", "-5")]
    [InlineData("duration", "1e300")]
    [InlineData("compress", "0")]
    [InlineData("compress", "0.001")]
    [InlineData("compress", "1e9")]
    [InlineData("compress", "1e999")]
    public async Task Of_a_start(string field, string value)
    {
        var body = $"\"{field}\":{value}";
        var started = await (await _daemon.Control.CurlAsync("/api/v1/simulator/scenarios/rush/start", $"{{{body}}}")).ProblemAsync(422);
        var switched = await (await _daemon.Control.CurlAsync("/scenario", $"{{\"scenario\":\"rush\",{body}}}")).ProblemAsync(422);
        var message = Assert.Single(Messages(started));
        Assert.StartsWith($"{field}: expected ", message, StringComparison.Ordinal);
        Assert.Equal(message, Assert.Single(Messages(switched)));
        foreach (var command in new[] { "run baseline", "render --scenario baseline", "serve --scenario baseline" })
        {
            var flag = await CliSession.RunAsync([.. command.Split(' '), $"--{field}", value]);
            Assert.Equal((2, $"metricssim: --{message}"), (flag.ExitCode, flag.Error.Split('\n')[0]));
        }

        if (field != "duration") return;
        var variable = await CliSession.RunAsync(["run", "baseline"], new Dictionary<string, string> { ["DURATION"] = value });
        Assert.Equal((2, $"metricssim: DURATION{message[field.Length..]}"), (variable.ExitCode, variable.Error.Split('\n')[0]));
    }

    private static IEnumerable<string> Messages(JsonElement problem) => problem.GetProperty("errors").EnumerateObject()
        .SelectMany(field => field.Value.EnumerateArray().Select(message => $"{field.Name}: {message.GetString()}")).Order(StringComparer.Ordinal);
}
