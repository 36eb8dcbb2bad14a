using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace MetricsSim.Core.Numerics;

/// <summary>
/// exp, log and sine from additions, multiplications and divisions alone, which IEEE 754 rounds alike everywhere: the same bits on every
/// platform and in every lane. They are the approximations of Moshier's Cephes library (double/exp.c, double/log.c, double/sin.c), with
/// a relative error under 4e-16 over the range used here.
/// </summary>
public static class PortableMath
{
    /// <summary>e^x.</summary>
    /// <param name="x">Any number; under −708 gives 0, over 709 gives +∞.</param>
    /// <returns>The power.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Exp(double x)
    {
        if (!(x > -708)) return double.IsNaN(x) ? double.NaN : 0;
        if (x > 709) return double.PositiveInfinity;
        var n = Math.Floor((1.4426950408889634073599 * x) + 0.5);
        x -= n * 6.93145751953125E-1;
        x -= n * 1.42860682030941723212E-6;
        var xx = x * x;
        var p = x * ((((1.26177193074810590878E-4 * xx) + 3.02994407707441961300E-2) * xx) + 9.99999999999999999910E-1);
        var q = (((((3.00198505138664455042E-6 * xx) + 2.52448340349684104192E-3) * xx) + 2.27265548208155028766E-1) * xx) + 2.0;
        var r = 1 + (2 * (p / (q - p)));
        return r * BitConverter.Int64BitsToDouble(((long)n + 1023) << 52);
    }

    /// <summary>e^x of four numbers at once: the same operations in the same order, so the same bits.</summary>
    /// <param name="x">Numbers between −708 and 709.</param>
    /// <returns>The powers.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Exp(Vector256<double> x)
    {
        var n = Vector256.Floor((1.4426950408889634073599 * x) + Vector256.Create(0.5));
        x -= n * 6.93145751953125E-1;
        x -= n * 1.42860682030941723212E-6;
        var xx = x * x;
        var p = x * ((((1.26177193074810590878E-4 * xx) + Vector256.Create(3.02994407707441961300E-2)) * xx) + Vector256.Create(9.99999999999999999910E-1));
        var q = (((((3.00198505138664455042E-6 * xx) + Vector256.Create(2.52448340349684104192E-3)) * xx) + Vector256.Create(2.27265548208155028766E-1)) * xx)
            + Vector256.Create(2.0);
        var r = Vector256.Create(1.0) + (2 * (p / (q - p)));
        // 2^52 more, and a number's lowest bits are its integer.
        return r * ((n + Vector256.Create(1023 + 4503599627370496.0)).AsInt64() << 52).AsDouble();
    }

    /// <summary>The natural logarithm.</summary>
    /// <param name="x">A normal positive number; 0 gives −∞, less gives NaN.</param>
    /// <returns>The logarithm.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Log(double x)
    {
        if (!(x >= 2.2250738585072014E-308)) return x == 0 ? double.NegativeInfinity : double.NaN;
        if (double.IsPositiveInfinity(x)) return x;
        var bits = BitConverter.DoubleToInt64Bits(x);
        var e = (int)(bits >> 52) - 1022;
        var m = BitConverter.Int64BitsToDouble((bits & 0x000FFFFFFFFFFFFF) | 0x3FE0000000000000);
        if (m < 0.70710678118654752440)
        {
            e--;
            m = m + m - 1;
        }
        else
        {
            m -= 1;
        }

        var z = m * m;
        var p = (((((((((1.01875663804580931796E-4 * m) + 4.97494994976747001425E-1) * m) + 4.70579119878881725854E0) * m)
            + 1.44989225341610930846E1) * m) + 1.79368678507819816313E1) * m) + 7.70838733755885391666E0;
        var q = ((((((((m + 1.12873587189167450590E1) * m) + 4.52279145837532221105E1) * m) + 8.29875266912776603211E1) * m)
            + 7.11544750618563894466E1) * m) + 2.31251620126765340583E1;
        var y = m * (z * p / q);
        y -= e * 2.121944400546905827679E-4;
        y -= 0.5 * z;
        return m + y + (e * 0.693359375);
    }

    /// <summary>The sine of an angle in turns: sin(2π·x).</summary>
    /// <param name="turns">A finite number; whole turns don't count.</param>
    /// <returns>−1 to 1, within 4e-16.</returns>
    public static double SinOfTurns(double turns)
    {
        // To an eighth of a turn about the nearest quarter, where one of two polynomials holds.
        var quarters = Math.Floor((4 * turns) + 0.5);
        var x = ((4 * turns) - quarters) * (Math.PI / 2);
        var quadrant = (int)(quarters - (4 * Math.Floor(quarters / 4)));
        var xx = x * x;
        var value = (quadrant & 1) == 0
            ? x + (x * xx * ((((((((((1.58962301576546568060E-10 * xx) - 2.50507477628578072866E-8) * xx) + 2.75573136213857245213E-6) * xx)
                - 1.98412698295895385996E-4) * xx) + 8.33333333332211858878E-3) * xx) - 1.66666666666666307295E-1))
            : 1 - (0.5 * xx) + (xx * xx * ((((((((((-1.13585365213876817300E-11 * xx) + 2.08757008419747316778E-9) * xx) - 2.75573141792967388112E-7) * xx)
                + 2.48015872888517045348E-5) * xx) - 1.38888888888730564116E-3) * xx) + 4.16666666666665929218E-2));
        return (quadrant & 2) == 0 ? value : -value;
    }
}
