using MetricsSim.Dashboards.Benchmarks;
using MetricsSim.Dashboards.Grafana;
using MetricsSim.Prometheus;

namespace MetricsSim.Cli.Dashboards;

/// <summary>The servers that dashboards are loaded through.</summary>
internal sealed class BenchServers : IDisposable
{
    private readonly GrafanaBoards? _grafana;

    private BenchServers(PrometheusClient? prometheus, GrafanaBoards? grafana)
    {
        _grafana = grafana;
        All = [.. new IBoardServer?[] { prometheus is null ? null : new PrometheusBoards(prometheus), grafana }.OfType<IBoardServer>()];
    }

    /// <summary>All of them, at least one.</summary>
    public IReadOnlyList<IBoardServer> All { get; }

    /// <summary>Gets ready to ask.</summary>
    /// <param name="prometheus">The Prometheus; null for none.</param>
    /// <param name="grafana">The Grafana; null for none.</param>
    /// <param name="stop">Gives up.</param>
    /// <exception cref="PrometheusException">Grafana gives no answer, or has no Prometheus.</exception>
    public static async Task<BenchServers> OpenAsync(PrometheusClient? prometheus, GrafanaClient? grafana, CancellationToken stop)
    {
        if (grafana is null) return new(prometheus, null);
        var sources = await grafana.DatasourcesAsync(stop);
        return sources.Count > 0
            ? new(prometheus, new GrafanaBoards(grafana, sources))
            : throw new PrometheusException(PrometheusFailure.Malformed, $"Grafana at {grafana.Address} has no data source that is a Prometheus", transient: false);
    }

    /// <inheritdoc />
    public void Dispose() => _grafana?.Dispose();
}
