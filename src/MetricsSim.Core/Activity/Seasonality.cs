using MetricsSim.Core.Engine;

namespace MetricsSim.Core.Activity;

/// <summary>The factor of the day and the week on arrivals, by local time of an IANA zone; a day with a DST change has 23 or 25 hours of it.</summary>
public sealed class Seasonality
{
    private const double Day = 24 * 3600;
    private readonly SeasonalOptions _options;
    private readonly (double Hour, double Before, double After)[] _edges;

    /// <summary>Prepares the day's edges.</summary>
    /// <param name="options">Validated options.</param>
    public Seasonality(SeasonalOptions options)
    {
        _options = options;
        var start = options.BusinessStart.TotalSeconds;
        var end = options.BusinessEnd.TotalSeconds;
        // Where the night is shorter than two shoulders they meet in its middle: one day's shoulders never add to the next's.
        var shoulder = Math.Min(options.Shoulder.TotalSeconds, (Day - (end - start)) / 2);
        _edges =
        [
            (start - shoulder, options.NightMultiplier, options.ShoulderMultiplier),
            (start, options.ShoulderMultiplier, options.BusinessMultiplier),
            (end, options.BusinessMultiplier, options.ShoulderMultiplier),
            (end + shoulder, options.ShoulderMultiplier, options.NightMultiplier),
        ];
    }

    /// <summary>The factor at an instant.</summary>
    /// <param name="instant">Any instant.</param>
    /// <returns>The product of the day's and the week's factor.</returns>
    public double Factor(DateTimeOffset instant)
    {
        var local = TimeZoneInfo.ConvertTime(instant, _options.TimeZone);
        var weekend = local.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;
        return DayFactor(local.TimeOfDay.TotalSeconds) * (weekend ? _options.WeekendMultiplier : 1);
    }

    /// <summary>The day's factor: a sum of smooth steps centred on the edges, taken around the clock so that edges may pass midnight.</summary>
    private double DayFactor(double second)
    {
        var factor = _options.NightMultiplier;
        foreach (var (edge, before, after) in _edges)
        {
            var height = after - before;
            if (height == 0) continue;
            // Each edge happened on this day or, seen from yesterday's or tomorrow's clock, one day off.
            factor += height * (Step(second - edge) + (Step(second - edge + Day) - 1) + Step(second - edge - Day));
        }

        return Math.Max(0, factor);
    }

    /// <summary>Smoothstep 3x² − 2x³ over the edge's width: 0 before, ½ on the edge, 1 after.</summary>
    private double Step(double distance)
    {
        var width = _options.Edge.TotalSeconds;
        if (width <= 0) return distance >= 0 ? 1 : 0;
        var x = Math.Clamp((distance / width) + 0.5, 0, 1);
        return x * x * (3 - (2 * x));
    }
}
