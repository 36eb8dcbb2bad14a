namespace MetricsSim.Dashboards.Benchmarks;

/// <summary>A query with what it is part of.</summary>
/// <param name="Board">Its dashboard.</param>
/// <param name="Load">Which load of it.</param>
/// <param name="Panel">Its panel.</param>
/// <param name="Query">The query.</param>
internal sealed record BenchRow(BoardResult Board, LoadResult Load, PanelResult Panel, QueryResult Query)
{
    /// <summary>For people: dashboard, panel, and the query's name where there are several.</summary>
    public string Name => $"{Board.Title} › {Panel.Title}{(Panel.Queries.Count > 1 ? $" {Query.RefId}" : "")}";
}

/// <summary>Goes through a report.</summary>
internal static class BenchRows
{
    /// <summary>All queries.</summary>
    /// <param name="report">The report.</param>
    public static IEnumerable<BenchRow> Queries(BenchReport report) =>
        from board in report.Dashboards
        from load in board.Loads
        from panel in load.Panels
        from query in panel.Queries
        select new BenchRow(board, load, panel, query);
}
