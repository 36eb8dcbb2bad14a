using MetricsSim.Dashboards.Drawing.Data;
using MetricsSim.Dashboards.Model;

namespace MetricsSim.Dashboards.Drawing.Tables;

/// <summary>Makes tables of series as Grafana's data source for Prometheus does.</summary>
internal static class SeriesFrames
{
    /// <summary>Makes tables: one for each query of format <c>table</c>, one for each series of others.</summary>
    /// <param name="data">The panel.</param>
    public static IReadOnlyList<TableFrame> Of(PanelData data)
    {
        var queries = data.Panel.Targets.Count(target => !target.Hidden);
        return
        [
            .. data.Series.GroupBy(series => series.Target.RefId, StringComparer.Ordinal)
                .SelectMany(group => group.First().Target.Format == TargetFormat.Table ? [Table([.. group], queries > 1)] : group.Select(Single)),
        ];
    }

    private static TableFrame Table(IReadOnlyList<PanelSeries> all, bool several)
    {
        var refId = all[0].Target.RefId;
        var labels = all.SelectMany(series => series.Labels.Keys).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        var rows = all.SelectMany(series => series.Samples.Select(sample => (IReadOnlyList<TableCell>)
        [
            new TableCell(null, sample.Time * 1000),
            .. labels.Select(label => series.Labels.TryGetValue(label, out var text) ? new TableCell(text, double.NaN) : TableCell.Empty),
            new TableCell(null, sample.Value),
        ]));
        return new(
            [TableColumn.Plain(TableColumn.TimeName, refId), .. labels.Select(label => TableColumn.Plain(label, refId)), TableColumn.Plain(several ? $"Value #{refId}" : "Value", refId)],
            [.. rows]);
    }

    private static TableFrame Single(PanelSeries series) => new(
        [TableColumn.Plain(TableColumn.TimeName, series.Target.RefId), new TableColumn(series.Name, series.Target.RefId, series.Labels)],
        [.. series.Samples.Select(sample => (IReadOnlyList<TableCell>)[new TableCell(null, sample.Time * 1000), new TableCell(null, sample.Value)])]);
}
