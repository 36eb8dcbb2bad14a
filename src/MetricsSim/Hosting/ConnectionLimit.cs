using Microsoft.AspNetCore.Connections;

namespace MetricsSim.Hosting;

/// <summary>
/// Closes connections beyond the most, over both ports together. The server's own limit counts each socket by itself, so it can't say
/// what the whole process may hold.
/// </summary>
/// <param name="most">Most connections at once, ≥ 1.</param>
internal sealed class ConnectionLimit(int most)
{
    private int _open;

    /// <summary>Counts a connection while it lasts.</summary>
    /// <param name="next">What serves it.</param>
    /// <returns>What serves it if there is room, and else closes it.</returns>
    public ConnectionDelegate Wrap(ConnectionDelegate next) => async connection =>
    {
        try
        {
            if (Interlocked.Increment(ref _open) <= most) await next(connection);
        }
        finally
        {
            Interlocked.Decrement(ref _open);
        }
    };
}
