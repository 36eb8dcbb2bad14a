using MetricsSim.Dashboards.Benchmarks;
using MetricsSim.Prometheus;

namespace MetricsSim.Studies;

/// <summary>Asks queries and takes the time, from the request to the last byte of the answer.</summary>
/// <param name="server">The server.</param>
/// <param name="from">First time of range queries, s since the Unix epoch.</param>
/// <param name="to">Their last time, and that of instant ones.</param>
/// <param name="step">Their step, s.</param>
/// <param name="repeat">How often to ask after the first time.</param>
internal sealed class QueryMeasure(StudyServer server, double from, double to, double step, int repeat)
{
    private readonly Dictionary<(string Selector, QueryForm Form), long> _series = [];

    /// <summary>What a query may cost in all; slow ones are repeated less often, at least once.</summary>
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(20);

    /// <summary>Measures a query.</summary>
    /// <param name="query">The query.</param>
    /// <param name="form">How it is asked.</param>
    /// <param name="stop">Gives up.</param>
    /// <returns>What it cost; a query that fails has its reason.</returns>
    /// <exception cref="StudyServerException">The server ended.</exception>
    public async Task<QueryCost> AskAsync(StudyQuery query, QueryForm form, CancellationToken stop)
    {
        var cost = new QueryCost { Class = query.Class, Form = form, Expression = query.Expression };
        try
        {
            var first = await TimeAsync(query.Expression, form, stop);
            cost = cost with { Results = Count(first.Result), Samples = first.Stats?.Samples };
            var times = new List<double> { first.Elapsed.TotalMilliseconds };
            while (times.Count <= repeat && (times.Count == 1 || times.Sum() < Budget.TotalMilliseconds))
                times.Add((await TimeAsync(query.Expression, form, stop)).Elapsed.TotalMilliseconds);
            cost = cost with { Timing = Timing.Of(times), Problem = cost.Results == 0 ? "no data" : null };
            return cost with { Series = await SeriesAsync(query.Selectors, form, stop) };
        }
        catch (PrometheusException e)
        {
            if (e.Failure == PrometheusFailure.Unreachable) throw new StudyServerException(await server.EndingAsync(stop) ?? e.Message);
            return cost.Timing is null ? cost with { Problem = e.Message } : cost;
        }
    }

    private Task<PrometheusAnswer> TimeAsync(string expression, QueryForm form, CancellationToken stop) => form == QueryForm.Range
        ? server.Client.MeasureRangeAsync(expression, from, to, step, stop)
        : server.Client.MeasureAsync(expression, to, stop);

    private static int Count(PrometheusResult result) => result switch
    {
        PrometheusVector vector => vector.Elements.Count,
        PrometheusMatrix matrix => matrix.Series.Count,
        _ => 1,
    };

    /// <summary>How many series some selectors find; <c>api/v1/series</c> would list all of them.</summary>
    private async Task<long> SeriesAsync(IEnumerable<string> selectors, QueryForm form, CancellationToken stop)
    {
        var sum = 0L;
        foreach (var selector in selectors)
        {
            if (!_series.TryGetValue((selector, form), out var count))
            {
                var touched = form == QueryForm.Range ? $"last_over_time({selector}[{PrometheusClient.Seconds(to - from)}s])" : selector;
                count = await server.Client.QueryAsync($"count({touched})", to, stop) is PrometheusVector { Elements: [var only] } ? (long)only.Value : 0;
                _series[(selector, form)] = count;
            }

            sum += count;
        }

        return sum;
    }
}
