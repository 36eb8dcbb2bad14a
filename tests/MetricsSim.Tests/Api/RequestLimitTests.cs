using System.Net;
using System.Net.Sockets;
using System.Text;
using MetricsSim.Configuration;
using MetricsSim.Tests.Support;
using Xunit;

namespace MetricsSim.Tests.Api;

public sealed class RequestLimitTests
{
    [Fact]
    public async Task An_oversized_body_is_413_whether_announced_or_not()
    {
        await using RunningDaemon daemon = await RunningDaemon.StartAsync(time: new ManualTimeProvider());
        string body = $$"""{"scenario":"rush","x":"{{new string('x', 70_000)}}"}""";

        await (await daemon.Control.CurlAsync("/scenario", body)).ProblemAsync(413);

        using var chunked = new HttpRequestMessage(HttpMethod.Post, "/scenario") { Content = new StringContent(body) };
        chunked.Headers.TransferEncodingChunked = true;
        await (await daemon.Control.SendAsync(chunked)).ProblemAsync(413);
        Assert.Empty(daemon.Handle.Loop.Status.Simulations);
    }

    [Fact]
    public async Task A_slow_body_is_408_and_the_connection_ends()
    {
        var clock = new ManualTimeProvider();
        await using RunningDaemon daemon = await RunningDaemon.StartAsync(time: clock);
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, daemon.Handle.Port);
        await using NetworkStream stream = socket.GetStream();
        await stream.WriteAsync("POST /scenario HTTP/1.1\r\nHost: localhost\r\nContent-Length: 50\r\nExpect: 100-continue\r\n\r\n"u8.ToArray());

        // The interim answer says that the server has begun to wait for the body.
        using var reader = new StreamReader(stream, Encoding.ASCII);
        Assert.Equal("HTTP/1.1 100 Continue", await reader.ReadLineAsync().WaitAsync(RunningDaemon.Patience));
        await stream.WriteAsync("{\"scenario\""u8.ToArray());
        clock.Advance(TimeSpan.FromSeconds(11));

        string answer = await reader.ReadToEndAsync().WaitAsync(RunningDaemon.Patience);
        Assert.Contains("HTTP/1.1 408 ", answer);
        Assert.Contains("application/problem+json", answer);
        Assert.Empty(daemon.Handle.Loop.Status.Simulations);
    }

    [Theory]
    [InlineData("GET /health HTTP/1.1\r\n\r\n", "HTTP/1.1 400 ")]
    [InlineData("nonsense\r\n\r\n", "HTTP/1.1 400 ")]
    [InlineData("GET /health HTTP/1.1\r\nHost: a\r\nHost: b\r\nConnection: close\r\n\r\n", "HTTP/1.1 400 ")]
    [InlineData("POST /scenario HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n", "HTTP/1.1 400 ")]
    [InlineData("GET /health HTTP/1.0\r\n\r\n", "HTTP/1.1 403 ")]
    public async Task Malformed_requests_are_4xx(string request, string answer)
    {
        await using RunningDaemon daemon = await RunningDaemon.StartAsync(time: new ManualTimeProvider());
        Assert.StartsWith(answer, await Http.RawAsync(daemon.Handle.Port, request));
        Assert.Equal(HttpStatusCode.OK, (await daemon.Control.GetAsync("/health")).StatusCode);
    }

    [Fact]
    public async Task Large_headers_are_431()
    {
        await using RunningDaemon daemon = await RunningDaemon.StartAsync(time: new ManualTimeProvider());
        string answer = await Http.RawAsync(daemon.Handle.Port, $"GET /health HTTP/1.1\r\nHost: localhost\r\nX-Large: {new string('x', 20_000)}\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 431 ", answer);
    }

    [Fact]
    public async Task Connections_beyond_the_most_are_closed()
    {
        SimulatorConfig config = TestScenarios.Config();
        await using RunningDaemon daemon = await RunningDaemon.StartAsync(
            config with { Server = config.Server with { MaxConnections = 2 } }, new ManualTimeProvider());
        using TcpClient first = await HoldAsync(daemon.Handle.Port);
        using TcpClient second = await HoldAsync(daemon.Handle.MetricsPort);

        Assert.Equal("", await Http.RawAsync(daemon.Handle.Port, ""));
    }

    // A connection counts from its first answer at the latest.
    private static async Task<TcpClient> HoldAsync(int port)
    {
        var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, port);
        await socket.GetStream().WriteAsync("GET /nothing HTTP/1.1\r\nHost: localhost\r\n\r\n"u8.ToArray());
        Assert.NotEqual(0, await socket.GetStream().ReadAsync(new byte[1]).AsTask().WaitAsync(RunningDaemon.Patience));
        return socket;
    }
}
