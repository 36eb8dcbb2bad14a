using MetricsSim.Core.Randomness;
using Xunit;

namespace MetricsSim.Core.Tests.Randomness;

public sealed class PhiloxTests
{
    /// <summary>The philox4x32-10 lines of <c>kat_vectors</c> in the authors' Random123 (tests/kat_vectors).</summary>
    [Theory]
    [InlineData(0u, 0u, 0u, 0u, 0u, 0u, "6627e8d5 e169c58d bc57ac4c 9b00dbd8")]
    [InlineData(~0u, ~0u, ~0u, ~0u, ~0u, ~0u, "408f276d 41c83b0e a20bc7c6 6d5451fd")]
    [InlineData(0x243f6a88u, 0x85a308d3u, 0x13198a2eu, 0x03707344u, 0xa4093822u, 0x299f31d0u, "d16cfe09 94fdcceb 5001e420 24126ea1")]
    public void Answers_the_published_vectors(uint c0, uint c1, uint c2, uint c3, uint k0, uint k1, string expected) =>
        Assert.Equal(expected, Hex(Philox.Generate(c0, c1, c2, c3, k0, k1)));

    internal static string Hex(RandomBlock block) => $"{block.W0:x8} {block.W1:x8} {block.W2:x8} {block.W3:x8}";
}
