using System.Runtime.CompilerServices;

namespace MetricsSim.Core.Numerics;

/// <summary>
/// The normal quantile for the tick, where a request takes half a dozen: cubic Hermite interpolation of <see cref="Normal.Quantile"/>
/// with its own derivative √(2π)·e^(z²/2) at 513 knots, within 2·10⁻⁶ of it; the outermost 1/64 on each side is left to the exact one.
/// </summary>
public static class NormalTable
{
    private const int IntervalBits = 9;
    private const int Intervals = 1 << IntervalBits;
    private const int FractionBits = 32 - IntervalBits;
    private const int TailIntervals = Intervals / 64;
    private const double Two23 = 1.0 / (1 << FractionBits);
    private static readonly Cubic[] Cubics = [.. Enumerable.Range(0, Intervals).Select(Between)];

    /// <summary>Φ⁻¹ of the uniform (word + ½) / 2³².</summary>
    /// <param name="word">32 random bits.</param>
    /// <returns>The quantile.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Quantile(uint word)
    {
        var interval = (int)(word >> FractionBits);
        if ((uint)(interval - TailIntervals) >= Intervals - (2 * TailIntervals)) return Normal.Quantile((word + 0.5) / (1UL << 32));
        ref readonly var cubic = ref Cubics[interval];
        var t = ((word & ((1u << FractionBits) - 1)) + 0.5) * Two23;
        return (((((cubic.C3 * t) + cubic.C2) * t) + cubic.C1) * t) + cubic.C0;
    }

    private static Cubic Between(int interval)
    {
        if (interval is < TailIntervals or >= Intervals - TailIntervals) return default;
        var (from, to) = (Normal.Quantile((double)interval / Intervals), Normal.Quantile((double)(interval + 1) / Intervals));
        var (slopeFrom, slopeTo) = (Slope(from), Slope(to));
        return new Cubic(from, slopeFrom, (3 * (to - from)) - (2 * slopeFrom) - slopeTo, (2 * (from - to)) + slopeFrom + slopeTo);
    }

    /// <summary>dz/dp, per interval.</summary>
    private static double Slope(double z) => Math.Sqrt(2 * Math.PI) * PortableMath.Exp(0.5 * z * z) / Intervals;

    private readonly record struct Cubic(double C0, double C1, double C2, double C3);
}
