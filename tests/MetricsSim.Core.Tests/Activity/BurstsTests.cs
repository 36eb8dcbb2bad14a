using MetricsSim.Core.Activity;
using MetricsSim.Core.Engine;
using Xunit;

namespace MetricsSim.Core.Tests.Activity;

/// <summary>Burst k covers [(k + ½)·interval, + duration).</summary>
public sealed class BurstsTests
{
    private static readonly BurstOptions Options = new()
    {
        Enabled = true, Interval = TimeSpan.FromHours(1), Duration = TimeSpan.FromMinutes(5), Intensity = 3,
    };

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1799.999, 1)]
    [InlineData(1800, 3)]
    [InlineData(2099.999, 3)]
    [InlineData(2100, 1)]
    [InlineData(5399.999, 1)]
    [InlineData(5400, 3)]
    [InlineData(5700, 1)]
    [InlineData((1000 * 3600) + 1800, 3)]
    public void Come_at_the_half_of_every_interval(double seconds, double expected) =>
        Assert.Equal(expected, Bursts.Factor(Options, TimeSpan.FromSeconds(seconds)));

    [Fact]
    public void Are_off_unless_enabled() =>
        Assert.Equal(1, Bursts.Factor(Options with { Enabled = false }, TimeSpan.FromSeconds(1800)));

    [Fact]
    public void May_fill_the_interval()
    {
        var always = Options with { Duration = Options.Interval };
        Assert.Equal(1, Bursts.Factor(always, TimeSpan.FromSeconds(1799)));
        for (var seconds = 1800; seconds < 20_000; seconds += 100) Assert.Equal(3, Bursts.Factor(always, TimeSpan.FromSeconds(seconds)));
    }
}
