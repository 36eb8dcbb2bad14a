using MetricsSim.Dashboards.Drawing.Axes;
using Xunit;

namespace MetricsSim.Tests.Dashboards.Drawing;

/// <summary>Axes have round numbers, round in their unit, and tell them with no more digits than they need.</summary>
public sealed class AxisTests
{
    [Theory]
    [InlineData(0, 14.2, "", "0 5 10 15")]
    [InlineData(0, 1450, "currencyUSD", "$0 $500 $1.0K $1.5K")]
    [InlineData(0, 0.102, "percentunit", "0% 5% 10% 15%")]
    [InlineData(-0.8, 1, "percentunit", "-100% -50% 0% 50% 100%")]
    [InlineData(0, 7000, "s", "0 s|30 min|1.0 hours|1.5 hours|2.0 hours")]
    [InlineData(0, 3e9, "bytes", "0 B|1 GiB|2 GiB|3 GiB")]
    [InlineData(5, 5, "", "0 2 4 6")]
    [InlineData(0, 0, "", "0 0.25 0.50 0.75 1.00")]
    [InlineData(double.NaN, double.NaN, "", "0 0.25 0.50 0.75 1.00")]
    [InlineData(-1e308, 1e308, "", "0 0.25 0.50 0.75 1.00")]
    public void Values_have_round_ticks(double low, double high, string unit, string ticks)
    {
        var axis = ValueAxis.Of(new() { Low = low, High = high, Unit = unit });
        Assert.Equal(ticks.Split(ticks.Contains('|', StringComparison.Ordinal) ? '|' : ' '), axis.Ticks.Select(tick => tick.Text));
        Assert.Equal(0, axis.Share(axis.Low));
        Assert.Equal(1, axis.Share(axis.High));
    }

    [Fact]
    public void Ends_that_the_dashboard_fixes_are_kept()
    {
        var axis = ValueAxis.Of(new() { Low = 0, High = 0.93, FixedLow = true, FixedHigh = true, Unit = "percentunit" });
        Assert.Equal((0, 0.93), (axis.Low, axis.High));
        Assert.Equal(["0%", "25%", "50%", "75%"], axis.Ticks.Select(tick => tick.Text));
    }

    [Fact]
    public void Powers_of_ten_are_equally_far_apart_on_a_logarithmic_axis()
    {
        var axis = ValueAxis.Of(new() { Low = 0.02, High = 30, Logarithmic = true, Unit = "s" });
        Assert.Equal([0.01, 0.1, 1, 10, 100], axis.Ticks.Select(tick => Math.Round(tick.Value, 6)));
        Assert.Equal([0, 0.25, 0.5, 0.75, 1], axis.Ticks.Select(tick => Math.Round(axis.Share(tick.Value), 9)));
        Assert.True(axis.Share(0) < 0);
    }

    [Theory]
    [InlineData(0, 86_400, 4, "Jan 5|06:00|12:00|18:00|Jan 6")]
    [InlineData(0, 3600, 4, "Jan 5|00:15|00:30|00:45|01:00")]
    [InlineData(100, 190, 6, "00:01:45|00:02:00|00:02:15|00:02:30|00:02:45|00:03:00")]
    [InlineData(0, 604_800, 7, "Jan 5|Jan 6|Jan 7|Jan 8|Jan 9|Jan 10|Jan 11|Jan 12")]
    public void Times_are_round_in_UTC(double from, double to, int most, string ticks)
    {
        const double Monday = 1_767_571_200;
        Assert.Equal(ticks.Split('|'), TimeAxis.Ticks(Monday + from, Monday + to, most).Select(tick => tick.Text));
    }
}
