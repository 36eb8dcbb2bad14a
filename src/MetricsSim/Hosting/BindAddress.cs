using System.Net;
using System.Net.Sockets;

namespace MetricsSim.Hosting;

/// <summary>Where both ports listen.</summary>
internal sealed record BindAddress
{
    private BindAddress(string text, params IPAddress[] addresses) => (Text, Addresses) = (text, addresses);

    /// <summary>As the user wrote it.</summary>
    public string Text { get; }

    /// <summary>Addresses to listen on.</summary>
    public IReadOnlyList<IPAddress> Addresses { get; }

    /// <summary>Whether only this machine can reach it.</summary>
    public bool IsLoopback => Addresses.All(IPAddress.IsLoopback);

    /// <summary>Whether it is all interfaces.</summary>
    public bool IsAny => Addresses.Any(address => address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any));

    /// <summary>Reads <c>server.host</c>.</summary>
    /// <param name="host"><c>localhost</c>, an IP address, or <c>*</c> for all interfaces.</param>
    /// <param name="address">The addresses, when it is one of them.</param>
    /// <returns>Whether it is.</returns>
    public static bool TryParse(string host, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out BindAddress? address)
    {
        address = host switch
        {
            "localhost" => HasIPv6Loopback() ? new(host, IPAddress.Loopback, IPAddress.IPv6Loopback) : new(host, IPAddress.Loopback),
            "*" => new(host, Socket.OSSupportsIPv6 ? IPAddress.IPv6Any : IPAddress.Any),
            _ => IPAddress.TryParse(host.AsSpan().Trim("[]"), out IPAddress? literal) ? new(host, literal) : null,
        };
        return address is not null;
    }

    /// <summary>The addresses that a port listens on: a free port is chosen by one socket, so then there is one.</summary>
    /// <param name="port">The port, or 0 for a free one.</param>
    /// <returns>One or two endpoints.</returns>
    public IEnumerable<IPEndPoint> EndPoints(int port) => (port == 0 ? Addresses.Take(1) : Addresses).Select(address => new IPEndPoint(address, port));

    private static bool HasIPv6Loopback()
    {
        // A container may have IPv6 sockets and no ::1.
        if (!Socket.OSSupportsIPv6) return false;
        try
        {
            using var probe = new Socket(AddressFamily.InterNetworkV6, SocketType.Stream, ProtocolType.Tcp);
            probe.Bind(new IPEndPoint(IPAddress.IPv6Loopback, 0));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
