using System.Net;
using System.Net.Sockets;
using System.Text;
using MetricsSim.Core.Series;
using MetricsSim.Exposition;
using MetricsSim.Hosting;
using MetricsSim.Tests.Support;
using Xunit;

namespace MetricsSim.Tests.Exposition;

public sealed class SlowScrapeTests
{
    // Their page, even compressed to a twenty-fifth, is larger than what the kernel takes off the server's hands for a reader that doesn't read.
    private const int Users = 20_000;

    [Theory]
    [InlineData("", 60)]
    [InlineData("X-Prometheus-Scrape-Timeout-Seconds: 2.5\r\n", 2.5)]
    [InlineData("X-Prometheus-Scrape-Timeout-Seconds: 2.5\r\nAccept-Encoding: gzip\r\n", 2.5)]
    [InlineData("X-Prometheus-Scrape-Timeout-Seconds: 3600\r\n", 60)]
    [InlineData("X-Prometheus-Scrape-Timeout-Seconds: soon\r\n", 60)]
    public async Task A_reader_that_takes_one_byte_is_cut_at_its_deadline(string headers, double deadline)
    {
        var clock = new ManualTimeProvider();
        await using RunningDaemon daemon = await RunningDaemon.StartAsync(TestScenarios.Config(Users), clock);
        using TcpClient slow = await BeginAsync(daemon.Handle.MetricsPort, headers);

        clock.Advance(TimeSpan.FromSeconds(deadline - 0.5));
        await daemon.UntilAsync(status => status.Tick >= (long)(deadline - 0.5));
        Assert.Equal(0, Failed(daemon.Handle, ScrapeFailure.Timeout));

        // Others are served at once, whatever the slow one holds.
        using (HttpResponseMessage other = await daemon.Metrics.GetAsync("/metrics", HttpCompletionOption.ResponseHeadersRead))
            Assert.Equal(HttpStatusCode.OK, other.StatusCode);

        clock.Advance(TimeSpan.FromSeconds(1));
        string got = await RestAsync(slow.GetStream());

        Assert.DoesNotContain("metricssim_runtime_", got);
        Assert.Equal(1, await UntilFailedAsync(daemon.Handle, ScrapeFailure.Timeout));
        await Poll.UntilAsync(() => daemon.Handle.Sender.Slices.InUse == 0);
    }

    [Fact]
    public async Task A_reader_that_leaves_is_counted_and_frees_its_snapshot()
    {
        await using RunningDaemon daemon = await RunningDaemon.StartAsync(TestScenarios.Config(Users), new ManualTimeProvider());
        using (TcpClient leaving = await BeginAsync(daemon.Handle.MetricsPort, "")) leaving.Client.Close(timeout: 0);

        Assert.Equal(1, await UntilFailedAsync(daemon.Handle, ScrapeFailure.Disconnected));
    }

    [Fact]
    public async Task A_connection_that_is_closed_by_half_is_done_with()
    {
        await using RunningDaemon daemon = await RunningDaemon.StartAsync(TestScenarios.Config(Users), new ManualTimeProvider());
        using TcpClient plain = await BeginAsync(daemon.Handle.MetricsPort, ""), zipped = await BeginAsync(daemon.Handle.MetricsPort, "Accept-Encoding: gzip\r\n");
        foreach (TcpClient half in new[] { plain, zipped })
        {
            NetworkStream answer = half.GetStream();
            half.Client.Shutdown(SocketShutdown.Send);
            Assert.DoesNotContain("metricssim_runtime_", await RestAsync(answer));
        }

        await Poll.UntilAsync(() => Failed(daemon.Handle, ScrapeFailure.Disconnected) == 2);
        await Poll.UntilAsync(() => daemon.Handle.Sender.Slices.InUse == 0);
    }

    private static async Task<TcpClient> BeginAsync(int port, string headers)
    {
        var client = new TcpClient { ReceiveBufferSize = 4096 };
        await client.ConnectAsync(IPAddress.Loopback, port);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"GET /metrics HTTP/1.1\r\nHost: localhost\r\n{headers}\r\n"));
        Assert.Equal(1, await client.GetStream().ReadAsync(new byte[1]).AsTask().WaitAsync(RunningDaemon.Patience));
        return client;
    }

    private static async Task<string> RestAsync(NetworkStream answer)
    {
        var all = new StringBuilder();
        var buffer = new byte[64 * 1024];
        try
        {
            while (await answer.ReadAsync(buffer).AsTask().WaitAsync(RunningDaemon.Patience) is > 0 and var read)
                all.Append(Encoding.Latin1.GetString(buffer, 0, read));
        }
        catch (IOException)
        {
            // A cut connection may end in a reset.
        }

        return all.ToString();
    }

    private static long Failed(DaemonHandle daemon, ScrapeFailure reason)
    {
        Snapshot snapshot = daemon.Metrics.Capture();
        return snapshot.Columns[RuntimeFamilies.All.ToList().IndexOf(RuntimeFamilies.ScrapesFailed)][(int)reason];
    }

    /// <summary>Waits until a scrape has failed for a reason, and says how many did.</summary>
    internal static async Task<long> UntilFailedAsync(DaemonHandle daemon, ScrapeFailure reason)
    {
        await Poll.UntilAsync(() => Failed(daemon, reason) > 0);
        return Failed(daemon, reason);
    }
}
