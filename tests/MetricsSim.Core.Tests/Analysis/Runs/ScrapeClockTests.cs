using MetricsSim.Analysis.Runs;
using Xunit;

namespace MetricsSim.Core.Tests.Analysis.Runs;

/// <summary>Wall time and simulated time as scrapes show them.</summary>
public sealed class ScrapeClockTests
{
    private const double Start = 1_767_607_200;

    [Fact]
    public void Scrapes_on_both_edges_are_the_run()
    {
        var clock = Of(600, Enumerable.Range(-4, 60).Select(i => (1000 + (15.0 * i), 15.0 * i)));
        Assert.Equal((new Scrape(1000, 0), new Scrape(1600, 600)), (clock.Scrapes[0], clock.Scrapes[^1]));
        Assert.Equal((41, 15.0, 1.0, true), (clock.Scrapes.Count, clock.Interval, clock.Pace, clock.IsSteady));
        Assert.Equal(0, clock.Missing(0, 600));
        Assert.Equal(new Scrape(1300, 300), clock.At(295));
        Assert.Equal(303, clock.SimulatedAt(1303));
    }

    [Fact]
    public void The_nearest_scrapes_stand_for_the_edges()
    {
        // Speed 10, a scrape a second, 3 s of simulated time off.
        var clock = Of(100, Enumerable.Range(-3, 20).Select(i => (50.0 + i, (10.0 * i) + 3)));
        Assert.Equal((new Scrape(50, 3), new Scrape(60, 103)), (clock.Scrapes[0], clock.Scrapes[^1]));
        Assert.Equal((10.0, 10.0), (clock.Interval, clock.Pace));
    }

    [Fact]
    public void Nothing_near_is_no_clock()
    {
        Assert.Empty(Of(600, []).Scrapes);
        Assert.Empty(Of(600, [(0, -900), (15, -885), (30, -870)]).Scrapes);
        Assert.Empty(Of(600, [(0, 10_000)]).Scrapes);
        var one = Of(600, [(0, 300)]);
        Assert.Equal((1, true, false), (one.Scrapes.Count, double.IsNaN(one.Interval), one.IsSteady));
    }

    [Fact]
    public void A_clock_that_goes_back_is_another_daemon()
    {
        var clock = Of(60, [(0, 0), (10, 10), (20, 20), (30, 0), (40, 10), (50, 20), (60, 30), (70, 40), (80, 50), (90, 60)]);
        Assert.Equal((30.0, 90.0), (clock.Scrapes[0].Wall, clock.Scrapes[^1].Wall));
    }

    [Fact]
    public void A_pause_is_seen_and_left_out_at_the_edges()
    {
        var clock = Of(100, [(0, 0), (10, 0), (20, 0), (30, 10), (40, 20), (140, 20), (150, 30), (160, 60), (170, 100), (180, 100), (190, 100)]);
        Assert.Equal((20.0, 170.0, false), (clock.Scrapes[0].Wall, clock.Scrapes[^1].Wall, clock.IsSteady));
    }

    [Theory]
    [InlineData(200, 300, 100)]
    [InlineData(570, 1000, 30)]
    [InlineData(-100, 90, 90)]
    [InlineData(290, 310, 0)]
    public void What_was_not_scraped_is_counted(double from, double to, double missing)
    {
        var clock = Of(600, Enumerable.Range(-20, 100).Select(i => 10.0 * i).Where(at => at <= from || at >= to).Select(at => (at, at)));
        Assert.Equal(missing, clock.Missing(0, 600));
    }

    private static ScrapeClock Of(double length, IEnumerable<(double Wall, double Simulated)> samples) =>
        ScrapeClock.Of(samples.Select(sample => (sample.Wall, Start + sample.Simulated)), Start, length);
}
