using System.Globalization;
using MetricsSim.Core.Activity;
using MetricsSim.Core.Engine;
using Xunit;

namespace MetricsSim.Core.Tests.Activity;

/// <summary>
/// Factors by local clock. Changes of 2026 (IANA tz database): Europe/Berlin on 29 March 01:00Z and 25 October 01:00Z, America/New_York
/// on 8 March 07:00Z and 1 November 06:00Z.
/// </summary>
public sealed class SeasonalityTests
{
    private static readonly SeasonalOptions Defaults = new();

    [Theory]
    [InlineData("2026-01-05T12:00Z", 2)]
    [InlineData("2026-01-05T03:00Z", 0.3)]
    [InlineData("2026-01-05T06:44:59Z", 0.3)]
    [InlineData("2026-01-05T07:00Z", 0.65)]
    [InlineData("2026-01-05T07:15Z", 1)]
    [InlineData("2026-01-05T08:45Z", 1)]
    [InlineData("2026-01-05T09:00Z", 1.5)]
    [InlineData("2026-01-05T09:07:30Z", 1.84375)]
    [InlineData("2026-01-05T09:15Z", 2)]
    [InlineData("2026-01-05T16:45Z", 2)]
    [InlineData("2026-01-05T17:00Z", 1.5)]
    [InlineData("2026-01-05T18:00Z", 1)]
    [InlineData("2026-01-05T19:00Z", 0.65)]
    [InlineData("2026-01-05T20:00Z", 0.3)]
    [InlineData("2026-01-09T23:59:59Z", 0.3)]
    [InlineData("2026-01-10T00:00Z", 0.09)]
    [InlineData("2026-01-10T12:00Z", 0.6)]
    [InlineData("2026-01-11T18:00Z", 0.3)]
    [InlineData("2026-01-12T00:00Z", 0.3)]
    public void Follows_the_day_and_the_week(string instant, double expected) => AssertFactor(Defaults, instant, expected);

    [Theory]
    [InlineData("Europe/Berlin", "2026-03-27T08:00Z", 1.5)] // Friday 09:00 +01
    [InlineData("Europe/Berlin", "2026-03-29T00:59Z", 0.09)] // Sunday 01:59 +01, the last minute before the gap
    [InlineData("Europe/Berlin", "2026-03-29T01:00Z", 0.09)] // 03:00 +02, the first after it
    [InlineData("Europe/Berlin", "2026-03-29T07:00Z", 0.45)] // 09:00 +02
    [InlineData("Europe/Berlin", "2026-03-30T07:00Z", 1.5)] // Monday 09:00 +02
    [InlineData("Europe/Berlin", "2026-03-30T08:00Z", 2)]
    [InlineData("Europe/Berlin", "2026-10-23T07:00Z", 1.5)] // Friday 09:00 +02
    [InlineData("Europe/Berlin", "2026-10-25T00:30Z", 0.09)] // Sunday 02:30 +02
    [InlineData("Europe/Berlin", "2026-10-25T01:30Z", 0.09)] // Sunday 02:30 +01 again
    [InlineData("Europe/Berlin", "2026-10-26T07:00Z", 1)] // Monday 08:00 +01
    [InlineData("Europe/Berlin", "2026-10-26T08:00Z", 1.5)] // Monday 09:00 +01
    [InlineData("Europe/Berlin", "2026-03-28T22:59Z", 0.09)] // Saturday 23:59 +01
    [InlineData("Europe/Berlin", "2026-03-29T22:00Z", 0.3)] // Monday 00:00 +02
    [InlineData("America/New_York", "2026-03-06T14:00Z", 1.5)] // Friday 09:00 −05
    [InlineData("America/New_York", "2026-03-08T13:00Z", 0.45)] // Sunday 09:00 −04
    [InlineData("America/New_York", "2026-03-09T13:00Z", 1.5)] // Monday 09:00 −04
    [InlineData("America/New_York", "2026-10-30T13:00Z", 1.5)] // Friday 09:00 −04
    [InlineData("America/New_York", "2026-11-02T13:00Z", 1)] // Monday 08:00 −05
    [InlineData("America/New_York", "2026-11-02T14:00Z", 1.5)] // Monday 09:00 −05
    public void Follows_the_local_clock_across_a_change(string zone, string instant, double expected) =>
        AssertFactor(Defaults with { TimeZone = TimeZoneInfo.FindSystemTimeZoneById(zone) }, instant, expected);

