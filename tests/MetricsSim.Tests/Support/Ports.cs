using System.Net;
using System.Net.Sockets;

namespace MetricsSim.Tests.Support;

/// <summary>Ports for servers under test.</summary>
internal static class Ports
{
    /// <summary>A port of 127.0.0.1 that was free a moment ago. Another process may take it, so a server that can choose should bind to 0.</summary>
    public static int Free()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
