using MetricsSim.Core.Engine;

namespace MetricsSim.Cli.Live;

/// <summary>Rates over the latest readings, per second of simulated time, so that <c>--speed</c> doesn't change them.</summary>
/// <param name="readings">How many readings the window holds, at least 2.</param>
internal sealed class RateWindow(int readings)
{
    private readonly Queue<WorldStatus> _window = new();
    private WorldStatus? _latest;

    /// <summary>Takes a reading.</summary>
    /// <param name="status">The world's latest status.</param>
    /// <returns>The rates over the window, all zero while no simulated time has passed in it.</returns>
    public Rates Add(WorldStatus status)
    {
        // Two readings of the same tick say nothing: the window is over ticks.
        if (_latest is null || status.Tick > _latest.Tick)
        {
            _window.Enqueue(status);
            if (_window.Count > readings) _window.Dequeue();
            _latest = status;
        }

        var first = _window.Peek();
        var seconds = (_latest.SimulatedTime - first.SimulatedTime).TotalSeconds;
        if (seconds <= 0) return default;
        var requests = _latest.TotalRequests - first.TotalRequests;
        var errors = _latest.TotalErrors - first.TotalErrors;
        return new Rates(
            requests / seconds,
            (_latest.TotalTokens - first.TotalTokens) / seconds,
            errors / seconds,
            requests == 0 ? 0 : (double)errors / requests,
            (_latest.TotalCost - first.TotalCost) / seconds);
    }
}

/// <summary>What happens in a second of simulated time.</summary>
/// <param name="Requests">API requests ended, given-up ones included.</param>
/// <param name="Tokens">Tokens of all types.</param>
/// <param name="Errors">API requests given up.</param>
/// <param name="ErrorShare">Given-up requests of all, 0–1.</param>
/// <param name="Cost">USD.</param>
internal readonly record struct Rates(double Requests, double Tokens, double Errors, double ErrorShare, double Cost);
