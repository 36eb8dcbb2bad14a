using MetricsSim.Dashboards.Model;
using MetricsSim.Dashboards.Variables;
using MetricsSim.Prometheus;

namespace MetricsSim.Dashboards;

/// <summary>A query of a panel, ready to be sent.</summary>
/// <param name="Target">The query it comes from.</param>
/// <param name="Expression">PromQL without variables.</param>
/// <param name="From">First time, seconds since the Unix epoch; the time itself for an instant query.</param>
/// <param name="To">Last time.</param>
/// <param name="Step">Seconds between; null for an instant query.</param>
/// <param name="Legend">Name of its series with <c>{{label}}</c>, variables filled in.</param>
internal sealed record PanelQuery(PanelTarget Target, string Expression, double From, double To, double? Step, string Legend)
{
    /// <summary>Sends it.</summary>
    /// <param name="client">To where.</param>
    /// <param name="stop">Gives up.</param>
    /// <exception cref="PrometheusException">There is no answer.</exception>
    public Task<PrometheusAnswer> AskAsync(PrometheusClient client, CancellationToken stop) =>
        Step is { } step ? client.MeasureRangeAsync(Expression, From, To, step, stop) : client.MeasureAsync(Expression, To, stop);
}

/// <summary>Makes the queries that Grafana would send for a dashboard.</summary>
/// <param name="variables">Values of its variables.</param>
/// <param name="scrapeInterval">Scrape interval of the data source: <c>timeInterval</c> of Grafana, 15 s by default.</param>
/// <param name="boardWidth">Width of the 24 columns in pixels.</param>
internal sealed class PanelQueries(IReadOnlyDictionary<string, VariableValue> variables, TimeSpan scrapeInterval, int boardWidth = PanelQueries.UsualWidth)
{
    /// <summary>Width of a dashboard in a browser window of 1920 pixels with the menu folded.</summary>
    public const int UsualWidth = 1860;

    /// <summary>Points that Grafana asks for an annotation (<c>executeAnnotationQuery</c>).</summary>
    public const int PointsOfAnnotation = 100;

    /// <summary>Grafana's scrape interval unless the data source says otherwise.</summary>
    public static readonly TimeSpan UsualScrapeInterval = TimeSpan.FromSeconds(15);

    /// <summary>Width of a panel in pixels, which is how many points it asks for.</summary>
    /// <param name="panel">The panel.</param>
    public int Width(Panel panel) => Math.Max(1, boardWidth * panel.Grid.W / GridPlace.Columns);

    /// <summary>The queries of a panel; none of those that are hidden.</summary>
    /// <param name="panel">The panel.</param>
    /// <param name="time">The time that the dashboard shows.</param>
    public IReadOnlyList<PanelQuery> Of(Panel panel, BoardTime time)
    {
        var shown = Shown(panel, time);
        var queries = new List<PanelQuery>();
        foreach (var target in panel.Targets.Where(target => !target.Hidden))
        {
            var step = Step(panel, target, shown);
            var find = Finder(shown, step);
            var (expression, legend) = (Interpolation.Expression(target.Expression, find), Interpolation.Text(target.Legend, find));
            if (target.Range)
            {
                var (from, to) = step.Align(shown);
                queries.Add(new(target, expression, from, to, step.Step.TotalSeconds, legend));
            }

            if (target.Instant) queries.Add(new(target, expression, shown.ToSeconds, shown.ToSeconds, null, legend));
        }

        return queries;
    }

    /// <summary>The query of an annotation, which has a step of its own.</summary>
    /// <param name="annotation">The annotation.</param>
    /// <param name="time">The time that the dashboard shows.</param>
    public PanelQuery Of(DashboardAnnotation annotation, BoardTime time)
    {
        var target = new PanelTarget { RefId = annotation.Name, Expression = annotation.Expression, Interval = annotation.Step };
        var step = QueryStep.Of(new Panel { Type = "annotation", MaxDataPoints = PointsOfAnnotation }, target, time.Length, 1, scrapeInterval);
        var (from, to) = step.Align(time);
        return new(target, Interpolation.Expression(annotation.Expression, Finder(time, step)), from, to, step.Step.TotalSeconds, annotation.TitleFormat);
    }

    /// <summary>A panel's title or description with variables filled in.</summary>
    /// <param name="text">The text.</param>
    /// <param name="time">The time that the dashboard shows.</param>
    public string Text(string text, BoardTime time) => Interpolation.Text(text, Finder(time, null));

    /// <summary>An expression with the dashboard's variables filled in; Grafana's server does the intervals.</summary>
    /// <param name="expression">The expression.</param>
    /// <param name="time">The time that the panel shows.</param>
    public string ForServer(string expression, BoardTime time)
    {
        var globals = new GlobalVariables(time);
        return Interpolation.Expression(
            expression, name => variables.GetValueOrDefault(name) ?? (name.StartsWith("__range", StringComparison.Ordinal) ? null : globals.Find(name)));
    }

    /// <summary>The time that a panel shows: that of the dashboard unless it has one of its own, or is shifted.</summary>
    /// <param name="panel">The panel.</param>
    /// <param name="time">The time that the dashboard shows.</param>
    public static BoardTime Shown(Panel panel, BoardTime time)
    {
        if (GrafanaInterval.Parse(panel.TimeFrom) is { } length) time = BoardTime.Last(length, time.To);
        return GrafanaInterval.Parse(panel.TimeShift) is { } shift ? new(time.From - shift, time.To - shift) : time;
    }

    /// <summary>The step of a query.</summary>
    /// <param name="panel">The panel.</param>
    /// <param name="target">The query.</param>
    /// <param name="shown">The time that the panel shows.</param>
    public QueryStep Step(Panel panel, PanelTarget target, BoardTime shown)
    {
        var find = Finder(shown, null);
        string Filled(string interval) => Interpolation.Text(interval, find);
        return QueryStep.Of(panel with { IntervalMin = Filled(panel.IntervalMin) }, target with { Interval = Filled(target.Interval) }, shown.Length, Width(panel), scrapeInterval);
    }

    private Func<string, VariableValue?> Finder(BoardTime time, QueryStep? step)
    {
        var globals = new GlobalVariables(time, step);
        return name => variables.GetValueOrDefault(name) ?? globals.Find(name);
    }
}
