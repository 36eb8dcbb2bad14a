using MetricsSim.Cli.Live;
using Xunit;

namespace MetricsSim.Tests.Cli.Live;

public sealed class ReadoutTests
{
    [Theory]
    [InlineData(0, "0")]
    [InlineData(0.054, "0.05")]
    [InlineData(9.09, "9.09")]
    [InlineData(12.34, "12.3")]
    [InlineData(138, "138")]
    [InlineData(999.4, "999")]
    [InlineData(999.6, "1k")]
    [InlineData(12345, "12.3k")]
    [InlineData(579e3, "579k")]
    [InlineData(4.56e6, "4.6M")]
    [InlineData(7.2e9, "7.2G")]
    public void Numbers_are_short(double value, string text) => Assert.Equal(text, Magnitude.Text(value));

    [Fact]
    public void A_sparkline_runs_from_zero_to_its_largest_value()
    {
        var line = new Sparkline(3);
        Assert.Equal("", line.Draw(10, unicode: true));
        foreach (var value in new long[] { 100, 0, 7, 14 }) line.Add(value);
        Assert.Equal("▁▄█", line.Draw(10, unicode: true));
        Assert.Equal("=@", line.Draw(2, unicode: false));
    }

    [Fact]
    public void Rates_are_over_the_window_of_ticks()
    {
        var window = new RateWindow(3);
        Assert.Equal(default, window.Add(Statuses.At(0)));
        Assert.Equal(default, window.Add(Statuses.At(0)));
        window.Add(Statuses.At(100));
        window.Add(Statuses.At(110));
        var rates = window.Add(Statuses.At(120));
        Assert.Equal((9, 9000, 0.9, 0.1), (rates.Requests, rates.Tokens, rates.Errors, rates.ErrorShare));
        Assert.Equal(0.09, rates.Cost, 12);
    }
}
