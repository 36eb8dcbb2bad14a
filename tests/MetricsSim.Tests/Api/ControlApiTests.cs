using System.Text.Json;
using MetricsSim.Configuration;
using MetricsSim.Tests.Support;
using Xunit;

namespace MetricsSim.Tests.Api;

public sealed class ControlApiTests : IAsyncLifetime
{
    private readonly ManualTimeProvider _clock = new();
    private RunningDaemon _daemon = null!;

    public async ValueTask InitializeAsync() => _daemon = await RunningDaemon.StartAsync(Config(), _clock);

    private static SimulatorConfig Config()
    {
        SimulatorConfig config = TestScenarios.Config();
        return config with { Server = config.Server with { ApiKey = "s3cret" } };
    }

    public ValueTask DisposeAsync() => _daemon.DisposeAsync();

    [Fact]
    public async Task Health_has_the_numbers()
    {
        _clock.Advance(TimeSpan.FromSeconds(90));
        await _daemon.UntilAsync(status => status.Tick >= 90);

        JsonElement health = await _daemon.Control.GetJsonAsync("/health");

        Assert.Equal(
            ["status", "uptime_seconds", "users_count", "current_scenario", "total_sessions", "total_cost", "avg_activity", "last_update", "simulated_time", "journal_failure"],
            health.Names());
        Assert.Equal("healthy", health.GetProperty("status").GetString());
        Assert.Equal(90, health.GetProperty("uptime_seconds").GetDouble());
        Assert.Equal(20, health.GetProperty("users_count").GetInt32());
        Assert.Equal(JsonValueKind.Null, health.GetProperty("current_scenario").ValueKind);
        Assert.Equal(_daemon.Handle.Loop.Status.TotalSessions, health.GetProperty("total_sessions").GetInt64());
        Assert.Equal(_daemon.Handle.Loop.Status.TotalCost, health.GetProperty("total_cost").GetDouble());
        Assert.InRange(health.GetProperty("avg_activity").GetDouble(), 0.05, 5);
        Assert.Equal(_clock.GetUtcNow(), health.GetProperty("last_update").GetDateTimeOffset());
        Assert.Equal(new DateTimeOffset(2026, 1, 5, 10, 1, 30, TimeSpan.Zero), health.GetProperty("simulated_time").GetDateTimeOffset());
    }

    [Fact]
    public async Task Ready_and_config_answer()
    {
        Assert.Equal("ready", (await _daemon.Control.GetJsonAsync("/ready")).GetProperty("status").GetString());
        JsonElement config = await _daemon.Control.GetJsonAsync("/config");
        Assert.Equal(20, config.GetProperty("users").GetProperty("total").GetInt32());
        Assert.Equal("***", config.GetProperty("server").GetProperty("api_key").GetString());
        Assert.DoesNotContain("s3cret", config.GetRawText());
    }

    [Theory]
    [InlineData("", "calm rush storm")]
    [InlineData("?tag=sale", "rush")]
    [InlineData("?tag=SALE", "rush")]
    [InlineData("?difficulty=advanced", "calm")]
    [InlineData("?severity=high", "rush")]
    [InlineData("?severity=high&tag=baseline", "")]
    [InlineData("?tag=nothing", "")]
    public async Task Scenarios_are_listed_by_id_and_filtered(string query, string expected)
    {
        JsonElement list = await _daemon.Control.GetJsonAsync("/api/v1/simulator/scenarios" + query);
        Assert.Equal(expected, string.Join(' ', list.EnumerateArray().Select(row => row.GetProperty("id").GetString())));
    }

    [Fact]
    public async Task A_row_of_the_list_has_its_fields()
    {
        JsonElement row = (await _daemon.Control.GetJsonAsync("/api/v1/simulator/scenarios?tag=sale"))[0];

        Assert.Equal(
            ["id", "name", "description", "service", "severity", "difficulty", "tags", "duration_seconds", "metric_count"], row.Names());
        Assert.Equal(3600, row.GetProperty("duration_seconds").GetDouble());
        Assert.Equal(15, row.GetProperty("metric_count").GetInt32());
    }

    [Fact]
    public async Task A_scenario_is_told_whole()
    {
        JsonElement rush = await _daemon.Control.GetJsonAsync("/api/v1/simulator/scenarios/rush");

        JsonElement failure = rush.GetProperty("timeline")[3];
        Assert.Equal("inject_failure", failure.GetProperty("event").GetString());
        Assert.Equal(1800, failure.GetProperty("time_seconds").GetDouble());
        Assert.Equal("""{"type":"model_outage","affected_percentage":50,"duration":300}""", failure.GetProperty("parameters").GetRawText());
        Assert.Equal("""{"metric":"error_rate","condition":"< 0.05","window_seconds":300}""", rush.GetProperty("assertions")[0].GetRawText());
        Assert.Equal("model_outage", rush.GetProperty("expected").GetProperty("root_cause").GetString());
        Assert.Equal("team a", rush.GetProperty("context").GetProperty("owner").GetString());
    }

    [Fact]
    public async Task Parameters_of_a_fault_of_the_telemetry_are_shown()
    {
        JsonElement storm = await _daemon.Control.GetJsonAsync("/api/v1/simulator/scenarios/storm");
        Assert.Equal("""{"type":"scrape_delay","affected_percentage":100,"min_delay":10,"max_delay":50}""",
            storm.GetProperty("timeline")[0].GetProperty("parameters").GetRawText());
    }

    [Theory]
    [InlineData("GET", "/nothing", 404)]
    [InlineData("GET", "/metrics", 404)]
    [InlineData("GET", "/api/v1/simulator/scenarios/nothing", 404)]
    [InlineData("GET", "/api/v1/simulator/simulations/sim_00000000", 404)]
    [InlineData("POST", "/api/v1/simulator/scenarios/nothing/start", 404)]
    [InlineData("POST", "/api/v1/simulator/simulations/sim_00000000/stop", 404)]
    [InlineData("POST", "/health", 405)]
    [InlineData("DELETE", "/scenario", 405)]
    public async Task Unknown_things_are_problems(string method, string path, int status)
    {
        HttpResponseMessage response = await _daemon.Control.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));
        await response.ProblemAsync(status);
        if (status == 405) Assert.NotEmpty(response.Content.Headers.Allow);
    }

    [Fact]
    public async Task The_document_is_the_approved_one() =>
        Approved.Equal("Api/openapi.v1.json", await _daemon.Control.GetStringAsync("/openapi/v1.json"));
}
