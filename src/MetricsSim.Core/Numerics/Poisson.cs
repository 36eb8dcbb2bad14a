namespace MetricsSim.Core.Numerics;

/// <summary>Poisson draws by inversion, for set-up rather than for the tick.</summary>
public static class Poisson
{
    private const double Chunk = 500;

    /// <summary>A draw by walking up the distribution function.</summary>
    /// <param name="mean">The mean, 0 ≤ mean; time is proportional to it.</param>
    /// <param name="uniforms">Uniforms in (0, 1) by number; one is taken for each 500 of the mean, since e^(−mean) would underflow.</param>
    /// <returns>A count.</returns>
    public static int Draw(double mean, Func<int, double> uniforms)
    {
        var total = 0;
        for (var i = 0; mean > 0; i++)
        {
            total += Invert(Math.Min(mean, Chunk), uniforms(i));
            mean -= Chunk;
        }

        return total;
    }

    private static int Invert(double mean, double uniform)
    {
        var term = PortableMath.Exp(-mean);
        var sum = term;
        var count = 0;
        // The term vanishes far out in the tail, where rounding could keep the sum from ever reaching the uniform.
        while (sum < uniform && (term > 0 || count < mean))
        {
            count++;
            term *= mean / count;
            sum += term;
            if (term < 1e-300 && count > mean) break;
        }

        return count;
    }
}
