using MetricsSim.Analysis.Indicators.PromQl;
using MetricsSim.Prometheus;

namespace MetricsSim.Judging;

/// <summary>Asks a Prometheus, patiently where that is wanted.</summary>
/// <param name="client">The Prometheus.</param>
/// <param name="patience">Waits for one that is away; null fails at once.</param>
internal sealed class PrometheusQueries(PrometheusClient client, Patience? patience)
{
    /// <summary>Its address, to show.</summary>
    public string Address => client.Address;

    /// <summary>An instant query.</summary>
    /// <param name="query">The query.</param>
    /// <param name="stop">Gives up.</param>
    /// <returns>What it came to.</returns>
    public Task<PrometheusResult> InstantAsync(PromQlQuery query, CancellationToken stop) =>
        TryAsync(given => client.QueryAsync(query.Expression, query.From, given), stop);

    /// <summary>A query whose result is one series without labels.</summary>
    /// <param name="query">The query.</param>
    /// <param name="stop">Gives up.</param>
    /// <returns>Its points; none where there is no result.</returns>
    public async Task<IReadOnlyList<PromQlPoint>> PointsAsync(PromQlQuery query, CancellationToken stop)
    {
        if (query.Step is { } step)
        {
            var series = await TryAsync(given => client.QueryRangeAsync(query.Expression, query.From!.Value, query.To, step, given), stop);
            return series is [var only, ..] ? [.. only.Samples.Select(sample => new PromQlPoint(sample.Time, sample.Value))] : [];
        }

        return await InstantAsync(query, stop) switch
        {
            PrometheusScalar scalar => [new(query.From ?? double.NaN, scalar.Value)],
            PrometheusVector { Elements: [var only, ..] } => [new(query.From ?? double.NaN, only.Value)],
            _ => [],
        };
    }

    private async Task<T> TryAsync<T>(Func<CancellationToken, Task<T>> attempt, CancellationToken stop) =>
        patience is null ? await attempt(stop) : await patience.TryAsync(attempt, e => e is PrometheusException { IsTransient: true }, stop);
}
