using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace MetricsSim.Hosting;

/// <summary>Which port a connection came in by. It is put on the connection itself: a Host header can't lie about it.</summary>
internal enum ListenerRole
{
    /// <summary><c>server.port</c>.</summary>
    Control,

    /// <summary><c>server.metrics_port</c>.</summary>
    Metrics,
}

/// <summary>The connection feature that carries the role.</summary>
/// <param name="Role">The role.</param>
internal sealed record ListenerFeature(ListenerRole Role);

/// <summary>The sockets of one role.</summary>
/// <param name="role">The role.</param>
/// <param name="limit">Of connections, shared with the other role.</param>
internal sealed class Listener(ListenerRole role, ConnectionLimit limit)
{
    private readonly List<ListenOptions> _sockets = [];

    /// <summary>The port, once it is bound.</summary>
    public int Port => _sockets[0].IPEndPoint!.Port;

    /// <summary>Adds the sockets to the server.</summary>
    /// <param name="server">The server.</param>
    /// <param name="bind">Addresses.</param>
    /// <param name="port">Port, or 0 for a free one.</param>
    public void Add(KestrelServerOptions server, BindAddress bind, int port)
    {
        var feature = new ListenerFeature(role);
        foreach (IPEndPoint endPoint in bind.EndPoints(port))
        {
            server.Listen(endPoint, socket =>
            {
                socket.Protocols = HttpProtocols.Http1;
                socket.Use(limit.Wrap);
                socket.Use(next => connection =>
                {
                    connection.Features.Set(feature);
                    return next(connection);
                });
                _sockets.Add(socket);
            });
        }
    }
}

/// <summary>A port that can't be had.</summary>
internal sealed class CannotListenException : IOException
{
    /// <summary>Says nothing more.</summary>
    public CannotListenException()
    {
    }

    /// <summary>Says why.</summary>
    /// <param name="message">One line.</param>
    public CannotListenException(string message)
        : base(message)
    {
    }

    /// <summary>Says why, and keeps the cause.</summary>
    /// <param name="message">One line.</param>
    /// <param name="innerException">The cause.</param>
    public CannotListenException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

/// <summary>How the server listens.</summary>
internal static class Listening
{
    /// <summary>Makes failures to bind say which address it was.</summary>
    /// <param name="options">Of the transport.</param>
    public static void NameFailures(SocketTransportOptions options) => options.CreateBoundListenSocket = endPoint =>
    {
        try
        {
            return SocketTransportOptions.CreateDefaultBoundListenSocket(endPoint);
        }
        catch (SocketException e)
        {
            string reason = e.SocketErrorCode switch
            {
                SocketError.AddressAlreadyInUse => "address in use",
                SocketError.AccessDenied => "permission denied",
                SocketError.AddressNotAvailable => "no such address on this machine",
                _ => e.Message,
            };
            throw new CannotListenException($"can't listen on {endPoint}: {reason}", e);
        }
    };

    /// <summary>Limits on what a client may cost.</summary>
    /// <param name="server">The server.</param>
    public static void Limit(KestrelServerOptions server)
    {
        server.AddServerHeader = false;
        KestrelServerLimits limits = server.Limits;

        // A few pieces of a page: one is encoded while those before are sent.
        limits.MaxResponseBufferSize = 4 * Exposition.PageSlice.Size;
        limits.MaxRequestBodySize = Api.JsonBody.MaxBytes;
        limits.MaxRequestHeadersTotalSize = 16 * 1024;
        limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(5));
    }
}
