using MetricsSim.Analysis.Learning;
using MetricsSim.Core.Randomness;

namespace MetricsSim.Core.Tests.Analysis.Learning;

/// <summary>Series of known laws, from fixed keys.</summary>
internal sealed class Simulated(ulong seed)
{
    private readonly KeyedRandom _random = new(seed);
    private int _draw;

    public double Uniform() => _random.Draw(1, Purpose.Profile, 0, _draw++).UniformA;

    public double Normal() => MathNet.Numerics.Distributions.Normal.InvCDF(0, 1, Uniform());

    public double LogNormal(double median, double sigma) => median * Math.Exp(sigma * Normal());

    /// <summary>A Poisson draw, by inversion.</summary>
    public int Poisson(double mean)
    {
        var left = Uniform();
        for (var k = 0; ; k++)
        {
            left -= MathNet.Numerics.Distributions.Poisson.PMF(mean, k);
            if (left <= 0) return k;
        }
    }

    /// <summary>Series of a law that is asked for value after value.</summary>
    public static Trajectory Series(int count, double step, Func<int, double> value) =>
        new([.. Enumerable.Range(0, count).Select(i => 1_767_571_200 + (i * step))], [.. Enumerable.Range(0, count).Select(value)]);

    public Trajectory Ou(int count, double step, double mean, double deviation, double theta)
    {
        var x = deviation * Normal();
        var keep = Math.Exp(-theta * step);
        return Series(count, step, _ =>
        {
            var now = mean + x;
            x = (x * keep) + (deviation * Math.Sqrt(1 - (keep * keep)) * Normal());
            return now;
        });
    }

    public Trajectory Walk(int count, double step, double start, double size)
    {
        var x = start;
        return Series(count, step, i => i == 0 ? x : x += size * Normal());
    }

    /// <summary>A counter that rises by what is given for each interval.</summary>
    public static Trajectory Counter(int count, double step, Func<int, double> increase)
    {
        var total = 0.0;
        return Series(count, step, i => i == 0 ? total : total += increase(i));
    }
}
