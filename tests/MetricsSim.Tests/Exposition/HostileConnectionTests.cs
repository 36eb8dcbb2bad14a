using System.Net;
using System.Net.Sockets;
using System.Text;
using MetricsSim.Tests.Support;
using Xunit;

namespace MetricsSim.Tests.Exposition;

/// <summary>Clients that half-close, crowd a connection or send what no scraper sends: each gets an answer or is closed, and the next one a page.</summary>
public sealed class HostileConnectionTests(HostileConnectionTests.MetricsPort port) : IClassFixture<HostileConnectionTests.MetricsPort>
{
    private const string Scrape = "GET /metrics HTTP/1.1\r\nHost: localhost\r\n";

    [Theory]
    [InlineData("")]
    [InlineData("Accept-Encoding: gzip\r\n")]
    [InlineData("Connection: close\r\n")]
    public async Task A_client_that_half_closes_after_its_request_is_gone(string headers)
    {
        // The page may be with the network before the server sees the end.
        var answer = await port.ExchangeAsync(halfClose: true, Scrape + headers + "\r\n");
        Assert.True(answer.Length == 0 || answer.StartsWith("HTTP/1.1 200 ", StringComparison.Ordinal), answer);
        await port.IsWellAsync();
    }

    [Theory]
    [InlineData("")]
    [InlineData("GET")]
    [InlineData("GET /metrics HTTP/1.1\r\n")]
    [InlineData(Scrape + "Accept: text/pl")]
    [InlineData(Scrape)]
    public async Task A_client_that_half_closes_before_the_end_of_its_request_is_closed(string begin)
    {
        // Closed at once, without waiting for the rest; a request that has begun may be told so.
        var answer = await port.ExchangeAsync(halfClose: true, begin);
        Assert.True(answer.Length == 0 || answer.StartsWith("HTTP/1.1 400 ", StringComparison.Ordinal), answer);
        await port.IsWellAsync();
    }

