using MetricsSim.Configuration.Document;
using MetricsSim.Core.Engine;

namespace MetricsSim.Configuration.Domain;

/// <summary>Converts <c>activity_models</c>.</summary>
internal static class ActivityConverter
{
    private const string Path = "activity_models";

    /// <summary>Converts it.</summary>
    public static ActivityOptions Convert(ActivitySection section, Report report) => new()
    {
        Brownian = Brownian(section.Brownian, report),
        Seasonal = Seasonal(section.Seasonal, report),
        Burst = Burst(section.Burst, report),
    };

    private static BrownianOptions Brownian(BrownianSection section, Report report)
    {
        if (section.Bounds.Low >= section.Bounds.High) report.Error($"{Path}.brownian.bounds", "the two bounds must differ");
        return new BrownianOptions
        {
            Volatility = section.Volatility,
            MeanReversion = section.MeanReversion,
            Dt = section.Dt,
            TimeUnit = section.TimeUnit,
            LowerBound = section.Bounds.Low,
            UpperBound = section.Bounds.High,
        };
    }

    private static SeasonalOptions Seasonal(SeasonalSection section, Report report)
    {
        var options = new SeasonalOptions
        {
            TimeZone = TimeZones.Find(section.Timezone, $"{Path}.seasonal.timezone", report) ?? TimeZoneInfo.Utc,
            BusinessStart = section.BusinessHours.Start,
            BusinessEnd = section.BusinessHours.End,
            BusinessMultiplier = section.BusinessHoursMultiplier,
            Shoulder = section.Shoulder,
            ShoulderMultiplier = section.ShoulderMultiplier,
            NightMultiplier = section.NightMultiplier,
            WeekendMultiplier = section.WeekendMultiplier,
            Edge = section.Edge,
        };
        CheckEdge(options, report);
        return options;
    }

    // Transitions are centred on their edges: where two would overlap, the curve is not defined.
    private static void CheckEdge(SeasonalOptions options, Report report)
    {
        const string Seasonal = Path + ".seasonal";
        if (report.Failed(Seasonal)) return;
        var business = options.BusinessEnd - options.BusinessStart;
        if (options.Edge > business)
            report.Error($"{Seasonal}.edge", $"longer than the business hours ({business.TotalHours} h)");
        else if (options.Shoulder > TimeSpan.Zero && options.Edge > options.Shoulder)
            report.Error(report.FirstSet($"{Seasonal}.edge", $"{Seasonal}.shoulder"), "edge is longer than shoulder");
        if (business + (2 * options.Shoulder) > TimeSpan.FromDays(1))
            report.Error(report.FirstSet($"{Seasonal}.shoulder", $"{Seasonal}.business_hours"), "business hours and both shoulders are longer than a day");
    }

    private static BurstOptions Burst(BurstSection section, Report report)
    {
        if (section.Duration > section.Interval && !report.Failed($"{Path}.burst"))
            report.Error(report.FirstSet($"{Path}.burst.duration", $"{Path}.burst.interval"), "duration is longer than interval");
        return new BurstOptions
        {
            Enabled = section.Enabled,
            Interval = section.Interval,
            Duration = section.Duration,
            Intensity = section.Intensity,
        };
    }
}
