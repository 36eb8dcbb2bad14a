using MetricsSim.Configuration;
using MetricsSim.Core.Series;

namespace MetricsSim.Cli.Cardinality;

/// <summary>What a configuration's series come to, as they are shown: whole numbers.</summary>
internal sealed record Prediction
{
    /// <summary>Series on the page at the start.</summary>
    public required long SeriesAtStart { get; init; }

    /// <summary>The most series in the head of a Prometheus in a day.</summary>
    public required long MostInHead { get; init; }

    /// <summary>The day, hour by hour.</summary>
    public required IReadOnlyList<PredictedHour> Day { get; init; }

    /// <summary>All metrics, those with the most series first.</summary>
    public required IReadOnlyList<MetricCount> Metrics { get; init; }

    /// <summary>The labels there are and what each costs, the dearest first.</summary>
    public required IReadOnlyList<CostOf> Labels { get; init; }

    /// <summary>What each switch of <c>telemetry.labels</c> costs.</summary>
    public required IReadOnlyList<CostOfSwitch> Switches { get; init; }

    /// <summary>The limits.</summary>
    public required IReadOnlyList<LimitCheck> Limits { get; init; }

    /// <summary>Predicts.</summary>
    /// <param name="config">A valid configuration.</param>
    public static Prediction Of(SimulatorConfig config)
    {
        var forecast = new CardinalityForecast(config.World);
        var switches = LabelCosts.OfSwitches(config.World, forecast);
        MetricCount[] metrics = [.. forecast.Metrics.Select(metric => new MetricCount(metric.Metric, Whole(metric.Series), Whole(metric.Combinations)))];
        return new Prediction
        {
            SeriesAtStart = Whole(forecast.Day[0].Page),
            MostInHead = Whole(forecast.Peak),
            Day = [.. forecast.Day.Select(at => new PredictedHour(at.Hour, Whole(at.Page), Whole(at.Head), Whole(at.Created)))],
            Metrics = metrics,
            Labels = [.. LabelCosts.Of(config.World, forecast, switches).Select(label => new CostOf(label.Label, Whole(label.Costs)))],
            Switches = [.. switches.Select(one => new CostOfSwitch(one.Label, one.On, Whole(one.Costs)))],
            Limits = LimitCheck.All(config.Document.Benchmarks.CardinalityLimits, Whole(forecast.Peak), metrics),
        };
    }

    private static long Whole(double series) => (long)Math.Round(series);
}

/// <summary>Series at an hour of the day.</summary>
/// <param name="Hour">Hours since the start.</param>
/// <param name="Page">On the page.</param>
/// <param name="Head">In the head of a Prometheus.</param>
/// <param name="Created">Since the start.</param>
internal sealed record PredictedHour(int Hour, long Page, long Head, long Created);

/// <summary>What a label costs.</summary>
/// <param name="Label">Its name.</param>
/// <param name="Series">Series that there would not be without it.</param>
internal sealed record CostOf(string Label, long Series);

/// <summary>What a switch costs.</summary>
/// <param name="Label">Its key in <c>telemetry.labels</c>.</param>
/// <param name="On">Whether it is on.</param>
/// <param name="Series">Series with it on, less those with it off.</param>
internal sealed record CostOfSwitch(string Label, bool On, long Series);
