namespace MetricsSim.Core.Numerics;

/// <summary>
/// Poisson draws of one mean for the tick: inversion in a table of the distribution function, entered near the right place by an index
/// of as many equal steps as it has entries. From a mean of <see cref="MostMean"/> on the law is as good as normal, and is drawn so.
/// </summary>
public sealed class PoissonTable
{
    /// <summary>Largest mean that has a table; above it the normal law's skewness is off by less than 0.001.</summary>
    public const double MostMean = 1e6;

    private const double Negligible = 1e-18;
    private double _mean = -1;
    private double[] _cumulated = [];
    private int[] _index = [];
    private long _first;
    private int _count;

    /// <summary>Makes ready for a mean; what was made for the same one before is kept.</summary>
    /// <param name="mean">≥ 0.</param>
    public void Prepare(double mean)
    {
        if (mean == _mean) return;
        _mean = mean;
        if (mean is 0 or > MostMean) return;
        // From the largest term, taken as 1, in both directions until nothing is left.
        var mode = (long)mean;
        var (low, high) = (mode, mode);
        for (var term = 1.0; low > 0 && term > Negligible; low--) term *= low / mean;
        for (var term = 1.0; term > Negligible; high++) term *= mean / (high + 1);
        (_first, _count) = (low, (int)(high - low + 1));
        if (_cumulated.Length < _count) (_cumulated, _index) = (new double[2 * _count], new int[2 * _count]);
        Fill((int)(mode - low));
    }

    /// <summary>A draw.</summary>
    /// <param name="uniform">In (0, 1).</param>
    /// <returns>A whole number, ≥ 0.</returns>
    public double Draw(double uniform)
    {
        if (_mean == 0) return 0;
        if (_mean > MostMean) return Math.Max(0, Math.Floor(_mean + (Math.Sqrt(_mean) * Normal.Quantile(uniform)) + 0.5));
        var i = _index[(int)(uniform * _count)];
        while (i < _count - 1 && _cumulated[i] < uniform) i++;
        return _first + i;
    }

    private void Fill(int mode)
    {
        var terms = _cumulated.AsSpan(0, _count);
        terms[mode] = 1;
        for (var i = mode; i > 0; i--) terms[i - 1] = terms[i] * (_first + i) / _mean;
        for (var i = mode + 1; i < _count; i++) terms[i] = terms[i - 1] * _mean / (_first + i);
        var total = 0.0;
        foreach (var term in terms) total += term;
        var sum = 0.0;
        foreach (ref var term in terms)
        {
            sum += term / total;
            term = sum;
        }

        var at = 0;
        for (var step = 0; step < _count; step++)
        {
            while (at < _count - 1 && terms[at] < (double)step / _count) at++;
            _index[step] = at;
        }
    }
}
