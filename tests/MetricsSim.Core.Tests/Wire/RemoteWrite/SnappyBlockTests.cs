using System.Text;
using FsCheck;
using FsCheck.Fluent;
using MetricsSim.Wire.RemoteWrite;
using Xunit;

namespace MetricsSim.Core.Tests.Wire.RemoteWrite;

public sealed class SnappyBlockTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(59)]
    [InlineData(60)]
    [InlineData(61)]
    [InlineData(256)]
    [InlineData(257)]
    [InlineData(65_535)]
    [InlineData(65_536)]
    [InlineData(65_537)]
    [InlineData(200_001)]
    public void Bytes_of_any_length_come_back(int length)
    {
        var snappy = new SnappyBlock();
        byte[] zeros = new byte[length], noise = [.. Enumerable.Range(0, length).Select(i => (byte)((uint)(i * 2654435761) >> 13 ^ (uint)(i * i)))];
        byte[] lines = [.. Enumerable.Range(0, length).Select(i => (byte)"user_id=\"user_000\",model=\"a\""[(i + (i / 97)) % 28])];
        foreach (var input in new[] { zeros, noise, lines })
        {
            Assert.Equal(input, SnappyReader.Read(snappy.Compress(input)));
        }
    }

    [Fact]
    public void A_copy_may_have_any_length_and_offset()
    {
        var snappy = new SnappyBlock();
        foreach (var offset in new[] { 1, 2, 3, 4, 5, 11, 12, 2047, 2048, 2049, 60_000 })
        {
            for (var length = 1; length < 200; length++)
            {
                byte[] before = [.. Enumerable.Range(0, offset).Select(i => (byte)((i * 7919) >> 3))];
                byte[] input = [.. before, .. Enumerable.Range(0, length).Select(i => before[i % offset]), 255, 254, 253];
                Assert.Equal(input, SnappyReader.Read(snappy.Compress(input)));
            }
        }
    }

    [Fact]
    public void Texts_that_repeat_themselves_shrink()
    {
        var text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 2000).Select(i => $"__name__otel_claude_code_token_usage_tokens_total user_id user_{i:000} model")));
        Assert.InRange(new SnappyBlock().Compress(text).Length, 1, text.Length / 4);
    }

    [Fact]
    public void Any_bytes_come_back()
    {
        var snappy = new SnappyBlock();
        var bytes = Gen.Choose(0, 3).Select(value => (byte)value).ArrayOf().ToArbitrary();
        Check.One(
            Config.QuickThrowOnFailure.WithQuietOnSuccess(true).WithMaxTest(300).WithReplay(20_260_105, 9),
            Prop.ForAll(bytes, input => SnappyReader.Read(snappy.Compress(input)).SequenceEqual(input)));
    }
}
