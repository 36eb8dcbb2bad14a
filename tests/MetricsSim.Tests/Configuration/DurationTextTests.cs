using MetricsSim.Configuration;
using Xunit;

namespace MetricsSim.Tests.Configuration;

public sealed class DurationTextTests
{
    [Theory]
    [InlineData("0", 0, "0")]
    [InlineData("600", 600, "10m")]
    [InlineData("0.5", 0.5, "500ms")]
    [InlineData("90s", 90, "90s")]
    [InlineData("10m", 600, "10m")]
    [InlineData("1.5h", 5400, "1h30m")]
    [InlineData("1h30m", 5400, "1h30m")]
    [InlineData("250ms", 0.25, "250ms")]
    [InlineData("2d", 172800, "2d")]
    public void Reads_seconds_and_text(string text, double seconds, string written)
    {
        Assert.True(DurationText.TryParse(text, out var value));
        Assert.Equal(TimeSpan.FromSeconds(seconds), value);
        Assert.Equal(written, DurationText.Format(value));
        Assert.True(DurationText.TryParse(written, out var again));
        Assert.Equal(value, again);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("-1")]
    [InlineData("1e3")]
    [InlineData("NaN")]
    [InlineData("10x")]
    [InlineData("h")]
    [InlineData("10 m")]
    [InlineData("1.2.3s")]
    [InlineData("99999d")]
    [InlineData("9999999999999999999999")]
    public void Refuses_the_rest(string text) => Assert.False(DurationText.TryParse(text, out _));
}
