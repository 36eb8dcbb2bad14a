using MetricsSim.Core.Numerics;
using Xunit;

namespace MetricsSim.Core.Tests.Numerics;

public sealed class NormalTableTests
{
    private const double Two32 = 1UL << 32;

    [Fact]
    public void It_stays_close_to_the_exact_quantile_and_never_falls()
    {
        // A prime step visits all intervals at ever new places.
        const uint Step = 4_093;
        var (worst, before) = (0.0, double.NegativeInfinity);
        for (var word = 0UL; word <= uint.MaxValue; word += Step)
        {
            var z = NormalTable.Quantile((uint)word);
            worst = Math.Max(worst, Math.Abs(z - Normal.Quantile((word + 0.5) / Two32)));
            Assert.True(z >= before, $"falls at word {word}");
            before = z;
        }

        Assert.InRange(worst, 0, 2e-6);
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(1u)]
    [InlineData((1u << 26) - 1)]
    [InlineData(uint.MaxValue - (1u << 26) + 1)]
    [InlineData(uint.MaxValue)]
    public void The_tails_are_exact(uint word) => Assert.Equal(Normal.Quantile((word + 0.5) / Two32), NormalTable.Quantile(word));

    [Fact]
    public void It_is_symmetric()
    {
        for (var word = 0u; word < 1u << 31; word += 999_983) Assert.Equal(-NormalTable.Quantile(word), NormalTable.Quantile(~word), 1e-12);
    }
}
