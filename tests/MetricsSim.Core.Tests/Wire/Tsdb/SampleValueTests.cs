using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using MetricsSim.Core.Series;
using MetricsSim.Wire.TextFormat;
using MetricsSim.Wire.Tsdb;
using Xunit;

namespace MetricsSim.Core.Tests.Wire.Tsdb;

public sealed class SampleValueTests
{
    private static readonly Config Fixed = Config.QuickThrowOnFailure.WithQuietOnSuccess(true).WithMaxTest(20_000).WithReplay(20_260_105, 13);

    [Fact]
    public void Is_the_double_that_a_reader_makes_of_the_text()
    {
        var cells = Gen.Two(Gen.Choose(int.MinValue, int.MaxValue)).SelectMany(
            pair => Gen.Choose(0, 63), (pair, shift) => (((long)pair.Item1 << 32) ^ (uint)pair.Item2) >> shift);
        Prop.ForAll(Gen.Zip(Gen.Elements(1L, 3, 100, 1024, 1_000_000, 1_000_000_000), cells).ToArbitrary(), sample =>
        {
            var (divisor, cell) = sample;
            Assert.Equal(Reread(divisor, cell), new SampleValue(Family(divisor)).Bits(cell));
        }).Check(Fixed);
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(-0.0)]
    [InlineData(double.NegativeInfinity)]
    [InlineData(5e-324)]
    public void Is_the_double_that_a_gauge_holds(double value)
    {
        var bits = BitConverter.DoubleToUInt64Bits(value);
        Assert.Equal(bits, new SampleValue(Family(0)).Bits((long)bits));
        Assert.Equal(bits, Reread(0, (long)bits));
    }

    [Fact]
    public void Is_Prometheus_own_NaN_for_every_NaN() =>
        Assert.Equal(0x7FF8_0000_0000_0001UL, new SampleValue(Family(0)).Bits(BitConverter.DoubleToInt64Bits(double.NaN)));

    private static MetricFamily Family(long divisor) => new() { Name = "a", Help = "", Type = MetricType.Gauge, Divisor = divisor };

    private static ulong Reread(long divisor, long cell)
    {
        Span<byte> text = stackalloc byte[NumberFormat.MaxLength];
        var length = NumberFormat.Of(Family(divisor)).Write(cell, text);
        var read = Encoding.ASCII.GetString(text[..length]).Replace("Inf", "Infinity", StringComparison.Ordinal);
        return BitConverter.DoubleToUInt64Bits(double.Parse(read, CultureInfo.InvariantCulture));
    }
}
