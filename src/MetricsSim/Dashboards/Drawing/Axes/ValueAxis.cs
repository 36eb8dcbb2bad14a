using System.Globalization;
using MetricsSim.Dashboards.Drawing.Units;
using MetricsSim.Reports;

namespace MetricsSim.Dashboards.Drawing.Axes;

/// <summary>A tick of an axis.</summary>
/// <param name="Value">Where.</param>
/// <param name="Text">What stands beside it.</param>
internal sealed record AxisTick(double Value, string Text);

/// <summary>What an axis spans, and how its ticks read.</summary>
internal sealed record AxisRange
{
    /// <summary>The least value that must be seen.</summary>
    public required double Low { get; init; }

    /// <summary>The largest value that must be seen.</summary>
    public required double High { get; init; }

    /// <summary>Whether it ends at <see cref="Low"/>, round or not.</summary>
    public bool FixedLow { get; init; }

    /// <summary>Whether it ends at <see cref="High"/>, round or not.</summary>
    public bool FixedHigh { get; init; }

    /// <summary>The unit as dashboards name it.</summary>
    public string Unit { get; init; } = "";

    /// <summary>Intervals at most, at least 2.</summary>
    public int Most { get; init; } = 4;

    /// <summary>Whether equal distances are equal ratios.</summary>
    public bool Logarithmic { get; init; }
}

/// <summary>An axis of values with ticks at numbers that are round in their unit.</summary>
internal sealed class ValueAxis
{
    private const int MostDecimals = 6;

    // Seconds that are round on a clock.
    private static readonly double[] Clock = [60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400, 172_800, 604_800, 1_209_600];

    private readonly bool _logarithmic;

    private ValueAxis(double low, double high, IReadOnlyList<AxisTick> ticks, bool logarithmic)
    {
        (Low, High, Ticks) = (low, high, ticks);
        _logarithmic = logarithmic;
    }

    /// <summary>The value at its beginning.</summary>
    public double Low { get; }

    /// <summary>The value at its end, greater than <see cref="Low"/>.</summary>
    public double High { get; }

    /// <summary>Ascending.</summary>
    public IReadOnlyList<AxisTick> Ticks { get; }

    /// <summary>Makes an axis.</summary>
    /// <param name="range">What it spans.</param>
    public static ValueAxis Of(AxisRange range)
    {
        if (range is { Logarithmic: true, High: > 0 }) return Logs(range);
        var (low, high) = (range.Low, range.High);
        if (!(double.IsFinite(low) && double.IsFinite(high) && high - low < double.MaxValue)) (low, high) = (0, 1);
        if (!(high > low)) (low, high) = Widened(low, high, range);
        var step = Step((high - low) / range.Most, range.Unit);
        if (!range.FixedLow) low = Math.Floor((low / step) + 1e-9) * step;
        if (!range.FixedHigh) high = Math.Ceiling((high / step) - 1e-9) * step;
        if (!(high > low)) high = low + step;
        var first = Math.Ceiling((low / step) - 1e-9);
        var count = (int)Math.Clamp(Math.Floor((high / step) + 1e-9) - first + 1, 0, 50);
        var values = Enumerable.Range(0, count).Select(i => (first + i) * step).Select(value => Math.Abs(value) < step / 1e6 ? 0 : value).ToList();
        return new(low, high, Labelled(values, range), logarithmic: false);
    }

    /// <summary>Where a value is, from 0 at the beginning to 1 at the end; outside for values that are.</summary>
    public double Share(double value)
    {
        if (!_logarithmic) return (value - Low) / (High - Low);
        return value <= 0 ? -1 : Math.Log(value / Low) / Math.Log(High / Low);
    }

    private static (double Low, double High) Widened(double low, double high, AxisRange range)
    {
        if (range.FixedLow) return (low, low + Math.Max(1, Math.Abs(low)));
        if (range.FixedHigh) return (high - Math.Max(1, Math.Abs(high)), high);
        return low > 0 ? (0, low) : low < 0 ? (low, 0) : (0, 1);
    }

    private static double Step(double rough, string unit) => unit switch
    {
        "s" or "dtdurations" or "dthms" when rough > 30 => Clocked(rough),
        "ms" or "dtdurationms" when rough > 30_000 => 1000 * Clocked(rough / 1000),
        "bytes" or "bits" or "binBps" when rough > 512 => Doubled(rough),
        _ => NiceAxis.Step(rough),
    };

    private static double Clocked(double rough) => Clock.FirstOrDefault(step => step >= rough, 604_800 * NiceAxis.Step(rough / 604_800));

    private static double Doubled(double rough) => Math.Pow(2, Math.Ceiling(Math.Log2(rough) - 1e-9));

    private static ValueAxis Logs(AxisRange range)
    {
        var low = range.Low > 0 ? range.Low : range.High / 1000;
        var (first, last) = ((int)Math.Floor(Math.Log10(low) + 1e-9), (int)Math.Ceiling(Math.Log10(range.High) - 1e-9));
        if (last <= first) last = first + 1;
        var every = Math.Max(1, (last - first + range.Most - 1) / range.Most);
        var powers = Enumerable.Range(first, Math.Min(last - first + 1, 600)).Where(power => (power - first) % every == 0).Select(power => Math.Pow(10, power)).ToList();
        return new(
            range.FixedLow && range.Low > 0 ? range.Low : Math.Pow(10, first), range.FixedHigh ? range.High : Math.Pow(10, last), [.. powers.Select(value => new AxisTick(value, Text(range, value, null)))], logarithmic: true);
    }

    /// <summary>As few decimals as tell the ticks exactly, the same for all of one size.</summary>
    private static List<AxisTick> Labelled(List<double> values, AxisRange range)
    {
        var decimals = values.GroupBy(value => UnitTable.Text(range.Unit, value, MostDecimals).Suffix, StringComparer.Ordinal).ToDictionary(
            group => group.Key,
            group => Enumerable.Range(0, MostDecimals).FirstOrDefault(d => group.All(value => Exact(range, value, d)), MostDecimals),
            StringComparer.Ordinal);
        return [.. values.Select(value => new AxisTick(value, Text(range, value, value == 0 ? 0 : decimals[UnitTable.Text(range.Unit, value, MostDecimals).Suffix])))];
    }

    private static bool Exact(AxisRange range, double value, int decimals)
    {
        var (few, many) = (UnitTable.Text(range.Unit, value, decimals), UnitTable.Text(range.Unit, value, MostDecimals + 3));
        if (few.Suffix != many.Suffix || !double.TryParse(few.Number, CultureInfo.InvariantCulture, out var a) || !double.TryParse(many.Number, CultureInfo.InvariantCulture, out var b)) return true;
        return Math.Abs(a - b) <= 0.005 * Math.Abs(b);
    }

    private static string Text(AxisRange range, double value, int? decimals) => UnitTable.Text(range.Unit, value, decimals).ToString();
}
