using MetricsSim.Configuration;
using MetricsSim.Dashboards.Grafana;
using MetricsSim.Dashboards.Model;
using MetricsSim.Dashboards.Reading;
using MetricsSim.Prometheus;

namespace MetricsSim.Cli.Dashboards;

/// <summary>Gets the dashboards that a command line names: files, or those of a Grafana.</summary>
/// <param name="invocation">The command line, and where errors and warnings go.</param>
/// <param name="boards">Which files, and which of them.</param>
internal sealed class BoardLoading(Invocation invocation, BoardFlags boards)
{
    /// <summary>Gets them.</summary>
    /// <param name="client">The Grafana; null for none.</param>
    /// <param name="stop">Gives up.</param>
    /// <returns>At least one; null after errors were printed.</returns>
    /// <exception cref="PrometheusException">Grafana gives no answer.</exception>
    public async Task<IReadOnlyList<Dashboard>?> LoadAsync(GrafanaClient? client, CancellationToken stop)
    {
        var uids = boards.Uids(invocation.Parse);
        var paths = boards.Paths(invocation.Parse);
        var readings = client is not null && paths.Count == 0 ? await FromAsync(client, uids, stop) : DashboardFiles.Read(paths);
        foreach (var warning in readings.SelectMany(reading => reading.Warnings)) await invocation.Terminal.Error.WriteLineAsync($"warning: {warning}");
        var errors = readings.SelectMany(reading => reading.Errors).Select(error => error.ToString()).ToList();
        var good = readings.Select(reading => reading.Dashboard).OfType<Dashboard>().ToList();
        var picked = uids.Count == 0 ? good : [.. good.Where(board => uids.Contains(board.Uid, StringComparer.Ordinal))];
        errors.AddRange(uids.Where(uid => !good.Exists(board => board.Uid == uid)).Select(uid => $"--dashboard: there is no dashboard with the uid {Quoting.Quote(uid)}"));
        if (errors.Count == 0 && picked.Count == 0) errors.Add($"{client?.Address}: there is no dashboard");
        // A dashboard that can't be read might have had the variable.
        if (errors.Count == 0) errors.AddRange(Missing(picked).Select(name => $"--var: no dashboard has a variable {Quoting.Quote(name)}"));
        foreach (var error in errors) await invocation.Terminal.Error.WriteLineAsync($"metricssim: {error}");
        return errors.Count > 0 ? null : picked;
    }

    private IEnumerable<string> Missing(IReadOnlyList<Dashboard> picked) =>
        boards.Variables(invocation.Parse).Keys.Except(picked.SelectMany(board => board.Variables).Select(variable => variable.Name), StringComparer.Ordinal);

    private static async Task<IReadOnlyList<DashboardReading>> FromAsync(GrafanaClient client, IReadOnlyList<string> uids, CancellationToken stop)
    {
        var readings = new List<DashboardReading>();
        foreach (var uid in (uids.Count > 0 ? uids : await client.SearchAsync(stop)).Distinct(StringComparer.Ordinal))
        {
            if (await client.DashboardAsync(uid, stop) is { } json) readings.Add(DashboardReader.Read($"{client.Address} {Quoting.Quote(uid, quotes: false)}", json));
        }

        return readings;
    }
}
