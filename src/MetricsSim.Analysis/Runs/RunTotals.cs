namespace MetricsSim.Analysis.Runs;

/// <summary>What a run came to.</summary>
/// <param name="Sessions">Sessions started.</param>
/// <param name="Requests">API requests ended.</param>
/// <param name="GivenUp">Of these, given up.</param>
/// <param name="Tokens">Tokens of all types.</param>
/// <param name="CostUsd">Cost in USD.</param>
/// <param name="CostPerUserMonthUsd">Cost of a user in a month whose working hours are like this run.</param>
public sealed record RunTotals(long Sessions, long Requests, long GivenUp, long Tokens, double CostUsd, double CostPerUserMonthUsd)
{
    /// <summary>Working hours of a month: 22 days of 8 hours.</summary>
    public const double WorkingHours = 22 * 8;

    /// <summary>Adds a run up.</summary>
    /// <param name="run">The run.</param>
    /// <returns>Its totals.</returns>
    public static RunTotals Of(RecordedRun run)
    {
        var series = run.Series;
        var cost = series.NanoUsd[series.Count] / 1e9;
        var month = cost / run.Options.Population.Total / series.Duration.TotalHours * WorkingHours;
        var end = series.Count;
        return new(series.Sessions[end], series.Requests[end], series.GivenUp[end], series.Tokens[end], cost, month);
    }
}
