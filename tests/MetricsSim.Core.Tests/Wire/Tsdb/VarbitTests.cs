using MetricsSim.Wire.Tsdb;
using Xunit;

namespace MetricsSim.Core.Tests.Wire.Tsdb;

public sealed class VarbitTests
{
    // The bounds of each size, from the comments of Prometheus' varbit.go.
    [Theory]
    [InlineData(0, 1)]
    [InlineData(-3, 5)]
    [InlineData(4, 5)]
    [InlineData(-4, 9)]
    [InlineData(-31, 9)]
    [InlineData(32, 9)]
    [InlineData(33, 13)]
    [InlineData(-255, 13)]
    [InlineData(256, 13)]
    [InlineData(-2047, 17)]
    [InlineData(2048, 17)]
    [InlineData(-131_071, 24)]
    [InlineData(131_072, 24)]
    [InlineData(-16_777_215, 32)]
    [InlineData(16_777_216, 32)]
    [InlineData(-36_028_797_018_963_967, 64)]
    [InlineData(36_028_797_018_963_968, 64)]
    [InlineData(36_028_797_018_963_969, 72)]
    [InlineData(long.MinValue, 72)]
    [InlineData(long.MaxValue, 72)]
    public void Signed_numbers_take_the_bits_of_their_size(long value, int expected)
    {
        var reader = Write((ref BitWriter bits) => Varbit.Write(ref bits, value), out var left);
        Assert.Equal(value, reader.Varbit());
        Assert.Equal(expected, left - reader.Left);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(7, 5)]
    [InlineData(8, 9)]
    [InlineData(63, 9)]
    [InlineData(511, 13)]
    [InlineData(4095, 17)]
    [InlineData(262_143, 24)]
    [InlineData(33_554_431, 32)]
    [InlineData(72_057_594_037_927_935, 64)]
    [InlineData(72_057_594_037_927_936, 72)]
    [InlineData(ulong.MaxValue, 72)]
    public void Unsigned_numbers_take_the_bits_of_their_size(ulong value, int expected)
    {
        var reader = Write((ref BitWriter bits) => Varbit.WriteUnsigned(ref bits, value), out var left);
        Assert.Equal(value, reader.UnsignedVarbit());
        Assert.Equal(expected, left - reader.Left);
    }

    private delegate void Writing(ref BitWriter bits);

    private static BitReader Write(Writing write, out int left)
    {
        var bytes = new byte[32];
        var bits = new BitWriter(bytes, 0);
        write(ref bits);
        var reader = new BitReader(bytes[..bits.Finish()], 0);
        left = reader.Left;
        return reader;
    }
}
