using MetricsSim.Dashboards.Model;
using MetricsSim.Dashboards.Variables;
using MetricsSim.Prometheus;

namespace MetricsSim.Dashboards.Benchmarks;

/// <summary>Through what a dashboard is loaded.</summary>
internal interface IBoardServer
{
    /// <summary><c>prometheus</c> or <c>grafana</c>.</summary>
    string Via { get; }

    /// <summary>Its address, to show.</summary>
    string Address { get; }

    /// <summary>Finds out what the variables are.</summary>
    /// <param name="dashboard">The dashboard.</param>
    /// <param name="time">The time shown.</param>
    /// <param name="given">Values that somebody chose.</param>
    /// <param name="stop">Gives up.</param>
    /// <exception cref="PrometheusException">There is no answer.</exception>
    Task<IReadOnlyDictionary<string, VariableValue>> VariablesAsync(
        Dashboard dashboard, BoardTime time, IReadOnlyDictionary<string, IReadOnlyList<string>> given, CancellationToken stop);

    /// <summary>The requests that a browser sends for the panels and annotations.</summary>
    /// <param name="dashboard">The dashboard.</param>
    /// <param name="queries">Makes queries, the variables filled in.</param>
    /// <param name="time">The time shown.</param>
    IReadOnlyList<BoardRequest> Requests(Dashboard dashboard, PanelQueries queries, BoardTime time);

    /// <summary>How many series some selectors find.</summary>
    /// <param name="selectors">The selectors.</param>
    /// <param name="from">Start, seconds since the Unix epoch.</param>
    /// <param name="to">End.</param>
    /// <param name="stop">Gives up.</param>
    /// <returns>Null where it can't say.</returns>
    Task<long?> CountSeriesAsync(IReadOnlyList<string> selectors, double from, double to, CancellationToken stop);
}

/// <summary>A request of a browser.</summary>
/// <param name="Panel">The panel it is for; an annotation is one of type <c>annotation</c>.</param>
/// <param name="Queries">The queries that it asks, one or more.</param>
/// <param name="Send">Sends it: an answer for each query, in order.</param>
internal sealed record BoardRequest(Panel Panel, IReadOnlyList<PanelQuery> Queries, Func<CancellationToken, Task<IReadOnlyList<QueryAnswer>>> Send)
{
    /// <summary>An annotation as a panel.</summary>
    /// <param name="annotation">The annotation.</param>
    public static Panel PanelOf(DashboardAnnotation annotation) => new() { Type = "annotation", Title = annotation.Name };
}

/// <summary>The answer to a query.</summary>
/// <param name="Milliseconds">From the request's start to its answer's last byte.</param>
/// <param name="Stats">What the server says of its work; null where it says nothing.</param>
/// <param name="Series">Series of the result.</param>
/// <param name="Points">Their samples.</param>
/// <param name="Bytes">Bytes of the answer.</param>
/// <param name="Error">Why there is no result; null if there is one.</param>
internal sealed record QueryAnswer(double Milliseconds, PrometheusQueryStats? Stats, int Series, long Points, int Bytes, string? Error);
