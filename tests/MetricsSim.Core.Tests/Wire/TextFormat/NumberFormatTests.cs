using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using MetricsSim.Core.Series;
using MetricsSim.Wire.TextFormat;
using Xunit;

namespace MetricsSim.Core.Tests.Wire.TextFormat;

public sealed class NumberFormatTests
{
    private static readonly Config Fixed = Config.QuickThrowOnFailure.WithQuietOnSuccess(true).WithMaxTest(5000).WithReplay(20_260_105, 3);

    [Theory]
    [InlineData(1, 0, "0")]
    [InlineData(1, -7, "-7")]
    [InlineData(1, 9_007_199_254_740_993, "9007199254740993")]
    [InlineData(1, long.MaxValue, "9223372036854775807")]
    [InlineData(1, long.MinValue, "-9223372036854775808")]
    [InlineData(1_000_000, 1, "0.000001")]
    [InlineData(1_000_000, 1_500_000, "1.5")]
    [InlineData(1_000_000, -1_500_000, "-1.5")]
    [InlineData(1_000_000, 3_000_000, "3")]
    [InlineData(1_000_000_000, 1, "0.000000001")]
    [InlineData(1_000_000_000, 123_450_000_000, "123.45")]
    [InlineData(1_000_000_000, 999_999_999_999_999, "999999.999999999")]
    [InlineData(1_000_000_000, 9_000_000_000_000_001, "9000000.000000002")]
    [InlineData(1_000_000_000, 1_000_000_000_000_000_000, "1000000000")]
    [InlineData(1_000_000, long.MinValue, "-9223372036854.775")]
    [InlineData(3, 1, "0.3333333333333333")]
    [InlineData(1024, 512, "0.5")]
    [InlineData(1024, 2048, "2")]
    public void Writes_cells_over_their_divisor(long divisor, long cell, string expected) =>
        Assert.Equal(expected, Write(divisor, cell));

    [Theory]
    [InlineData(0.0, "0")]
    [InlineData(-0.0, "-0")]
    [InlineData(1.0, "1")]
    [InlineData(-42.0, "-42")]
    [InlineData(0.1, "0.1")]
    [InlineData(0.30000000000000004, "0.30000000000000004")]
    [InlineData(999_999_999_999_999.0, "999999999999999")]
    [InlineData(1e17, "1E+17")]
    [InlineData(1.5e-7, "1.5E-07")]
    [InlineData(double.Epsilon, "5E-324")]
    [InlineData(double.MaxValue, "1.7976931348623157E+308")]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.PositiveInfinity, "+Inf")]
    [InlineData(double.NegativeInfinity, "-Inf")]
    public void Writes_doubles_as_short_as_they_read_back(double value, string expected) =>
        Assert.Equal(expected, Write(0, BitConverter.DoubleToInt64Bits(value)));

    [Theory]
    [InlineData(0, "0.000")]
    [InlineData(7, "0.007")]
    [InlineData(1_767_607_200_123, "1767607200.123")]
    [InlineData(1_767_607_200_000, "1767607200.000")]
    [InlineData(-1, "-0.001")]
    [InlineData(-1_500, "-1.500")]
    [InlineData(long.MinValue, "-9223372036854775.808")]
    public void Writes_seconds_with_three_digits(long milliseconds, string expected)
    {
        Span<byte> buffer = stackalloc byte[NumberFormat.MaxLength];
        Assert.Equal(expected, Encoding.UTF8.GetString(buffer[..NumberFormat.WriteSeconds(milliseconds, buffer)]));
    }

    [Fact]
    public void Every_number_reads_back_as_cell_over_divisor()
    {
        var cells = Gen.Two(Gen.Choose(int.MinValue, int.MaxValue)).SelectMany(
            _ => Gen.Choose(0, 63),
            (halves, shift) => (((long)halves.Item1 << 32) ^ (uint)halves.Item2) >> shift);
        var divisors = Gen.Elements(1L, 10, 100, 1_000, 1_000_000, 100_000_000, 1_000_000_000, 3, 60, 1024, long.MaxValue);
        Prop.ForAll(Gen.Zip(cells, divisors).ToArbitrary(), pair =>
            Read(Write(pair.Item2, pair.Item1)) == (double)pair.Item1 / pair.Item2).Check(Fixed);
    }

    [Fact]
    public void Every_double_reads_back_bit_for_bit()
    {
        var bits = Gen.Two(Gen.Choose(int.MinValue, int.MaxValue)).Select(halves => ((long)halves.Item1 << 32) ^ (uint)halves.Item2);
        Prop.ForAll(bits.ToArbitrary(), cell =>
        {
            var value = BitConverter.Int64BitsToDouble(cell);
            return double.IsNaN(value) || BitConverter.DoubleToInt64Bits(Read(Write(0, cell))) == cell;
        }).Check(Fixed);
    }

    [Fact]
    public void Info_is_always_1() => Assert.Equal("1", Write(0, 12345, MetricType.Info));

    [Fact]
    public void A_negative_divisor_is_refused() =>
        Assert.Throws<ArgumentException>(() => NumberFormat.Of(new() { Name = "x", Help = "X.", Type = MetricType.Gauge, Divisor = -1 }));

    private static double Read(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static string Write(long divisor, long cell, MetricType type = MetricType.Gauge)
    {
        Span<byte> buffer = stackalloc byte[NumberFormat.MaxLength];
        var format = NumberFormat.Of(new() { Name = "x", Help = "X.", Type = type, Divisor = divisor });
        return Encoding.UTF8.GetString(buffer[..format.Write(cell, buffer)]);
    }
}
