using MetricsSim.Dashboards.Model;
using MetricsSim.Dashboards.Variables;
using MetricsSim.Prometheus;

namespace MetricsSim.Dashboards.Benchmarks;

/// <summary>Loads dashboards through the API of a Prometheus: a request for each query.</summary>
/// <param name="client">The Prometheus.</param>
internal sealed class PrometheusBoards(PrometheusClient client) : IBoardServer
{
    /// <inheritdoc />
    public string Via => "prometheus";

    /// <inheritdoc />
    public string Address => client.Address;

    /// <inheritdoc />
    public Task<IReadOnlyDictionary<string, VariableValue>> VariablesAsync(
        Dashboard dashboard, BoardTime time, IReadOnlyDictionary<string, IReadOnlyList<string>> given, CancellationToken stop) =>
        new VariableResolver(client).ResolveAsync(dashboard, time, given, stop);

    /// <inheritdoc />
    public IReadOnlyList<BoardRequest> Requests(Dashboard dashboard, PanelQueries queries, BoardTime time) =>
    [
        .. dashboard.Panels.SelectMany(panel => queries.Of(panel, time).Select(query => Request(panel, query))),
        .. dashboard.Annotations.Where(annotation => annotation.Enabled).Select(annotation => Request(BoardRequest.PanelOf(annotation), queries.Of(annotation, time))),
    ];

    /// <inheritdoc />
    public async Task<long?> CountSeriesAsync(IReadOnlyList<string> selectors, double from, double to, CancellationToken stop)
    {
        try
        {
            return await client.CountSeriesAsync(selectors, from, to, stop);
        }
        catch (PrometheusException e) when (e.Failure != PrometheusFailure.Unreachable)
        {
            // What speaks the API of Prometheus need not know this.
            return null;
        }
    }

    private BoardRequest Request(Panel panel, PanelQuery query) => new(panel, [query], async stop => [await AskAsync(query, stop)]);

    private async Task<QueryAnswer> AskAsync(PanelQuery query, CancellationToken stop)
    {
        try
        {
            var answer = await query.AskAsync(client, stop);
            var series = answer.Result switch
            {
                PrometheusMatrix matrix => matrix.Series,
                PrometheusVector vector => vector.Elements,
                _ => [],
            };
            return new(answer.Elapsed.TotalMilliseconds, answer.Stats, series.Count, series.Sum(one => (long)one.Samples.Count), answer.Bytes, null);
        }
        catch (PrometheusException e) when (e.Failure != PrometheusFailure.Unreachable)
        {
            return new(0, null, 0, 0, 0, e.Message);
        }
    }
}
