using MetricsSim.Core.Numerics;

namespace MetricsSim.Core.Activity;

/// <summary>
/// The Ornstein–Uhlenbeck process dX = θ(b − X)dt + σ dW by its exact transition (Gillespie, Phys. Rev. E 54 (1996) 2084):
/// X' = b + (X − b)e^(−θΔ) + σ·sqrt((1 − e^(−2θΔ))/2θ)·Z. With σ = cv·b·sqrt(2θ) its stationary law is normal with mean b and
/// standard deviation cv·b, and the noise of a step is cv·b·sqrt(1 − e^(−2θΔ)).
/// </summary>
public readonly struct OrnsteinUhlenbeck
{
    private readonly double _decay;
    private readonly double _noise;
    private readonly double _low;
    private readonly double _high;

    /// <summary>The transition over one step.</summary>
    /// <param name="meanReversion">θ per unit of time, &gt; 0.</param>
    /// <param name="step">Δ in that unit, &gt; 0.</param>
    /// <param name="low">Bound the process is reflected at, maybe −∞.</param>
    /// <param name="high">Bound the process is reflected at, maybe +∞.</param>
    public OrnsteinUhlenbeck(double meanReversion, double step, double low, double high)
    {
        _decay = PortableMath.Exp(-meanReversion * step);
        _noise = Math.Sqrt(1 - PortableMath.Exp(-2 * meanReversion * step));
        _low = low;
        _high = high;
    }

    /// <summary>A stationary value.</summary>
    /// <param name="b">The mean.</param>
    /// <param name="deviation">Stationary standard deviation.</param>
    /// <param name="z">A standard normal.</param>
    /// <returns>X at the start.</returns>
    public double Stationary(double b, double deviation, double z) => Reflect(b + (deviation * z));

    /// <summary>One step.</summary>
    /// <param name="x">X now.</param>
    /// <param name="b">The mean.</param>
    /// <param name="deviation">Stationary standard deviation.</param>
    /// <param name="z">A standard normal.</param>
    /// <returns>X one step later.</returns>
    public double Next(double x, double b, double deviation, double z) =>
        Reflect(b + ((x - b) * _decay) + (deviation * _noise * z));

    /// <summary>The nearest value that the process can have.</summary>
    /// <param name="x">X of a process with other bounds.</param>
    /// <returns><paramref name="x"/>, or the bound that it is beyond.</returns>
    public double Within(double x) => Math.Clamp(x, _low, _high);

    private double Reflect(double x)
    {
        if (x >= _low && x <= _high) return x;
        // One reflection at each bound is all but always enough; a wild value after both is put on the bound.
        if (x < _low) x = (2 * _low) - x;
        if (x > _high) x = (2 * _high) - x;
        return Math.Clamp(x, _low, _high);
    }
}
