using System.Net;
using System.Text.Json;
using MetricsSim.Exposition;
using MetricsSim.Hosting;
using MetricsSim.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace MetricsSim.Tests.Hosting;

public sealed class StartAndStopStatesTests
{
    [Fact]
    public async Task Before_the_first_snapshot_and_after_the_last_there_is_none_to_be_had()
    {
        await using var test = new TestLoop();
        var config = TestScenarios.Config();
        Assert.True(BindAddress.TryParse("localhost", out BindAddress? bind));
        using var sender = new PageSender(threads: 1);
        var limit = new ConnectionLimit(100);
        var control = new Listener(ListenerRole.Control, limit);
        var scrapes = new Listener(ListenerRole.Metrics, limit);
        await using WebApplication app = DaemonApp.Build(config, bind, test.Loop, test.Runs, test.Metrics, sender, NullLoggerFactory.Instance, test.Clock, () => 0, server =>
        {
            control.Add(server, bind, 0);
            scrapes.Add(server, bind, 0);
        });
        await app.StartAsync();
        using var client = new HttpClient();
        string api = $"http://127.0.0.1:{control.Port}", metrics = $"http://127.0.0.1:{scrapes.Port}/metrics";

        await (await client.GetAsync($"{api}/ready")).ProblemAsync(503);
        await (await client.GetAsync($"{api}/health")).ProblemAsync(503);
        HttpResponseMessage early = await client.GetAsync(metrics);
        await early.ProblemAsync(503);
        Assert.Equal("1", early.Headers.GetValues("Retry-After").Single());

        await test.StartAsync();
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync($"{api}/ready")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(metrics)).StatusCode);

        await test.StopAsync();
        await (await client.GetAsync($"{api}/ready")).ProblemAsync(503);
        await (await client.CurlAsync($"{api}/scenario", """{"scenario":"rush"}""")).ProblemAsync(503);
        await (await client.GetAsync(metrics)).ProblemAsync(503);
        JsonElement health = await client.GetJsonAsync($"{api}/health");
        Assert.Equal("stopped", health.GetProperty("status").GetString());
    }
}