    /// <summary>The change happens at night, so the night has an hour less or more, and business hours are as long as ever.</summary>
    [Theory]
    [InlineData("Europe/Berlin", "2026-03-28T23:00Z", 23)]
    [InlineData("Europe/Berlin", "2026-10-24T22:00Z", 25)]
    [InlineData("America/New_York", "2026-03-08T05:00Z", 23)]
    [InlineData("America/New_York", "2026-11-01T04:00Z", 25)]
    public void The_day_of_a_change_has_a_shorter_or_longer_night(string zone, string midnight, int hours)
    {
        var options = Defaults with { TimeZone = TimeZoneInfo.FindSystemTimeZoneById(zone), WeekendMultiplier = 1, Edge = TimeSpan.Zero };
        var season = new Seasonality(options);
        var minutes = Enumerable.Range(0, hours * 60).Select(minute => season.Factor(Instant(midnight).AddMinutes(minute))).ToArray();
        Assert.Equal(8 * 60, minutes.Count(factor => Math.Abs(factor - 2) < 1e-9));
        Assert.Equal(4 * 60, minutes.Count(factor => Math.Abs(factor - 1) < 1e-9));
        Assert.Equal((hours - 12) * 60, minutes.Count(factor => Math.Abs(factor - 0.3) < 1e-9));
    }

    [Theory]
    [InlineData("2026-01-05T23:00Z", 2)]
    [InlineData("2026-01-05T23:30Z", 1.5)]
    [InlineData("2026-01-06T00:30Z", 1)]
    [InlineData("2026-01-06T01:30Z", 0.65)]
    [InlineData("2026-01-06T02:00Z", 0.3)]
    public void A_shoulder_passes_midnight(string instant, double expected) =>
        AssertFactor(Defaults with { BusinessStart = TimeSpan.FromHours(20), BusinessEnd = TimeSpan.FromHours(23.5) }, instant, expected);

    [Theory]
    [InlineData("2026-01-05T22:30Z", 0.3)]
    [InlineData("2026-01-05T23:00Z", 0.65)]
    [InlineData("2026-01-05T23:59Z", 1)]
    [InlineData("2026-01-06T00:30Z", 1)]
    [InlineData("2026-01-06T01:00Z", 1.5)]
    [InlineData("2026-01-06T02:00Z", 2)]
    public void A_shoulder_begins_the_day_before(string instant, double expected) =>
        AssertFactor(Defaults with { BusinessStart = TimeSpan.FromHours(1), BusinessEnd = TimeSpan.FromHours(9) }, instant, expected);

    [Theory]
    [InlineData(0, 24)]
    [InlineData(1, 24)]
    [InlineData(2, 23)]
    [InlineData(0, 20)]
    [InlineData(9, 17)]
    public void No_hour_beats_business_hours_or_undercuts_the_night(double start, double end)
    {
        var season = new Seasonality(Defaults with { BusinessStart = TimeSpan.FromHours(start), BusinessEnd = TimeSpan.FromHours(end) });
        for (var minute = 0; minute < 24 * 60; minute++)
        {
            var factor = season.Factor(Instant("2026-01-06T00:00Z").AddMinutes(minute));
            Assert.InRange(factor, 0.3 - 1e-9, 2 + 1e-9);
            var hour = minute / 60.0;
            if (hour > start + 0.25 && hour < end - 0.25) Assert.Equal(2, factor, 1e-9);
            else if (Apart(hour, start) > 0.25 && Apart(hour, end) > 0.25) Assert.InRange(factor, 0.3 - 1e-9, 1 + 1e-9);
        }
    }

    [Fact]
    public void Business_hours_all_day_are_flat()
    {
        var season = new Seasonality(Defaults with { BusinessStart = TimeSpan.Zero, BusinessEnd = TimeSpan.FromHours(24) });
        for (var minute = 0; minute < 24 * 60; minute++) Assert.Equal(2, season.Factor(Instant("2026-01-06T00:00Z").AddMinutes(minute)), 1e-9);
    }

    [Fact]
    public void Edges_are_smooth()
    {
        var season = new Seasonality(Defaults);
        var last = season.Factor(Instant("2026-01-06T00:00Z"));
        for (var second = 10; second < 24 * 3600; second += 10)
        {
            var factor = season.Factor(Instant("2026-01-06T00:00Z").AddSeconds(second));
            // The slope of 3x² − 2x³ is at most 1.5: 1.5 · height · 10 s / 1800 s.
            Assert.InRange(Math.Abs(factor - last), 0, (1.5 / 180) + 1e-9);
            last = factor;
        }
    }

    /// <summary>Distance of two times of day around the clock, in hours.</summary>
    private static double Apart(double a, double b) => Math.Abs(Math.IEEERemainder(a - b, 24));

    private static void AssertFactor(SeasonalOptions options, string instant, double expected) =>
        Assert.Equal(expected, new Seasonality(options).Factor(Instant(instant)), 1e-9);

    private static DateTimeOffset Instant(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
