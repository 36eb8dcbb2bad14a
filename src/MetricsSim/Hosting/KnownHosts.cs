using System.Net;

namespace MetricsSim.Hosting;

/// <summary>The names under which this server may be addressed, without port.</summary>
/// <param name="bind">Where it listens.</param>
internal sealed class KnownHosts(BindAddress bind)
{
    private readonly HashSet<string> _names = new(
        ["localhost", "127.0.0.1", "[::1]", bind.Text, .. bind.IsAny ? [Environment.MachineName, Dns.GetHostName()] : Array.Empty<string>(), .. bind.Addresses.Select(Literal)],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a Host header names this server.</summary>
    /// <param name="host">The header's host, without port.</param>
    /// <returns>True for localhost, the bound addresses, and, bound to all interfaces, any IP address and the machine's name.</returns>
    public bool Contains(string host) => _names.Contains(host) || (bind.IsAny && IPAddress.TryParse(host.AsSpan().Trim("[]"), out _));

    private static string Literal(IPAddress address) =>
        address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 ? $"[{address}]" : address.ToString();
}
