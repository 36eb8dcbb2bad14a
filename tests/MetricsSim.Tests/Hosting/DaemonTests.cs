using System.Net;
using System.Net.Sockets;
using MetricsSim.Core.Engine;
using MetricsSim.Hosting;
using MetricsSim.Tests.Support;
using Xunit;

namespace MetricsSim.Tests.Hosting;

public sealed class DaemonTests
{
    [Fact]
    public async Task Serves_both_ports_ticks_and_ends_with_zero()
    {
        await using RunningDaemon daemon = await RunningDaemon.StartAsync(TestScenarios.Config(speed: 100));
        await daemon.UntilAsync(status => status.Tick >= 10);

        Assert.Equal(HttpStatusCode.OK, (await daemon.Control.GetAsync("/ready")).StatusCode);
        string page = await daemon.Metrics.GetStringAsync("/metrics");
        Assert.Contains("\nmetricssim_runtime_ticks_total ", page);
        Assert.Contains("\notel_claude_code_session_count_total{", page);
        Assert.Equal(ExitCodes.Ok, await daemon.StopAsync());
        Assert.Equal("", daemon.Error.ToString());
    }

    [Fact]
    public async Task A_taken_port_is_one_line_and_exit_3()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        int port = ((IPEndPoint)taken.LocalEndpoint).Port;
        var config = TestScenarios.Config();
        var error = new StringWriter();

        int exit = await Daemon.RunAsync(
            new DaemonOptions { Config = config with { Server = config.Server with { MetricsPort = port } }, Error = error }, CancellationToken.None);

        Assert.Equal(ExitCodes.CannotBindOrWrite, exit);
        Assert.Equal($"metricssim: can't listen on 127.0.0.1:{port}: address in use\n", error.ToString());
    }

    [Fact]
    public async Task A_scrape_in_flight_is_finished_before_the_end()
    {
        await using RunningDaemon daemon = await RunningDaemon.StartAsync(TestScenarios.Config(users: 5000), new ManualTimeProvider());
        using var request = new HttpRequestMessage(HttpMethod.Get, "/metrics");
        request.Headers.Add("Accept", "application/openmetrics-text");
        using HttpResponseMessage response = await daemon.Metrics.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);

        Task<int> stopping = daemon.StopAsync();
        string page = await response.Content.ReadAsStringAsync();

        Assert.EndsWith("\n# EOF\n", page);
        Assert.Equal(ExitCodes.Ok, await stopping);
    }

    [Fact]
    public async Task A_reader_that_never_ends_does_not_hold_the_end_up_for_long()
    {
        var clock = new ManualTimeProvider();
        await using RunningDaemon daemon = await RunningDaemon.StartAsync(TestScenarios.Config(users: 5000), clock);
        using HttpResponseMessage response = await daemon.Metrics.GetAsync("/metrics", HttpCompletionOption.ResponseHeadersRead);

        Task<int> stopping = daemon.StopAsync();
        while (!stopping.IsCompleted)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        Assert.Equal(ExitCodes.Ok, await stopping);
    }

    [Fact]
    public async Task A_world_that_fails_ends_the_daemon_loudly()
    {
        var started = new TaskCompletionSource<DaemonHandle>(TaskCreationOptions.RunContinuationsAsynchronously);
        var error = new StringWriter();
        Task<int> run = Daemon.RunAsync(
            new DaemonOptions { Config = TestScenarios.Config(), Error = error, Started = started.SetResult }, CancellationToken.None);
        DaemonHandle daemon = await started.Task.WaitAsync(RunningDaemon.Patience);

        await Assert.ThrowsAsync<SimulationStoppedException>(() => daemon.Loop.SendAsync(new UnknownCommand()));

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => run.WaitAsync(RunningDaemon.Patience));
        Assert.Contains("critical MetricsSim.Hosting.Daemon: The simulation failed", error.ToString());
    }

    [Fact]
    public async Task A_scenario_that_cannot_start_is_bad_input()
    {
        var error = new StringWriter();
        int exit = await Daemon.RunAsync(
            new DaemonOptions { Config = TestScenarios.Config(), Initial = new StartSimulation("nothing"), Error = error }, CancellationToken.None);

        Assert.Equal(ExitCodes.BadInput, exit);
        Assert.Contains("nothing", Assert.Single(error.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries)));
    }

    [Theory]
    [InlineData(1e-12)]
    [InlineData(1e12)]
    [InlineData(double.NaN)]
    public async Task A_timeline_is_compressed_within_reason(double compress)
    {
        var error = new StringWriter();
        int exit = await Daemon.RunAsync(
            new DaemonOptions { Config = TestScenarios.Config(), Initial = new StartSimulation("rush") { Compress = compress }, Error = error },
            CancellationToken.None);

        Assert.Equal(ExitCodes.BadInput, exit);
        Assert.EndsWith(": allowed are 0.01 to 10000\n", error.ToString());
    }

    [Fact]
    public async Task It_begins_with_the_scenario_it_was_given()
    {
        await using RunningDaemon daemon = await RunningDaemon.StartAsync(time: new ManualTimeProvider(), initial: new StartSimulation("rush"));
        Assert.Equal("rush", daemon.Handle.Loop.Status.CurrentScenario);
    }

    [Fact]
    public async Task Localhost_is_reached_by_both_families()
    {
        Assert.True(BindAddress.TryParse("localhost", out BindAddress? localhost));
        Assert.SkipUnless(localhost.Addresses.Count == 2, "needs ::1");

        // A fixed port is bound on both; one that was free a moment ago will do.
        int port, metricsPort;
        using (var one = new TcpListener(IPAddress.IPv6Loopback, 0))
        using (var other = new TcpListener(IPAddress.IPv6Loopback, 0))
        {
            one.Start();
            other.Start();
            (port, metricsPort) = (((IPEndPoint)one.LocalEndpoint).Port, ((IPEndPoint)other.LocalEndpoint).Port);
        }

        var config = TestScenarios.Config();
        await using RunningDaemon daemon = await RunningDaemon.StartAsync(
            config with { Server = config.Server with { Port = port, MetricsPort = metricsPort } }, new ManualTimeProvider());
        using var client = new HttpClient();
        foreach (string host in new[] { "127.0.0.1", "[::1]", "localhost" })
        {
            Assert.Equal(HttpStatusCode.OK, (await client.GetAsync($"http://{host}:{port}/health")).StatusCode);
            Assert.Equal(HttpStatusCode.OK, (await client.GetAsync($"http://{host}:{metricsPort}/metrics")).StatusCode);
        }
    }

    private sealed record UnknownCommand : WorldCommand;
}
