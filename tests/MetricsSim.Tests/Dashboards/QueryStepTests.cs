using MetricsSim.Dashboards;
using MetricsSim.Dashboards.Model;
using Xunit;

namespace MetricsSim.Tests.Dashboards;

/// <summary>
/// Steps and intervals. The rate intervals of 48 h at 5 m and of 5 min are cases of <c>pkg/promlib/models/query_test.go</c> of
/// https://github.com/grafana/grafana, rounding those of <c>rangeutil.test.ts</c> there.
/// </summary>
public sealed class QueryStepTests
{
    [Theory]
    [InlineData("1h", 930, "", "", null, "15s", "1m")]
    [InlineData("6h", 930, "", "", null, "20s", "1m")]
    [InlineData("24h", 930, "", "", null, "2m", "2m15s")]
    [InlineData("7d", 930, "", "", null, "10m", "10m15s")]
    [InlineData("48h", 576, "", "", null, "5m", "5m15s")]
    [InlineData("5m", 1000, "", "", null, "15s", "1m")]
    [InlineData("24h", 930, "", "", 10_000, "15s", "1m")]
    [InlineData("24h", 930, "5m", "", null, "5m", "5m15s")]
    [InlineData("1h", 930, "", "1m", null, "1m", "4m")]
    [InlineData("24h", 930, "", "30s", null, "2m", "2m30s")]
    [InlineData("1h", 930, "", "$__rate_interval", null, "1m", "1m")]
    [InlineData("24h", 930, "", "$__interval", null, "2m", "8m")]
    [InlineData("30d", 1_000_000, "1s", "", 1_000_000, "5m", "1m")]
    public void The_step_is_Grafanas(string range, int width, string panelInterval, string targetInterval, int? points, string step, string rateInterval)
    {
        var panel = new Panel { Type = "timeseries", IntervalMin = panelInterval, MaxDataPoints = points };
        var target = new PanelTarget { RefId = "A", Expression = "up", Interval = targetInterval };
        var actual = QueryStep.Of(panel, target, GrafanaInterval.Parse(range)!.Value, width, TimeSpan.FromSeconds(15));
        Assert.Equal((GrafanaInterval.Parse(step), GrafanaInterval.Parse(rateInterval)), (actual.Step, actual.RateInterval));
        Assert.True(GrafanaInterval.Parse(range)!.Value / actual.Step <= QueryStep.MostPoints);
    }

    [Fact]
    public void Ends_are_whole_steps()
    {
        var step = new QueryStep(TimeSpan.FromMinutes(1), default, default);
        var to = DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_059_999);
        Assert.Equal((1_699_996_440, 1_700_000_040), step.Align(BoardTime.Last(TimeSpan.FromHours(1), to)));
    }

    [Theory]
    [InlineData(9, 1)]
    [InlineData(10, 10)]
    [InlineData(13_200, 15_000)]
    [InlineData(17_500, 20_000)]
    [InlineData(92_903, 120_000)]
    [InlineData(86_400_000, 86_400_000)]
    [InlineData(4_000_000_000, 31_536_000_000)]
    public void Intervals_are_rounded(double milliseconds, double rounded) =>
        Assert.Equal(TimeSpan.FromMilliseconds(rounded), GrafanaInterval.Round(TimeSpan.FromMilliseconds(milliseconds)));

    [Theory]
    [InlineData("15s", 15.0)]
    [InlineData("30", 30.0)]
    [InlineData(">10s", 10.0)]
    [InlineData("1h30m", 5400.0)]
    [InlineData("1d", 86_400.0)]
    [InlineData("500ms", 0.5)]
    [InlineData("", null)]
    [InlineData("s", null)]
    [InlineData("-5m", null)]
    [InlineData("0s", null)]
    [InlineData("5 m", null)]
    [InlineData("999999999999y", null)]
    public void Intervals_are_read(string text, double? seconds) => Assert.Equal(seconds, GrafanaInterval.Parse(text)?.TotalSeconds);

    [Theory]
    [InlineData(15, "15s", "15s")]
    [InlineData(75, "1m", "1m15s")]
    [InlineData(60, "1m", "1m0s")]
    [InlineData(7200, "2h", "2h0m0s")]
    [InlineData(90_061, "1d", "25h1m1s")]
    [InlineData(0.25, "250ms", "250ms")]
    public void Intervals_are_written(double seconds, string text, string go)
    {
        var interval = TimeSpan.FromSeconds(seconds);
        Assert.Equal((text, go), (GrafanaInterval.Text(interval), GrafanaInterval.GoText(interval)));
    }

    [Theory]
    [InlineData("now-6h", "now", 21_600.0)]
    [InlineData("now-1d", "now-1h", 82_800.0)]
    [InlineData("now/d", "now", null)]
    [InlineData("now", "now-1h", null)]
    [InlineData("2026-01-05", "now", null)]
    public void A_dashboards_time_is_read(string from, string to, double? seconds) =>
        Assert.Equal(seconds, BoardTime.Parse(from, to, DateTimeOffset.UnixEpoch.AddYears(50))?.Length.TotalSeconds);
}
