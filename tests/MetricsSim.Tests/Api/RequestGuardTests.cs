using System.Net;
using MetricsSim.Configuration;
using MetricsSim.Hosting;
using MetricsSim.Tests.Support;
using Xunit;

namespace MetricsSim.Tests.Api;

public sealed class RequestGuardTests
{
    private const string Key = "s3cret";

    [Theory]
    [InlineData("localhost", null, 200)]
    [InlineData("LocalHost:8000", null, 200)]
    [InlineData("127.0.0.1", null, 200)]
    [InlineData("[::1]:8000", null, 200)]
    [InlineData("evil.example", null, 403)]
    [InlineData("127.0.0.1.evil.example", null, 403)]
    [InlineData("192.0.2.1", null, 403)]
    [InlineData("localhost:8000", "http://localhost:8000", 200)]
    [InlineData("localhost:8000", "http://LOCALHOST:8000", 200)]
    [InlineData("localhost", "http://localhost", 200)]
    [InlineData("localhost:8000", "http://localhost:3000", 403)]
    [InlineData("localhost:8000", "http://127.0.0.1:8000", 403)]
    [InlineData("localhost:8000", "https://evil.example", 403)]
    [InlineData("localhost:8000", "null", 403)]
    [InlineData("localhost:8000", "", 403)]
    public async Task Only_known_hosts_and_own_pages_may_call(string host, string? origin, int status)
    {
        await using RunningDaemon daemon = await RunningDaemon.StartAsync(time: new ManualTimeProvider());
        foreach (HttpMethod method in new[] { HttpMethod.Get, HttpMethod.Post })
        {
            using var request = new HttpRequestMessage(method, method == HttpMethod.Get ? "/health" : "/api/v1/simulator/scenarios/calm/start");
            request.Headers.Host = host;
            if (origin is not null) request.Headers.TryAddWithoutValidation("Origin", origin);

            HttpResponseMessage response = await daemon.Control.SendAsync(request);

            if (status == 200) Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            else await response.ProblemAsync(status);
        }

        Assert.Equal(status == 200 ? 1 : 0, daemon.Handle.Loop.Status.Simulations.Count);
    }

    [Fact]
    public async Task Away_from_localhost_changes_need_the_key_and_reads_do_not()
    {
        await using RunningDaemon daemon = await RunningDaemon.StartAsync(On("0.0.0.0", Key), new ManualTimeProvider());
        const string Start = "/api/v1/simulator/scenarios/calm/start";

        await (await daemon.Control.CurlAsync(Start, "")).ProblemAsync(401);
        foreach (string wrong in new[] { "", "s3cre", "s3crets", "S3CRET" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, Start);
            request.Headers.TryAddWithoutValidation("X-API-Key", wrong);
            await (await daemon.Control.SendAsync(request)).ProblemAsync(401);
        }

        Assert.Equal(HttpStatusCode.OK, (await daemon.Control.GetAsync("/health")).StatusCode);
        Assert.Empty(daemon.Handle.Loop.Status.Simulations);

        using var right = new HttpRequestMessage(HttpMethod.Post, Start);
        right.Headers.Add("X-API-Key", Key);
        Assert.Equal(HttpStatusCode.OK, (await daemon.Control.SendAsync(right)).StatusCode);
    }

    [Fact]
    public async Task On_localhost_the_key_is_not_asked_for()
    {
        await using RunningDaemon daemon = await RunningDaemon.StartAsync(On("localhost", Key), new ManualTimeProvider());
        Assert.Equal(HttpStatusCode.OK, (await daemon.Control.CurlAsync("/api/v1/simulator/scenarios/calm/start", "")).StatusCode);
    }

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("*")]
    [InlineData("192.0.2.1")]
    public async Task Away_from_localhost_it_does_not_start_without_a_key(string host)
    {
        var error = new StringWriter();
        int exit = await Daemon.RunAsync(new DaemonOptions { Config = On(host, null), Error = error }, CancellationToken.None);

        Assert.Equal(ExitCodes.BadInput, exit);
        Assert.Equal($"metricssim: listening on {host} needs a key for changing calls: set server.api_key or METRICSSIM_API_KEY\n", error.ToString());
    }

    [Fact]
    public async Task The_metrics_port_is_scraped_under_any_name()
    {
        await using RunningDaemon daemon = await RunningDaemon.StartAsync(time: new ManualTimeProvider());
        using var request = new HttpRequestMessage(HttpMethod.Get, "/metrics");
        request.Headers.Host = "metricssim.monitoring.svc:8001";
        Assert.Equal(HttpStatusCode.OK, (await daemon.Metrics.SendAsync(request)).StatusCode);
    }

    private static SimulatorConfig On(string host, string? key)
    {
        SimulatorConfig config = TestScenarios.Config();
        return config with { Server = config.Server with { Host = host, ApiKey = key } };
    }
}
