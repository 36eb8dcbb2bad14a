using MetricsSim.Core.Randomness;
using Xunit;

namespace MetricsSim.Core.Tests.Randomness;

public sealed class RandomBlockTests
{
    [Fact]
    public void Uniforms_stay_inside_the_open_interval()
    {
        var least = new RandomBlock(0, 0, 0, 0);
        var largest = new RandomBlock(~0u, ~0u, ~0u, ~0u);
        Assert.Equal(Math.ScaleB(1, -53), least.UniformA);
        Assert.Equal(Math.ScaleB(1, -53), least.UniformB);
        Assert.True(largest.UniformA < 1);
        Assert.True(largest.UniformB < 1);
        Assert.Equal(Math.ScaleB(1, -33), RandomBlock.Uniform(0));
        Assert.Equal(1 - Math.ScaleB(1, -33), RandomBlock.Uniform(~0u));
    }

    [Fact]
    public void Each_uniform_comes_from_its_own_words()
    {
        var block = new RandomBlock(0x80000000, 0, 0x40000000, 0);
        Assert.Equal(0.5, block.UniformA, 1e-15);
        Assert.Equal(0.25, block.UniformB, 1e-15);
        Assert.Equal(0x8000000000000000UL, block.BitsA);
        Assert.Equal(0x4000000000000000UL, block.BitsB);
        Assert.NotEqual(block.UniformA, (block with { W1 = 0x00002000 }).UniformA);
        Assert.NotEqual(block.UniformB, (block with { W3 = 0x00002000 }).UniformB);
    }
}
