using System.Net;
using System.Reflection;
using System.Text.Json;
using MetricsSim.Api;
using MetricsSim.Configuration.Declarations;
using MetricsSim.Configuration.Document;
using MetricsSim.Core.Engine;
using MetricsSim.Tests.Exposition;
using MetricsSim.Tests.Support;
using Xunit;

namespace MetricsSim.Tests.Api;

public sealed class FaultApiTests : IAsyncLifetime
{
    private const string Faults = "/api/v1/faults";

    private readonly ManualTimeProvider _clock = new();
    private RunningDaemon _daemon = null!;

    public async ValueTask InitializeAsync() => _daemon = await RunningDaemon.StartAsync(time: _clock);

    public ValueTask DisposeAsync() => _daemon.DisposeAsync();

    [Fact]
    public async Task A_fault_is_added_listed_scraped_and_removed()
    {
        HttpResponseMessage response = await _daemon.Control.CurlAsync(Faults, """{"type":"model_outage","affected_percentage":50,"duration":"10m","description":"drill"}""");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        JsonElement added = await response.JsonAsync();
        Assert.Equal(["fault_id", "type", "simulation_id", "ambient", "started_at", "ends_at", "parameters"], added.Names());
        string id = added.GetProperty("fault_id").GetString()!;
        Assert.Matches("^fault_[0-9a-f]{8}$", id);
        Assert.Equal(new DateTimeOffset(2026, 1, 5, 10, 10, 0, TimeSpan.Zero), added.GetProperty("ends_at").GetDateTimeOffset());
        Assert.Equal("""{"affected_percentage":50,"duration":600}""", added.GetProperty("parameters").GetRawText());
        Assert.Equal(added.GetRawText(), (await _daemon.Control.GetJsonAsync(Faults))[0].GetRawText());
        Assert.Equal(1, await ActiveAsync("model_outage"));

        JsonElement removed = await (await _daemon.Control.DeleteAsync($"{Faults}/{id}")).JsonAsync();

        Assert.Equal(id, removed.GetProperty("fault_id").GetString());
        Assert.Equal(0, (await _daemon.Control.GetJsonAsync(Faults)).GetArrayLength());
        Assert.Equal(0, await ActiveAsync("model_outage"));
        await (await _daemon.Control.DeleteAsync($"{Faults}/{id}")).ProblemAsync(404);
    }

    [Fact]
    public async Task A_fault_ends_by_itself()
    {
        await _daemon.Control.CurlAsync(Faults, """{"type":"total_outage","duration":5}""");
        _clock.Advance(TimeSpan.FromSeconds(5));
        await _daemon.UntilAsync(status => status.Tick >= 5);
        Assert.Equal(1, (await _daemon.Control.GetJsonAsync(Faults)).GetArrayLength());
        _clock.Advance(TimeSpan.FromSeconds(1));
        await _daemon.UntilAsync(status => status.Tick >= 6);
        Assert.Equal(0, (await _daemon.Control.GetJsonAsync(Faults)).GetArrayLength());
    }

