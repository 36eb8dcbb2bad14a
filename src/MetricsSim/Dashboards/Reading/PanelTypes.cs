namespace MetricsSim.Dashboards.Reading;

/// <summary>Types of panels that are known: those that come with Grafana 11.</summary>
internal static class PanelTypes
{
    private static readonly HashSet<string> Known =
    [
        "alertlist", "annolist", "bargauge", "barchart", "canvas", "candlestick", "dashlist", "datagrid", "flamegraph", "gauge", "geomap", "graph", "heatmap", "histogram",
        "logs", "news", "nodeGraph", "piechart", "singlestat", "stat", "state-timeline", "status-history", "table", "table-old", "text", "timeseries", "traces", "trend", "xychart",
    ];

    /// <summary>Whether a type comes with Grafana.</summary>
    /// <param name="type">The type.</param>
    public static bool IsKnown(string type) => Known.Contains(type);
}
