using System.Net;
using System.Net.Sockets;
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
}
