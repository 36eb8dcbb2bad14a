using System.Text;
using MetricsSim.Exposition;
using Xunit;

namespace MetricsSim.Tests.Exposition;

public sealed class Crc32Tests
{
    [Theory]
    [InlineData("123456789", 0)]
    [InlineData("123456789", 1)]
    [InlineData("123456789", 4)]
    [InlineData("123456789", 9)]
    public void The_sum_of_two_parts_is_that_of_both(string text, int cut)
    {
        byte[] bytes = Encoding.ASCII.GetBytes(text);

        // The check value of CRC-32 (reveng.sourceforge.io/crc-catalogue).
        Assert.Equal(0xCBF43926, Crc32.Combine(Slow(bytes.AsSpan(0, cut)), Slow(bytes.AsSpan(cut)), text.Length - cut));
    }

    [Fact]
    public void Parts_may_be_long()
    {
        byte[] bytes = [.. Enumerable.Range(0, 300_001).Select(i => (byte)(i * 31))];
        Assert.Equal(Slow(bytes), Crc32.Combine(Slow(bytes.AsSpan(0, 5)), Slow(bytes.AsSpan(5)), bytes.Length - 5));
    }

    /// <summary>Bit by bit, as RFC 1952 defines it.</summary>
    private static uint Slow(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte one in bytes)
        {
            crc ^= one;
            for (int bit = 0; bit < 8; bit++) crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xEDB88320 : crc >> 1;
        }

        return ~crc;
    }
}
