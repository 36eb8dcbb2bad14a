using MetricsSim.Core.Series;

namespace MetricsSim.Wire.Tsdb;

/// <summary>
/// How value cells become the doubles that Prometheus stores: those that it reads from the text page, which is what the same cell divided by
/// the same divisor rounds to (see <see cref="TextFormat.NumberFormat"/>).
/// </summary>
internal readonly struct SampleValue(MetricFamily family)
{
    /// <summary>The bits that Prometheus gives every NaN but the marker of staleness (model/value, <c>NormalNaN</c>).</summary>
    private const ulong NormalNaN = 0x7FF8_0000_0000_0001;

    /// <summary>The NaN that says that a series has ended (model/value, <c>StaleNaN</c>): queries don't go on with its last value.</summary>
    public const ulong StaleNaN = 0x7FF0_0000_0000_0002;

    private readonly bool _one = family.Type == MetricType.Info;
    private readonly long _divisor = family.Divisor;

    /// <summary>The bits of a value cell's double.</summary>
    public ulong Bits(long cell)
    {
        if (_one || _divisor > 0)
        {
            return Bits(_one ? 1.0 : (double)cell / _divisor);
        }

        return OfDouble(cell);
    }

    /// <summary>The bits of a cell that holds those of a double.</summary>
    public static ulong OfDouble(long cell) => double.IsNaN(BitConverter.Int64BitsToDouble(cell)) ? NormalNaN : (ulong)cell;

    /// <summary>The bits of a double.</summary>
    public static ulong Bits(double value) => BitConverter.DoubleToUInt64Bits(value);
}
