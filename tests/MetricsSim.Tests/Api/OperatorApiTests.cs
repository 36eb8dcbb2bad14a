using System.Net;
using System.Text.Json;
using MetricsSim.Core.Engine;
using MetricsSim.Tests.Exposition;
using MetricsSim.Tests.Support;
using Xunit;

namespace MetricsSim.Tests.Api;

public sealed class OperatorApiTests : IAsyncLifetime
{
    private readonly ManualTimeProvider _clock = new();
    private RunningDaemon _daemon = null!;

    public async ValueTask InitializeAsync() => _daemon = await RunningDaemon.StartAsync(time: _clock);

    public ValueTask DisposeAsync() => _daemon.DisposeAsync();

    [Fact]
    public async Task The_load_set_by_hand_multiplies_with_that_of_simulations()
    {
        await _daemon.Control.CurlAsync("/scenario", """{"scenario":"rush","compress":60}""");
        _clock.Advance(TimeSpan.FromSeconds(12));
        await _daemon.UntilAsync(status => status.Tick >= 12);

        JsonElement set = await PutAsync("load", """{"multiplier":2.5}""");

        Assert.Equal("""{"multiplier":2.5,"load":7.5}""", set.GetRawText());
        Assert.Equal(set.GetRawText(), (await _daemon.Control.GetJsonAsync("/api/v1/load")).GetRawText());
        Assert.Equal(7.5, PageReader.Read(await _daemon.Metrics.GetStringAsync("/metrics"))["metricssim_load_multiplier"]);
    }

    [Theory]
    [InlineData("load", "{}", "multiplier")]
    [InlineData("load", """{"multiplier":-1,"x":1}""", "multiplier x")]
    [InlineData("load", """{"multiplier":10001}""", "multiplier")]
    [InlineData("load", """{"multiplier":"2"}""", "multiplier")]
    [InlineData("load", """{"multiplier":1e999}""", "multiplier")]
    [InlineData("clock", "{}", "speed")]
    [InlineData("clock", """{"speed":0,"paused":1,"x":1}""", "paused speed x")]
    [InlineData("clock", """{"speed":100001}""", "speed")]
    [InlineData("clock", """{"speed":"fast"}""", "speed")]
    public async Task Bad_bodies_name_their_fields_and_change_nothing(string what, string body, string fields)
    {
        JsonElement problem = await (await _daemon.Control.CurlAsync($"/api/v1/{what}", body, "PUT")).ProblemAsync(422);

        Assert.Equal(fields, string.Join(' ', problem.GetProperty("errors").EnumerateObject().Select(field => field.Name)));
        Assert.Equal((1.0, 1.0, false), (_daemon.Handle.Loop.Status.Load, _daemon.Handle.Loop.Clock.Speed, _daemon.Handle.Loop.Clock.Paused));
    }

    [Fact]
    public async Task A_paused_clock_stops_ticks_and_nothing_else()
    {
        _clock.Advance(TimeSpan.FromSeconds(3));
        await _daemon.UntilAsync(status => status.Tick >= 3);

        JsonElement paused = await PutAsync("clock", """{"paused":true}""");
        _clock.Advance(TimeSpan.FromHours(1));
        string page = await _daemon.Metrics.GetStringAsync("/metrics");
        HttpResponseMessage started = await _daemon.Control.CurlAsync("/scenario", """{"scenario":"rush"}""");

        Assert.Equal(["speed", "paused", "simulated_time", "tick"], paused.Names());
        Assert.Equal((true, 3), (paused.GetProperty("paused").GetBoolean(), paused.GetProperty("tick").GetInt64()));
        Assert.Equal(HttpStatusCode.OK, started.StatusCode);
        Assert.Equal(_daemon.Handle.Loop.Status.SimulatedTime.ToUnixTimeSeconds(), PageReader.Read(page)["metricssim_simulated_time_seconds"]);
        Assert.Equal(3, _daemon.Handle.Loop.Status.Tick);

        await PutAsync("clock", """{"paused":false,"speed":10}""");
        _clock.Advance(TimeSpan.FromSeconds(1));
        WorldStatus status = await _daemon.UntilAsync(status => status.Tick >= 13);
        Assert.Equal(13, status.Tick);
        Assert.Equal(10, (await _daemon.Control.GetJsonAsync("/api/v1/clock")).GetProperty("speed").GetDouble());
    }

    [Fact]
    public async Task Cardinality_counts_what_a_scrape_has()
    {
        JsonElement cardinality = await _daemon.Control.GetJsonAsync("/api/v1/cardinality");
        Dictionary<string, double> page = PageReader.Read(PageReader.WithoutRuntime(await _daemon.Metrics.GetStringAsync("/metrics")));

        Assert.Equal(page.Count, cardinality.GetProperty("total_series").GetInt64());
        JsonElement[] families = [.. cardinality.GetProperty("families").EnumerateArray()];
        Assert.Equal(page.Count, families.Sum(family => family.GetProperty("series").GetInt64()));
        JsonElement sessions = families.Single(family => family.GetProperty("metric").GetString() == "otel_claude_code_session_count");
        Assert.Equal(("counter", 20), (sessions.GetProperty("type").GetString(), sessions.GetProperty("series").GetInt32()));
    }

    [Fact]
    public async Task Cardinality_counts_the_series_of_sessions_that_are_there()
    {
        var config = TestScenarios.Config();
        TelemetryOptions telemetry = config.World.Telemetry with { Labels = new() { SessionId = true } };
        await using RunningDaemon daemon = await RunningDaemon.StartAsync(
            config with { World = config.World with { Population = new() { Total = 100 }, Telemetry = telemetry } }, new ManualTimeProvider());
        JsonElement cardinality = await daemon.Control.GetJsonAsync("/api/v1/cardinality");
        Dictionary<string, double> page = PageReader.Read(PageReader.WithoutRuntime(await daemon.Metrics.GetStringAsync("/metrics")));

        Assert.True(page.Keys.Count(name => name.StartsWith("otel_claude_code_session_count_total{", StringComparison.Ordinal)) > 10, "sessions are there");
        Assert.Equal(page.Count, cardinality.GetProperty("total_series").GetInt64());
    }

    [Fact]
    public async Task Service_discovery_names_the_metrics_port_under_the_name_that_was_asked()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/sd/targets");
        request.Headers.Host = "localhost:9";
        JsonElement groups = await (await _daemon.Control.SendAsync(request)).JsonAsync();

        Assert.Equal($"localhost:{_daemon.Handle.MetricsPort}", groups[0].GetProperty("targets")[0].GetString());
        // Prometheus drops labels that begin so after relabelling: no series gets another label from being discovered.
        Assert.All(groups[0].GetProperty("labels").Names(), name => Assert.StartsWith("__meta_metricssim_", name, StringComparison.Ordinal));
        Assert.Equal("20", groups[0].GetProperty("labels").GetProperty("__meta_metricssim_users").GetString());
    }

    private async Task<JsonElement> PutAsync(string what, string body)
    {
        HttpResponseMessage response = await _daemon.Control.CurlAsync($"/api/v1/{what}", body, "PUT");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.JsonAsync();
    }
}
