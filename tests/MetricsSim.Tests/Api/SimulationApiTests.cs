using System.Net;
using System.Text.Json;
using MetricsSim.Tests.Support;
using Xunit;

namespace MetricsSim.Tests.Api;

public sealed class SimulationApiTests : IAsyncLifetime
{
    private readonly ManualTimeProvider _clock = new();
    private RunningDaemon _daemon = null!;

    public async ValueTask InitializeAsync() => _daemon = await RunningDaemon.StartAsync(time: _clock);

    public ValueTask DisposeAsync() => _daemon.DisposeAsync();

    [Fact]
    public async Task A_switch_by_plain_curl_starts_the_scenario()
    {
        HttpResponseMessage response = await _daemon.Control.CurlAsync("/scenario", """{"scenario":"rush","compress":60}""");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        JsonElement started = await response.JsonAsync();
        Assert.Equal(
            ["simulation_id", "scenario_id", "incident_id", "status", "started_at", "hypotheses_count", "actions_count", "metrics_injected"],
            started.Names());
        string id = started.GetProperty("simulation_id").GetString()!;
        Assert.Matches("^sim_[0-9a-f]{8}$", id);
        Assert.Equal("inc_" + id[4..], started.GetProperty("incident_id").GetString());
        Assert.Equal("rush", started.GetProperty("scenario_id").GetString());
        Assert.Equal("running", started.GetProperty("status").GetString());
        Assert.Equal(1, started.GetProperty("hypotheses_count").GetInt32());
        Assert.Equal(2, started.GetProperty("actions_count").GetInt32());
        Assert.True(started.GetProperty("metrics_injected").GetBoolean());
        Assert.Equal("rush", (await _daemon.Control.GetJsonAsync("/health")).GetProperty("current_scenario").GetString());
    }

    [Fact]
    public async Task A_switch_stops_what_runs_and_a_start_does_not()
    {
        string first = await StartAsync("rush", "");
        string second = await StartAsync("calm", "{}");
        Assert.Equal("running running", await StatusAsync(first, second));

        await _daemon.Control.CurlAsync("/scenario", """{"scenario":"calm"}""");

        Assert.Equal("stopped stopped", await StatusAsync(first, second));
        Assert.Equal(3, (await _daemon.Control.GetJsonAsync("/api/v1/simulator/simulations")).GetArrayLength());
    }

    [Fact]
    public async Task A_simulation_shows_its_progress_and_next_event()
    {
        string id = await StartAsync("rush", """{"compress":10,"duration":"30m","seed":18446744073709551615,"auto_analyze":true,"execution_mode":"simulated"}""");
        _clock.Advance(TimeSpan.FromSeconds(90));
        await _daemon.UntilAsync(status => status.Tick >= 90);

        JsonElement simulation = await _daemon.Control.GetJsonAsync($"/api/v1/simulator/simulations/{id}");

        Assert.Equal(
            ["simulation_id", "scenario_id", "incident_id", "status", "started_at", "ends_at", "progress", "compress", "events_fired", "next_event", "active_faults", "judged",
                "passed", "verdicts"],
            simulation.Names());
        Assert.Equal(0.5, simulation.GetProperty("progress").GetDouble(), 6);
        Assert.Equal(2, simulation.GetProperty("events_fired").GetInt32());
        JsonElement next = simulation.GetProperty("next_event");
        Assert.Equal("burst_load", next.GetProperty("event").GetString());
        Assert.Equal(new DateTimeOffset(2026, 1, 5, 10, 2, 0, TimeSpan.Zero), next.GetProperty("at").GetDateTimeOffset());

        _clock.Advance(TimeSpan.FromSeconds(91));
        await _daemon.UntilAsync(status => status.Tick >= 181);
        Assert.Equal("completed", await StatusAsync(id));
    }

    [Fact]
    public async Task A_simulation_is_stopped_once()
    {
        string id = await StartAsync("rush", "");

        JsonElement stopped = await (await _daemon.Control.CurlAsync($"/api/v1/simulator/simulations/{id}/stop", "")).JsonAsync();
        Assert.Equal("stopped", stopped.GetProperty("status").GetString());

        await (await _daemon.Control.CurlAsync($"/api/v1/simulator/simulations/{id}/stop", "")).ProblemAsync(409);
    }

