using System.Globalization;
using MetricsSim.Core.Engine;
using Xunit;

namespace MetricsSim.Core.Tests.Engine;

/// <summary>
/// Arrivals follow the local clock across a change to and from daylight saving time: rates in windows of constant factor, each window a
/// Poisson count with a known mean, and their ratios with standard error r·√(1/n₁ + 1/n₂).
/// </summary>
public sealed class SeasonalArrivalTests
{
    private const int Users = 300;
    private const double PerHour = Users * 2.0;

    [Theory]
    [InlineData("Europe/Berlin", "2026-03-26")]
    [InlineData("Europe/Berlin", "2026-10-22")]
    [InlineData("America/New_York", "2026-03-05")]
    [InlineData("America/New_York", "2026-10-29")]
    public void Rates_follow_the_local_clock_across_a_change(string zone, string thursday)
    {
        var timeZone = TimeZoneInfo.FindSystemTimeZoneById(zone);
        var first = DateTime.Parse(thursday, CultureInfo.InvariantCulture);
        var options = TestWorlds.Homogeneous(Users).WithoutRequests();
        var world = new World(options with
        {
            Start = Local(first, timeZone),
            Tick = TimeSpan.FromMinutes(1),
            Activity = options.Activity with { Seasonal = new() { TimeZone = timeZone } },
        });
        long SessionsUntil(DateTime local)
        {
            world.Step((long)(Local(local, timeZone) - world.Now).TotalMinutes);
            return world.Started();
        }

        long business = 0, night = 0, shoulder = 0, weekendBusiness = 0;
        for (var day = 0; day < 6; day++)
        {
            var date = first.AddDays(day);
            Assert.Equal(DayOfWeek.Thursday, first.DayOfWeek);
            var weekend = date.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;
            var factor = weekend ? 0.3 : 1;
            // Windows between the smooth edges; on a Sunday the night from 4 is after the change.
            var dayNight = Window(date, 4, 6.75, 0.3 * factor);
            var dayShoulder = Window(date, 7.25, 8.75, factor);
            var dayBusiness = Window(date, 9.25, 16.75, 2 * factor);
            if (weekend)
            {
                weekendBusiness += dayBusiness;
                continue;
            }

            night += dayNight;
            shoulder += dayShoulder;
            business += dayBusiness;
        }

        AssertRatio(2 / 0.3, business, 7.5, night, 2.75);
        AssertRatio(2, business, 7.5, shoulder, 1.5);
        AssertRatio(0.3, weekendBusiness, 2 * 7.5, business, 4 * 7.5);

        long Window(DateTime date, double from, double to, double factor)
        {
            var before = SessionsUntil(date.AddHours(from));
            var count = SessionsUntil(date.AddHours(to)) - before;
            Statistics.AssertPoisson(PerHour * (to - from) * factor, count, $"{date:ddd yyyy-MM-dd} {from} to {to} h");
            return count;
        }
    }

    /// <summary>A Sunday has 23 hours in March and 25 in October; the hour is one of the night: 0.3 · 0.3 of the rate.</summary>
    [Theory]
    [InlineData("2026-03-29", 23)]
    [InlineData("2026-10-25", 25)]
    public void The_day_of_a_change_is_an_hour_shorter_or_longer(string sunday, int hours)
    {
        var berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
        var date = DateTime.Parse(sunday, CultureInfo.InvariantCulture);
        var options = TestWorlds.Homogeneous(Users).WithoutRequests();
        var world = new World(options with
        {
            Start = Local(date, berlin),
            Tick = TimeSpan.FromMinutes(1),
            Activity = options.Activity with { Seasonal = new() { TimeZone = berlin } },
        });
        world.Step((long)(Local(date.AddDays(1), berlin) - world.Now).TotalMinutes);
        Assert.Equal(hours, (world.Now - world.Options.Start).TotalHours);
        // The smooth edges are symmetric about their middle, so the day's integral is that of sharp ones.
        Statistics.AssertPoisson(PerHour * 0.3 * ((8 * 2) + (4 * 1) + ((hours - 12) * 0.3)), world.Started(), "sessions of the day");
    }

    [Fact]
    public void Bursts_multiply_the_rate_in_their_windows()
    {
        var options = TestWorlds.Homogeneous(Users).WithoutRequests();
        var world = new World(options with
        {
            Activity = options.Activity with { Burst = new() { Enabled = true, Intensity = 4, Duration = TimeSpan.FromMinutes(10) } },
        });
        var before = world.StepSeconds(1800).Started();
        var within = world.StepSeconds(600).Started() - before;
        var after = world.StepSeconds(1200).Started() - before - within;
        Statistics.AssertPoisson(PerHour / 2, before, "before");
        Statistics.AssertPoisson(PerHour * 4 / 6, within, "within");
        Statistics.AssertPoisson(PerHour / 3, after, "after");
    }

    private static void AssertRatio(double expected, long count, double hours, long otherCount, double otherHours)
    {
        var ratio = count / hours / (otherCount / otherHours);
        Statistics.AssertNear(expected, ratio, expected * Math.Sqrt((1.0 / count) + (1.0 / otherCount)), "ratio");
    }

    private static DateTimeOffset Local(DateTime local, TimeZoneInfo zone) => new(local, zone.GetUtcOffset(local));
}
