using MetricsSim.Dashboards.Drawing.Data;
using MetricsSim.Dashboards.Model;
using MetricsSim.Dashboards.Variables;
using MetricsSim.Prometheus;

namespace MetricsSim.Dashboards.Drawing;

/// <summary>How dashboards are asked for.</summary>
internal sealed record BoardLoadOptions
{
    /// <summary>Values of variables that somebody chose, by name.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Variables { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>Scrape interval of the Prometheus.</summary>
    public TimeSpan ScrapeInterval { get; init; } = PanelQueries.UsualScrapeInterval;
}

/// <summary>Asks a Prometheus for all that dashboards show.</summary>
/// <param name="client">The Prometheus.</param>
/// <param name="options">How.</param>
internal sealed class BoardDataLoader(PrometheusClient client, BoardLoadOptions options)
{
    /// <summary>Series over time that are drawn in a panel at most.</summary>
    public const int MostSeries = 60;

    /// <summary>Values of one time that are drawn in a panel at most.</summary>
    public const int MostValues = 500;

    /// <summary>Times that are marked in a dashboard at most, the first ones.</summary>
    public const int MostMarks = 500;

    // A drawing is narrower than a browser: fewer points, of which a reader sees each.
    private const int PointsAcross = 720;

    /// <summary>As many queries as a browser has open at once.</summary>
    public const int Concurrency = 6;

    private static readonly string[] Sorting = ["sort", "topk", "bottomk"];

    /// <summary>Asks for a dashboard.</summary>
    /// <param name="dashboard">The dashboard.</param>
    /// <param name="time">The time it shows.</param>
    /// <param name="told">Told of each panel that is done; any thread may call it.</param>
    /// <param name="stop">Gives up.</param>
    /// <exception cref="PrometheusException">The Prometheus can't be reached, or doesn't know the values of a variable.</exception>
    public async Task<BoardData> LoadAsync(Dashboard dashboard, BoardTime time, Action told, CancellationToken stop)
    {
        var variables = await new VariableResolver(client).ResolveAsync(dashboard, time, options.Variables, stop);
        var queries = new PanelQueries(variables, options.ScrapeInterval, PointsAcross);
        var (marks, failedMarks) = await MarksAsync(dashboard, queries, time, stop);
        var panels = dashboard.Panels.Where(panel => !panel.Folded).ToList();
        var loaded = new PanelData[panels.Count];
        var side = new ParallelOptions { CancellationToken = stop, MaxDegreeOfParallelism = Concurrency };
        await Parallel.ForAsync(0, panels.Count, side, async (i, given) =>
        {
            loaded[i] = await PanelAsync(panels[i], queries, time, marks, given);
            told();
        });
        return new()
        {
            Dashboard = dashboard,
            Time = time,
            Choices =
            [
                .. dashboard.Variables.Where(variable => variable.Kind is not (VariableKind.Datasource or VariableKind.Constant or VariableKind.Adhoc))
                    .Select(variable => (variable.Label.Length > 0 ? variable.Label : variable.Name, variables[variable.Name].Text is { Length: > 0 } text ? text : "none")),
            ],
            Panels = loaded,
            FailedMarks = failedMarks,
        };
    }

    private async Task<PanelData> PanelAsync(Panel panel, PanelQueries queries, BoardTime time, IReadOnlyList<TimeMark> marks, CancellationToken stop)
    {
        var shown = PanelQueries.Shown(panel, time);
        var data = new PanelData
        {
            Panel = panel with { Title = queries.Text(panel.Title, time), Description = queries.Text(panel.Description, time) },
            From = shown.FromSeconds,
            To = shown.ToSeconds,
            Marks = marks,
            Content = queries.Text(panel.Options.At("content").AsText() ?? "", time),
        };
        var series = new List<PanelSeries>();
        try
        {
            foreach (var query in queries.Of(panel, time)) series.AddRange(await SeriesAsync(query, stop));
        }
        catch (PrometheusException e) when (OfQuery(e))
        {
            return data with { Error = e.Message };
        }

        var most = panel.Type is "timeseries" or "graph" or "trend" or "state-timeline" ? MostSeries : MostValues;
        return data with { Series = [.. series.Take(most)], LeftOut = Math.Max(0, series.Count - most) };
    }

    private async Task<IReadOnlyList<PanelSeries>> SeriesAsync(PanelQuery query, CancellationToken stop)
    {
        IEnumerable<PrometheusSeries> found = (await query.AskAsync(client, stop)).Result switch
        {
            PrometheusMatrix matrix => matrix.Series,
            PrometheusVector vector => Ordered(query.Expression, vector.Elements),
            PrometheusScalar scalar => [new(new Dictionary<string, string>(), [new(query.To, scalar.Value)])],
            _ => [],
        };
        return
        [
            .. found.Select(series => new PanelSeries
            {
                Target = query.Target,
                Name = SeriesNames.Of(query.Legend, series.Labels, query.Expression),
                Labels = series.Labels,
                Samples = series.Samples,
                Step = query.Step ?? 0,
            }),
        ];
    }

    /// <summary>The order of a vector means something only where the expression sorts it; elsewhere it would change from one time to another.</summary>
    private static IEnumerable<PrometheusSeries> Ordered(string expression, IReadOnlyList<PrometheusSeries> elements)
    {
        var sorts = Sorting.Any(name => expression.TrimStart().StartsWith(name, StringComparison.Ordinal));
        return sorts ? elements : elements.OrderBy(series => string.Join('\0', series.Labels.OrderBy(label => label.Key, StringComparer.Ordinal).Select(label => $"{label.Key}\0{label.Value}")), StringComparer.Ordinal);
    }

    private async Task<(IReadOnlyList<TimeMark> Marks, IReadOnlyList<(string Annotation, string Error)> Failed)> MarksAsync(Dashboard dashboard, PanelQueries queries, BoardTime time, CancellationToken stop)
    {
        var marks = new List<TimeMark>();
        var failed = new List<(string, string)>();
        foreach (var annotation in dashboard.Annotations.Where(annotation => annotation.Enabled))
        {
            try
            {
                var query = queries.Of(annotation, time);
                foreach (var series in await SeriesAsync(query, stop)) marks.AddRange(AnnotationMarks.Of(annotation, series));
            }
            catch (PrometheusException e) when (OfQuery(e))
            {
                // A picture without its marks tells more than none.
                failed.Add((annotation.Name, e.Message));
            }
        }

        return ([.. marks.OrderBy(mark => mark.From).ThenBy(mark => mark.Text, StringComparer.Ordinal).Take(MostMarks)], failed);
    }

    private static bool OfQuery(PrometheusException e) => e.Failure is PrometheusFailure.Query or PrometheusFailure.TooLarge or PrometheusFailure.Timeout;
}
