using MetricsSim.Core.Engine;
using MetricsSim.Core.Numerics;

namespace MetricsSim.Core.Backend;

/// <summary>The share of the backend's capacity that is asked for, smoothed over one mean service time.</summary>
public sealed class Utilization
{
    private readonly double _tickSeconds;
    private readonly double _weight;

    /// <summary>Prepares the smoothing.</summary>
    /// <param name="options">Validated options.</param>
    /// <param name="users">Size of the population: capacity is 1.5 requests/s a user unless given.</param>
    /// <param name="tick">Length of a tick.</param>
    public Utilization(BackendOptions options, int users, TimeSpan tick)
    {
        Capacity = options.Capacity ?? (1.5 * users);
        _tickSeconds = tick.TotalSeconds;
        var meanService = options.ServiceTimeMedian * PortableMath.Exp(0.5 * options.ServiceTimeSigma * options.ServiceTimeSigma);
        _weight = 1 - PortableMath.Exp(-_tickSeconds / meanService);
    }

    /// <summary>Requests per second the backend can serve.</summary>
    public double Capacity { get; }

    /// <summary>Offered load / capacity, smoothed.</summary>
    public double Value { get; private set; }

    /// <summary>Takes in one tick.</summary>
    /// <param name="attempts">Attempts of the tick that used capacity.</param>
    public void Add(long attempts) => Value += _weight * ((attempts / _tickSeconds / Capacity) - Value);
}
