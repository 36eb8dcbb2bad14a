using System.Net;
using System.Net.Sockets;
using MetricsSim.Tests.Support;
using Xunit;

namespace MetricsSim.Tests.Deploy;

public sealed class NginxTests
{
    [Fact]
    public async Task Balances_clients_between_replicas_and_goes_on_with_one()
    {
        var cancel = TestContext.Current.CancellationToken;
        using var directory = new TemporaryDirectory();
        await using var first = await RunningDaemon.StartAsync();
        await using var second = await RunningDaemon.StartAsync();
        int port = Ports.Free();
        var file = directory.Write("nginx.conf", DeployFiles.Rewritten(
            "deploy/nginx/nginx.conf",
            ("simulator:8000", $"127.0.0.1:{first.Handle.Port}"),
            ("simulator:8001", $"127.0.0.1:{first.Handle.MetricsPort}"),
            ("replica:8000", $"127.0.0.1:{second.Handle.Port}"),
            ("replica:8001", $"127.0.0.1:{second.Handle.MetricsPort}"),
            ("listen 8080", $"listen 127.0.0.1:{port}"),
            ("/tmp/", directory.Path + "/")));
        var nginx = Programs.OfPackage("nginx", "nginx");
        var checkedFile = await Programs.Run(nginx, "", "-t", "-e", "stderr", "-c", file);
        Assert.True(checkedFile.ExitCode == 0, checkedFile.Error);
        await using var server = await LoopbackServer.StartAsync(nginx, port, "/status", cancel, "-e", "stderr", "-c", file, "-g", "daemon off;");

        Assert.StartsWith("Active connections: ", await server.Http.GetStringAsync(new Uri("/status", UriKind.Relative), cancel), StringComparison.Ordinal);
        Assert.Equal("healthy", (await server.Http.GetJsonAsync("/health")).GetProperty("status").GetString());

        int[] both = [first.Handle.MetricsPort, second.Handle.MetricsPort];
        var once = await ServedByAsync(port, cancel);
        Assert.Equal(both.Order(), once.Distinct().Order());
        Assert.Equal(once, await ServedByAsync(port, cancel));

        await second.StopAsync();
        Assert.All(await ServedByAsync(port, cancel), replica => Assert.Equal(both[0], replica));
    }

    /// <summary>The port of the replica that answers each of 32 clients.</summary>
    private static async Task<int[]> ServedByAsync(int port, CancellationToken cancel)
    {
        var ports = new int[32];
        for (var i = 0; i < ports.Length; i++)
        {
            var client = new IPEndPoint(new IPAddress([127, 0, 0, (byte)(i + 1)]), 0);
            using var handler = new SocketsHttpHandler
            {
                ConnectCallback = async (context, token) =>
                {
                    var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                    socket.Bind(client);
                    await socket.ConnectAsync(context.DnsEndPoint, token);
                    return new NetworkStream(socket, ownsSocket: true);
                },
            };
            using var http = new HttpClient(handler);
            using var response = await http.GetAsync(new Uri($"http://127.0.0.1:{port}/metrics"), cancel);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            // After a replica that doesn't answer the next is asked; the last one answered.
            ports[i] = IPEndPoint.Parse(response.Headers.GetValues("X-Served-By").Single().Split(", ")[^1]).Port;
        }

        return ports;
    }
}
