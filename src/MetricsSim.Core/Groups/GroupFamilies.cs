using MetricsSim.Core.Numerics;
using MetricsSim.Core.Series;

namespace MetricsSim.Core.Groups;

/// <summary>The families of a group: one a metric, alike but for their names.</summary>
public static class GroupFamilies
{
    private const double Tails = 5;

    /// <summary>The family of a metric.</summary>
    /// <param name="options">Options of the group.</param>
    /// <param name="metric">Number of the metric.</param>
    /// <param name="rows">The rows of the group's series; null where only the shape is asked for.</param>
    /// <param name="native">The exponential buckets, shared by all its metrics; null to make them.</param>
    public static MetricFamily Of(SeriesGroupOptions options, int metric, LabelRows? rows = null, NativeBuckets? native = null)
    {
        var isHistogram = options.Type is GroupType.Histogram or GroupType.NativeHistogram;
        return new MetricFamily
        {
            Name = options.NameOf(metric),
            Help = options.Help,
            Unit = options.Unit,
            Type = options.Type switch
            {
                GroupType.Counter => MetricType.Counter,
                GroupType.Summary => MetricType.Summary,
                GroupType.Gauge => MetricType.Gauge,
                _ => MetricType.Histogram,
            },
            Rows = rows ?? LabelRows.Single,
            Bounds = isHistogram ? options.Buckets : [],
            Quantiles = options.Type == GroupType.Summary ? options.Quantiles : [],
            Native = options.Type == GroupType.NativeHistogram ? native ?? NativeOf(options) : null,
            NativeOnly = true,
            Divisor = options.Type == GroupType.Counter && options.Decimals is { } decimals ? PowerOfTen(decimals) : 0,
        };
    }

    /// <summary>Exponential buckets over what is observed, all but one in a million on each side.</summary>
    internal static NativeBuckets NativeOf(SeriesGroupOptions options)
    {
        var octaves = Tails * options.ObservationSigma / PortableMath.Log(2);
        var middle = PortableMath.Log(options.ObservationMedian) / PortableMath.Log(2);
        var (lowest, highest) = ((int)Math.Ceiling(middle - octaves) - 1, (int)Math.Ceiling(middle + octaves));
        return new NativeBuckets(lowest, Math.Max(lowest + 1, highest), NativeScale(options));
    }

    /// <summary>Integers in one unit: so many that the median has seven digits, which tells buckets 9 % apart.</summary>
    internal static long NativeScale(SeriesGroupOptions options)
    {
        var digits = 0;
        for (var median = options.ObservationMedian; median < 1e6; median *= 10) digits++;
        return PowerOfTen(digits);
    }

    /// <summary>10^n.</summary>
    internal static long PowerOfTen(int exponent)
    {
        var power = 1L;
        for (; exponent > 0; exponent--) power *= 10;
        return power;
    }
}
