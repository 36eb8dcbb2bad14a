using System.Text.Json.Nodes;
using MetricsSim.Dashboards.Benchmarks;
using MetricsSim.Dashboards.Model;
using MetricsSim.Dashboards.Variables;
using MetricsSim.Prometheus;

namespace MetricsSim.Dashboards.Grafana;

/// <summary>
/// Loads dashboards through the API of a Grafana: a request for each panel, whose variables the browser fills in and whose intervals Grafana does
/// (<c>applyTemplateVariables</c> in <c>packages/grafana-prometheus/src/datasource.ts</c> of https://github.com/grafana/grafana).
/// </summary>
/// <param name="client">The Grafana.</param>
/// <param name="sources">Its data sources that are a Prometheus, at least one, the default one first.</param>
internal sealed class GrafanaBoards(GrafanaClient client, IReadOnlyList<GrafanaDatasource> sources) : IBoardServer, IDisposable
{
    // What the browser calls the second query of a target that asks for both.
    private const string InstantSuffix = "-Instant";

    private readonly PrometheusClient _resources = client.Resources(sources[0].Uid);

    /// <inheritdoc />
    public string Via => "grafana";

    /// <inheritdoc />
    public string Address => client.Address;

    /// <inheritdoc />
    public void Dispose() => _resources.Dispose();

    /// <inheritdoc />
    public Task<IReadOnlyDictionary<string, VariableValue>> VariablesAsync(
        Dashboard dashboard, BoardTime time, IReadOnlyDictionary<string, IReadOnlyList<string>> given, CancellationToken stop)
    {
        var chosen = new Dictionary<string, IReadOnlyList<string>>(given, StringComparer.Ordinal);
        foreach (var variable in dashboard.Variables.Where(variable => variable.Kind == VariableKind.Datasource))
            chosen.TryAdd(variable.Name, [Uid(variable.Current is [var saved, ..] ? saved : "")]);
        return new VariableResolver(_resources).ResolveAsync(dashboard, time, chosen, stop);
    }

    /// <inheritdoc />
    public IReadOnlyList<BoardRequest> Requests(Dashboard dashboard, PanelQueries queries, BoardTime time)
    {
        var requests = new List<BoardRequest>();
        foreach (var panel in dashboard.Panels)
        {
            if (queries.Of(panel, time) is { Count: > 0 } asked) requests.Add(Request(panel, asked, queries, PanelQueries.Shown(panel, time)));
        }

        foreach (var annotation in dashboard.Annotations.Where(annotation => annotation.Enabled))
            requests.Add(Request(BoardRequest.PanelOf(annotation) with { MaxDataPoints = PanelQueries.PointsOfAnnotation }, [queries.Of(annotation, time)], queries, time));
        return requests;
    }

    /// <inheritdoc />
    public Task<long?> CountSeriesAsync(IReadOnlyList<string> selectors, double from, double to, CancellationToken stop) => Task.FromResult<long?>(null);

    private BoardRequest Request(Panel panel, IReadOnlyList<PanelQuery> asked, PanelQueries queries, BoardTime shown)
    {
        var body = new JsonObject
        {
            ["queries"] = new JsonArray([.. asked.Select(JsonNode (query) => Query(panel, query, queries, shown))]),
            ["from"] = $"{shown.From.ToUnixTimeMilliseconds()}",
            ["to"] = $"{shown.To.ToUnixTimeMilliseconds()}",
        }.ToJsonString();
        return new(panel, asked, stop => AskAsync(body, asked, stop));
    }

    private JsonObject Query(Panel panel, PanelQuery query, PanelQueries queries, BoardTime shown) => new JsonObject
    {
        ["refId"] = RefId(query),
        ["datasource"] = new JsonObject { ["type"] = "prometheus", ["uid"] = Uid(queries.Text(query.Target.Datasource, shown)) },
        ["expr"] = queries.ForServer(query.Target.Expression, shown),
        ["range"] = query.Step is not null,
        ["instant"] = query.Step is null,
        ["exemplar"] = false,
        ["format"] = query.Target.Format switch { TargetFormat.Table => "table", TargetFormat.Heatmap => "heatmap", _ => "time_series" },
        ["interval"] = queries.ForServer(query.Target.Interval, shown),
        ["intervalFactor"] = query.Target.IntervalFactor,
        ["intervalMs"] = (long)queries.Step(panel, query.Target, shown).Requested.TotalMilliseconds,
        ["maxDataPoints"] = panel.MaxDataPoints ?? queries.Width(panel),
        ["legendFormat"] = query.Legend,
        ["requestId"] = $"{panel.Id}{query.Target.RefId}",
        ["utcOffsetSec"] = 0,
    };

    private async Task<IReadOnlyList<QueryAnswer>> AskAsync(string body, IReadOnlyList<PanelQuery> asked, CancellationToken stop)
    {
        try
        {
            var answer = await client.QueryAsync(body, stop);
            return
            [
                .. asked.Select(query => answer.Results.TryGetValue(RefId(query), out var result)
                    ? new QueryAnswer(answer.Elapsed.TotalMilliseconds, null, result.Series, result.Points, answer.Bytes, result.Error)
                    : new QueryAnswer(answer.Elapsed.TotalMilliseconds, null, 0, 0, answer.Bytes, $"the answer has nothing for query {query.Target.RefId}")),
            ];
        }
        catch (PrometheusException e) when (e.Failure != PrometheusFailure.Unreachable)
        {
            return [.. asked.Select(_ => new QueryAnswer(0, null, 0, 0, 0, e.Message))];
        }
    }

    private static string RefId(PanelQuery query) => query is { Step: null, Target.Range: true } ? query.Target.RefId + InstantSuffix : query.Target.RefId;

    private string Uid(string text) => sources.FirstOrDefault(source => source.Uid == text || source.Name == text)?.Uid ?? sources[0].Uid;
}