    [Fact]
    public async Task A_fault_of_a_simulation_can_not_be_deleted()
    {
        await _daemon.Control.CurlAsync("/scenario", """{"scenario":"rush","compress":10000}""");
        _clock.Advance(TimeSpan.FromMilliseconds(1000));
        WorldStatus status = await _daemon.UntilAsync(status => status.Tick >= 1);
        // At this speed an hour passes within one tick, so the scenario is over and leaves nothing.
        Assert.Empty(status.Faults);

        await _daemon.Control.CurlAsync("/scenario", """{"scenario":"rush","compress":60}""");
        _clock.Advance(TimeSpan.FromSeconds(32));
        await _daemon.UntilAsync(status => status.Tick >= 33);
        JsonElement fault = (await _daemon.Control.GetJsonAsync(Faults))[0];
        Assert.Matches("^sim_", fault.GetProperty("simulation_id").GetString());
        JsonElement problem = await (await _daemon.Control.DeleteAsync($"{Faults}/{fault.GetProperty("fault_id").GetString()}")).ProblemAsync(409);
        Assert.Contains(fault.GetProperty("simulation_id").GetString()!, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    /// <summary>Bodies obey the rules of scenario files, in the same words, all at once.</summary>
    [Theory]
    [InlineData("{}", "type: missing; expected one of total_outage, exporter_down")]
    [InlineData("""{"type":7}""", "type: unknown type \"7\"")]
    [InlineData("""{"type":"model_outag"}""", "did you mean model_outage?")]
    [InlineData("""{"type":"total_outage","model":"x"}""", "model: unknown key")]
    [InlineData("""{"type":"total_outage","time":0}""", "time: unknown key")]
    [InlineData("""{"type":"total_outage","event":"inject_failure"}""", "event: unknown key")]
    [InlineData("""{"type":"total_outage","duration":0}""", "duration: expected a duration > 0")]
    [InlineData("""{"type":"total_outage","duration":"soon"}""", "duration: expected a duration > 0")]
    [InlineData("""{"type":"rate_limiting","affected_percentage":101}""", "affected_percentage: expected a number")]
    [InlineData("""{"type":"rate_limiting","affected_percentage":"50"}""", "remove the quotes")]
    [InlineData("""{"type":"rate_limiting","affected_percentage":[5]}""", "got a list")]
    [InlineData("""{"type":"model_outage","model":"gpt"}""", "model: unknown model \"gpt\"")]
    [InlineData("""{"type":"clock_skew","offset_seconds":"5m"}""", "offset_seconds: expected a number from -86400 to 86400")]
    [InlineData("""{"type":"cardinality_explosion","max_series":0}""", "max_series: expected a whole number")]
    [InlineData("""{"type":"network_latency"}""", "max_delay: missing")]
    [InlineData("""{"type":"network_latency","min_delay":5,"max_delay":1}""", "max_delay: 1 ms is below min_delay, 5 ms")]
    [InlineData("""{"type":"network_latency","min_delay":-5,"max_delay":"x"}""", "min_delay: expected a number | max_delay: expected a number")]
    public async Task A_bad_fault_says_all_that_is_wrong(string body, string expected)
    {
        JsonElement problem = await (await _daemon.Control.CurlAsync(Faults, body)).ProblemAsync(422);

        string all = string.Join('\n', problem.GetProperty("errors").EnumerateObject()
            .SelectMany(field => field.Value.EnumerateArray().Select(message => $"{field.Name}: {message.GetString()}")));
        foreach (string part in expected.Split(" | ")) Assert.Contains(part, all, StringComparison.Ordinal);
        Assert.Empty(_daemon.Handle.Loop.Status.Faults);
    }

    [Theory]
    [InlineData("""{"type":"clock_skew","offset_seconds":-2.5}""", """{"offset_seconds":-2.5}""")]
    [InlineData("""{"type":"cardinality_explosion","max_series":7}""", """{"affected_percentage":100,"max_series":7}""")]
    [InlineData("""{"type":"counter_reset"}""", "{}")]
    public async Task Faults_of_the_telemetry_have_parameters_of_their_own(string body, string parameters)
    {
        JsonElement added = await (await _daemon.Control.CurlAsync(Faults, body)).JsonAsync();
        Assert.Equal(parameters, added.GetProperty("parameters").GetRawText());
        Assert.Equal(1, await ActiveAsync(added.GetProperty("type").GetString()!));
    }

    [Fact]
    public async Task A_list_is_no_fault() => await (await _daemon.Control.CurlAsync(Faults, "[]")).ProblemAsync(400);

    /// <summary>The documented body has the declared keys and no others.</summary>
    [Fact]
    public void The_documented_body_is_the_declared_one()
    {
        string[] declared =
        [
            .. typeof(FaultSection).Assembly.GetTypes().Where(type => type.IsAssignableTo(typeof(FaultSection)))
                .SelectMany(type => type.GetProperties()).Where(property => property.IsDefined(typeof(KeyAttribute)))
                .Select(property => property.Name).Distinct().Where(name => name != "Time").Append("Type").Order(),
        ];
        Assert.Equal(declared, typeof(FaultRequest).GetProperties().Select(property => property.Name).Order());
    }

    private async Task<double> ActiveAsync(string type) =>
        PageReader.Read(await _daemon.Metrics.GetStringAsync("/metrics"))[$"metricssim_active_faults{{type=\"{type}\"}}"];
}
