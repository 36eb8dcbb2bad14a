using MetricsSim.Analysis.Indicators.PromQl;
using MetricsSim.Analysis.Runs;
using MetricsSim.Prometheus;

namespace MetricsSim.Judging;

/// <summary>Plots and totals of a run from a Prometheus. Offered attempts aren't published, so they stay empty.</summary>
/// <param name="history">The run.</param>
internal sealed class RunPlots(RunHistory history)
{
    private const int MostBins = 240;

    private readonly List<string> _notes = [];
    private readonly PromQlScope _whole = new(history.Run, history.Clock, history.Names, null);

    /// <summary>What could not be drawn or added up, and why.</summary>
    public IReadOnlyList<string> Notes => _notes;

    /// <summary>Adds the run up.</summary>
    /// <param name="stop">Gives up.</param>
    /// <returns>Its totals, from the first scrape to the last.</returns>
    public async Task<RunTotals> TotalsAsync(CancellationToken stop)
    {
        var names = history.Names;
        async Task<double> Sum(string counter)
        {
            var points = await TryAsync(PromQlQuery.At($"sum(increase({counter}[{_whole.Range}]))", _whole.To.Wall), stop);
            return points is [var only] && double.IsFinite(only.Value) ? only.Value : 0;
        }

        var cost = await Sum(names.Cost);
        var month = cost / history.Run.Options.Population.Total / history.Run.Duration.TotalHours * RunTotals.WorkingHours;
        return new(
            Whole(await Sum(names.Sessions)), Whole(await Sum(names.Requests)), Whole(await Sum(names.GivenUp)), Whole(await Sum(names.Tokens)), cost, month);
    }

    /// <summary>Cuts the run into bins of at least two scrapes.</summary>
    /// <param name="stop">Gives up.</param>
    /// <returns>At most 240 bins.</returns>
    public async Task<RunBins> BinsAsync(CancellationToken stop)
    {
        var (from, to) = (_whole.From.Wall, _whole.To.Wall);
        var count = Math.Clamp((int)((to - from) / (2 * _whole.Step)), 1, MostBins);
        var width = Math.Max(0.001, Math.Floor((to - from) / count * 1000) / 1000);
        var ends = Enumerable.Range(1, count).Select(i => from + (i * width)).ToArray();
        var range = PromQlScope.Duration(width);
        var names = history.Names;
        Task<double[]> Mean(string gauge) => Column($"sum(avg_over_time({gauge}[{range}]))");
        Task<double[]> Rate(string counter, double factor = 1) => Column($"sum(rate({counter}[{range}]))", factor / history.Clock.Pace);
        Task<double[]> Quantile(double q) => Column($"histogram_quantile({q}, sum by (le) (rate({names.Durations}[{range}])))", 1000);
        async Task<double[]> Column(string expression, double factor = 1)
        {
            var points = await TryAsync(new(expression, ends[0], ends[^1], width), stop);
            var column = Enumerable.Repeat(double.NaN, count).ToArray();
            foreach (var point in points) column[Math.Clamp((int)Math.Round((point.Wall - ends[0]) / width), 0, count - 1)] = point.Value * factor;
            return column;
        }

        return new RunBins
        {
            Seconds = [.. ends.Select(history.Clock.SimulatedAt)],
            Load = await Mean(names.Load),
            ActiveSessions = await Mean(names.ActiveSessions),
            RequestsPerSecond = await Rate(names.Requests),
            OfferedPerSecond = [.. ends.Select(_ => double.NaN)],
            GoodputPerSecond = await Rate(names.Succeeded),
            Capacity = await Mean(names.Capacity),
            ErrorRate = await Column($"(sum(rate({names.GivenUp}[{range}])) or vector(0)) / sum(rate({names.Requests}[{range}]))"),
            P50Milliseconds = await Quantile(0.5),
            P95Milliseconds = await Quantile(0.95),
            P99Milliseconds = await Quantile(0.99),
            Utilization = await Mean(names.Utilization),
            Backlog = await Mean(names.Backlog),
            CostPerHour = await Rate(names.Cost, 3600),
        };
    }

    private static long Whole(double value) => (long)Math.Round(value);

    /// <summary>What a Prometheus finds too much stays empty, with a note.</summary>
    private async Task<IReadOnlyList<PromQlPoint>> TryAsync(PromQlQuery query, CancellationToken stop)
    {
        try
        {
            return await history.Ask.PointsAsync(query, stop);
        }
        catch (PrometheusException e) when (!e.IsTransient)
        {
            _notes.Add($"no answer to {query.Expression}: {e.Message}");
            return [];
        }
    }
}