    [Fact]
    public async Task Requests_in_a_row_are_answered_in_order()
    {
        const string Next = "GET /nothing HTTP/1.1\r\nHost: localhost\r\n\r\n";
        var answer = await port.ExchangeAsync(halfClose: false, Scrape + "\r\n" + Next + Scrape + "\r\n", Next + "HEAD /metrics HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        Assert.Equal(["200", "404", "200", "404", "200"], Statuses(answer));
        Assert.EndsWith("\r\n\r\n", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_in_single_bytes_is_a_request()
    {
        var bytes = (Scrape + "Connection: close\r\n\r\n").Select(c => c.ToString()).ToArray();
        Assert.Equal(["200"], Statuses(await port.ExchangeAsync(halfClose: false, bytes)));
    }

    [Theory]
    [InlineData("GET http://localhost/metrics HTTP/1.1\r\nHost: localhost\r\n", "200")]
    [InlineData("HEAD http://localhost/metrics HTTP/1.1\r\nHost: localhost\r\n", "200")]
    [InlineData("GET http://localhost/health HTTP/1.1\r\nHost: localhost\r\n", "404")]
    [InlineData("GET http://elsewhere/metrics HTTP/1.1\r\nHost: localhost\r\n", "400")]
    [InlineData("GET /metrics?name[]=x&%00 HTTP/1.1\r\nHost: localhost\r\n", "200")]
    [InlineData("GET /metrics HTTP/1.0\r\n", "200")]
    [InlineData("GET /%6detrics HTTP/1.1\r\nHost: localhost\r\n", "200")]
    [InlineData("GET //metrics HTTP/1.1\r\nHost: localhost\r\n", "404")]
    [InlineData("GET /metrics%00 HTTP/1.1\r\nHost: localhost\r\n", "400")]
    [InlineData("GET metrics HTTP/1.1\r\nHost: localhost\r\n", "405")]
    [InlineData("CONNECT localhost:443 HTTP/1.1\r\nHost: localhost:443\r\n", "404")]
    [InlineData("OPTIONS * HTTP/1.1\r\nHost: localhost\r\n", "404")]
    [InlineData("GET /metrics HTTP/2.0\r\nHost: localhost\r\n", "505")]
    [InlineData("GET /metrics HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n", "200")]
    [InlineData("GET /metrics HTTP/1.1\r\nHost: localhost\r\nAccept : text/plain\r\n", "400")]
    [InlineData("GET /metrics HTTP/1.1\r\nHost: localhost\r\nAccept: te\0xt\r\n", "400")]
    [InlineData("GET /metrics HTTP/1.1\r\nHost: localhost\r\nAccept: \u00c3\u00a9;q=\u00c3\u00a9\r\n", "200")]
    [InlineData("GET /metrics HTTP/1.1\r\nHost: localhost\r\nAccept: \u00ff\u00fe\r\n", "400")]
    public async Task Odd_requests_have_an_answer(string request, string status)
    {
        var answer = await port.ExchangeAsync(halfClose: false, request + (request.Contains("HTTP/1.1", StringComparison.Ordinal) ? "Connection: close\r\n\r\n" : "\r\n")
            + (request.Contains("chunked", StringComparison.Ordinal) ? "0\r\n\r\n" : ""));
        Assert.Equal([status], Statuses(answer));
        await port.IsWellAsync();
    }

    [Theory]
    [InlineData("Accept: ", "text/plain,", "", "431")]
    [InlineData("X: ", "x", "", "431")]
    [InlineData("", "A: b\r\n", "", "431")]
    [InlineData("GET /", "x", " HTTP/1.1\r\nHost: localhost\r\n", "414")]
    public async Task A_megabyte_of_headers_is_refused(string before, string piece, string after, string status)
    {
        var huge = before + string.Concat(Enumerable.Repeat(piece, (1 << 20) / piece.Length)) + after;
        var answer = await port.ExchangeAsync(halfClose: false, before.StartsWith("GET", StringComparison.Ordinal) ? huge : Scrape + huge, "\r\n\r\n");
        // A server that has seen enough closes on a client that still sends, which may lose the answer on the way.
        Assert.True(answer.Length == 0 || Statuses(answer).SequenceEqual([status]), answer);
        await port.IsWellAsync();
    }

    [Theory]
    [InlineData(8000)]
    [InlineData(15_000)]
    public async Task Accept_headers_up_to_the_limit_are_read(int length)
    {
        var accept = "application/openmetrics-text;version=1.0.0;" + new string('x', length);
        var answer = await port.ExchangeAsync(halfClose: false, Scrape + $"Accept: {accept}\r\nAccept: */*;q=0.1\r\nConnection: close\r\n\r\n");
        Assert.Equal(["200"], Statuses(answer));
        Assert.Equal(length < 8192, answer.Contains("Content-Type: application/openmetrics-text", StringComparison.Ordinal));
    }

    private static IEnumerable<string> Statuses(string answer) =>
        answer.Split("HTTP/1.1 ").Skip(1).Select(part => part[..3]);

    /// <summary>A daemon that all tests share, and that none of them may break.</summary>
    public sealed class MetricsPort : IAsyncLifetime
    {
        private RunningDaemon _daemon = null!;

        public async ValueTask InitializeAsync() => _daemon = await RunningDaemon.StartAsync(TestScenarios.Config(3), new ManualTimeProvider());

        public ValueTask DisposeAsync() => _daemon.DisposeAsync();

        /// <summary>Sends parts one after the other and reads until the server closes.</summary>
        internal async Task<string> ExchangeAsync(bool halfClose, params string[] parts)
        {
            using var client = new TcpClient { NoDelay = true };
            await client.ConnectAsync(IPAddress.Loopback, _daemon.Handle.MetricsPort);
            var stream = client.GetStream();
            var answer = new StringBuilder();
            try
            {
                foreach (var part in parts) await stream.WriteAsync(Encoding.Latin1.GetBytes(part)).AsTask().WaitAsync(RunningDaemon.Patience);
                if (halfClose) client.Client.Shutdown(SocketShutdown.Send);
            }
            catch (IOException)
            {
                // It has closed already; what it said may still be there to read.
            }

            try
            {
                var buffer = new byte[64 * 1024];
                while (await stream.ReadAsync(buffer).AsTask().WaitAsync(RunningDaemon.Patience) is > 0 and var read) answer.Append(Encoding.Latin1.GetString(buffer, 0, read));
            }
            catch (IOException)
            {
                // Closed with bytes of ours unread.
            }

            return answer.ToString();
        }

        /// <summary>Whether the next scraper gets its page.</summary>
        internal async Task IsWellAsync()
        {
            using var response = await _daemon.Metrics.GetAsync("/metrics");
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.EndsWith("\n", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }
}