    [Theory]
    [InlineData("""{"scenario":"rush","speed":2}""", "speed")]
    [InlineData("""{"scenario":"nothing"}""", "scenario")]
    [InlineData("""{"scenario":7}""", "scenario")]
    [InlineData("""{}""", "scenario")]
    [InlineData("", "scenario")]
    [InlineData("""{"scenario":null}""", "scenario")]
    [InlineData("""{"scenario":"rush","compress":0}""", "compress")]
    [InlineData("""{"scenario":"rush","compress":-1}""", "compress")]
    [InlineData("""{"scenario":"rush","compress":1e309}""", "compress")]
    [InlineData("""{"scenario":"rush","compress":"2"}""", "compress")]
    [InlineData("""{"scenario":"rush","duration":0}""", "duration")]
    [InlineData("""{"scenario":"rush","duration":-5}""", "duration")]
    [InlineData("""{"scenario":"rush","duration":"soon"}""", "duration")]
    [InlineData("""{"scenario":"rush","duration":1e300}""", "duration")]
    [InlineData("""{"scenario":"rush","duration":[1]}""", "duration")]
    [InlineData("""{"scenario":"rush","seed":-1}""", "seed")]
    [InlineData("""{"scenario":"rush","seed":1.5}""", "seed")]
    [InlineData("""{"scenario":"nothing","compress":0,"duration":"x","seed":"y","colour":"red"}""", "colour compress duration scenario seed")]
    public async Task Every_wrong_field_is_named_and_nothing_changes(string body, string fields)
    {
        JsonElement problem = await (await _daemon.Control.CurlAsync("/scenario", body)).ProblemAsync(422);

        Assert.Equal(fields, string.Join(' ', problem.GetProperty("errors").Names()));
        Assert.Empty(_daemon.Handle.Loop.Status.Simulations);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("scenario=rush")]
    [InlineData("[]")]
    [InlineData("\"rush\"")]
    [InlineData("""{"scenario":"rush"} x""")]
    [InlineData("""{"scenario":"rush","scenario":"calm"}""")]
    [InlineData("""{"scenario":[[[[[[[[[[[[1]]]]]]]]]]]]}""")]
    public async Task What_is_not_a_json_object_is_malformed(string body)
    {
        await (await _daemon.Control.CurlAsync("/scenario", body)).ProblemAsync(400);
        Assert.Empty(_daemon.Handle.Loop.Status.Simulations);
    }

    [Theory]
    [InlineData("600", 600)]
    [InlineData("6e2", 600)]
    [InlineData("600.0", 600)]
    [InlineData("\"90s\"", 90)]
    [InlineData("\"10m\"", 600)]
    [InlineData("\"0.5h\"", 1800)]
    [InlineData("\"10m30s\"", 630)]
    public async Task Durations_are_seconds_or_text(string duration, double seconds)
    {
        string id = await StartAsync("rush", $$"""{"duration":{{duration}}}""");
        JsonElement simulation = await _daemon.Control.GetJsonAsync($"/api/v1/simulator/simulations/{id}");
        Assert.Equal(seconds, (simulation.GetProperty("ends_at").GetDateTimeOffset() - simulation.GetProperty("started_at").GetDateTimeOffset()).TotalSeconds);
    }

    [Fact]
    public async Task A_scenario_of_marks_alone_injects_nothing()
    {
        JsonElement started = await (await _daemon.Control.CurlAsync("/api/v1/simulator/scenarios/calm/start", "")).JsonAsync();
        Assert.False(started.GetProperty("metrics_injected").GetBoolean());
        Assert.Equal(0, started.GetProperty("hypotheses_count").GetInt32());
        Assert.Equal(0, started.GetProperty("actions_count").GetInt32());
    }

    private async Task<string> StartAsync(string scenario, string body)
    {
        HttpResponseMessage response = await _daemon.Control.CurlAsync($"/api/v1/simulator/scenarios/{scenario}/start", body);
        return (await response.JsonAsync()).GetProperty("simulation_id").GetString()!;
    }

    private async Task<string> StatusAsync(params string[] ids)
    {
        var all = new List<string?>();
        foreach (string id in ids) all.Add((await _daemon.Control.GetJsonAsync($"/api/v1/simulator/simulations/{id}")).GetProperty("status").GetString());
        return string.Join(' ', all);
    }
}
