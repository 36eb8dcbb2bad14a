using NormalLaw = MathNet.Numerics.Distributions.Normal;

namespace MetricsSim.Core.Numerics;

/// <summary>
/// A log-normal X = e^(μ + σZ) clamped into [low, high]: D = min(max(X, low), high). Gives its draws, its mean, and the draws of its
/// length-biased version, the law of the sessions that an observer finds in progress (Cox, Renewal Theory, 1962, §5.4).
/// </summary>
public sealed class ClampedLogNormal
{
    private readonly double _mu;
    private readonly double _sigma;
    private readonly double _low;
    private readonly double _high;
    private readonly double _massLow;
    private readonly double _massHigh;
    private readonly double _biasedFrom;
    private readonly double _biasedTo;

    /// <summary>Makes the law.</summary>
    /// <param name="median">e^μ, &gt; 0.</param>
    /// <param name="sigma">σ, &gt; 0.</param>
    /// <param name="low">Lower clamp, ≥ 0.</param>
    /// <param name="high">Upper clamp, &gt; low.</param>
    public ClampedLogNormal(double median, double sigma, double low, double high)
    {
        _mu = PortableMath.Log(median);
        _sigma = sigma;
        _low = low;
        _high = high;
        var zLow = low > 0 ? (PortableMath.Log(low) - _mu) / sigma : double.NegativeInfinity;
        var zHigh = (PortableMath.Log(high) - _mu) / sigma;
        // E[X; X ≤ x] = e^(μ + σ²/2) Φ(z − σ): the three parts of E[D] are the masses of the length-biased law.
        _biasedFrom = NormalLaw.CDF(0, 1, zLow - sigma);
        _biasedTo = NormalLaw.CDF(0, 1, zHigh - sigma);
        _massLow = low * NormalLaw.CDF(0, 1, zLow);
        _massHigh = high * NormalLaw.CDF(0, 1, -zHigh);
        var middle = PortableMath.Exp(_mu + (0.5 * sigma * sigma)) * (_biasedTo - _biasedFrom);
        Mean = _massLow + middle + _massHigh;
    }

    /// <summary>E[D].</summary>
    public double Mean { get; }

    /// <summary>E[min(D, limit)], which is the integral of P(D &gt; x) from 0 to the limit: clamping D further leaves a clamped log-normal.</summary>
    /// <param name="limit">The limit.</param>
    /// <returns>0 for a limit that is not positive, <see cref="Mean"/> for one of at least the upper clamp.</returns>
    public double MeanUpTo(double limit) =>
        limit >= _high ? Mean : limit > _low ? new ClampedLogNormal(PortableMath.Exp(_mu), _sigma, _low, limit).Mean : Math.Max(0, limit);

    /// <summary>A draw of D.</summary>
    /// <param name="uniform">In (0, 1).</param>
    /// <returns>A value in [low, high].</returns>
    public double Draw(double uniform) => Math.Clamp(PortableMath.Exp(_mu + (_sigma * Normal.Quantile(uniform))), _low, _high);

    /// <summary>A draw of D with density ∝ d · P(D = d): log-normal (μ + σ², σ) between the clamps, with its atoms at them.</summary>
    /// <param name="uniform">In (0, 1).</param>
    /// <returns>A value in [low, high].</returns>
    public double DrawLengthBiased(double uniform)
    {
        var mass = uniform * Mean;
        if (mass < _massLow) return _low;
        if (mass > Mean - _massHigh) return _high;
        var share = (mass - _massLow) / (Mean - _massLow - _massHigh);
        var p = _biasedFrom + (share * (_biasedTo - _biasedFrom));
        if (p <= 0) return _low;
        if (p >= 1) return _high;
        return Math.Clamp(PortableMath.Exp(_mu + (_sigma * _sigma) + (_sigma * Normal.Quantile(p))), _low, _high);
    }
}
