using System.Text;
using MetricsSim.Core.Checkpoints;
using Xunit;

namespace MetricsSim.Core.Tests.Checkpoints;

public sealed class Crc32CTests
{
    // "123456789" is the check value of the catalogue of CRCs; the others are RFC 3720, B.4.
    [Theory]
    [InlineData("", 0u)]
    [InlineData("31 32 33 34 35 36 37 38 39", 0xE3069283u)]
    [InlineData("00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00", 0x8A9136AAu)]
    [InlineData("FF FF FF FF FF FF FF FF FF FF FF FF FF FF FF FF FF FF FF FF FF FF FF FF FF FF FF FF FF FF FF FF", 0x62A8AB43u)]
    [InlineData("00 01 02 03 04 05 06 07 08 09 0A 0B 0C 0D 0E 0F 10 11 12 13 14 15 16 17 18 19 1A 1B 1C 1D 1E 1F", 0x46DD794Eu)]
    public void Is_the_checksum_of_the_standard(string bytes, uint expected) =>
        Assert.Equal(expected, Crc32C.Of(Convert.FromHexString(bytes.Replace(" ", "", StringComparison.Ordinal))));

    [Fact]
    public void Does_not_depend_on_where_eight_bytes_end()
    {
        var text = Encoding.ASCII.GetBytes("the quick brown fox jumps over the lazy dog");
        for (var length = 0; length <= text.Length; length++)
        {
            Assert.Equal(BitByBit(text.AsSpan(0, length)), Crc32C.Of(text.AsSpan(0, length)));
        }
    }

    private static uint BitByBit(ReadOnlySpan<byte> bytes)
    {
        const uint Reversed = 0x82F63B78;
        var crc = uint.MaxValue;
        foreach (var single in bytes)
        {
            crc ^= single;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 1 ? (crc >> 1) ^ Reversed : crc >> 1;
            }
        }

        return ~crc;
    }
}
