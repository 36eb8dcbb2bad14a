using MetricsSim.Configuration;
using MetricsSim.Dashboards.Model;
using MetricsSim.Dashboards.Promql;
using MetricsSim.Dashboards.Variables;
using MetricsSim.Prometheus;

namespace MetricsSim.Dashboards.Benchmarks;

/// <summary>Loads dashboards as a browser does, again and again, and takes the times.</summary>
/// <param name="plan">What is measured.</param>
/// <param name="progress">Takes what is loaded next, how many loads are done, and how many there are.</param>
internal sealed class BoardBench(BenchPlan plan, Action<string, int, int> progress)
{
    private const double LookBackSeconds = 300;

    private readonly List<MeasuredQuery> _measured = [];
    private int _done;

    /// <summary>Measures everything.</summary>
    /// <param name="servers">Through what.</param>
    /// <param name="stop">Gives up.</param>
    /// <exception cref="PrometheusException">A server went away.</exception>
    public async Task<BenchReport> RunAsync(IReadOnlyList<IBoardServer> servers, CancellationToken stop)
    {
        var total = plan.Dashboards.Count * servers.Count * plan.Ranges.Count * (plan.Repeat + 1);
        var measured = new List<(Dashboard Dashboard, IReadOnlyList<MeasuredLoad> Loads)>();
        foreach (var dashboard in plan.Dashboards)
        {
            var loads = new List<MeasuredLoad>();
            foreach (var server in servers)
            {
                foreach (var range in plan.Ranges)
                {
                    loads.Add(await MeasureAsync(server, dashboard, range, () => progress($"{dashboard.Title} {DurationText.Format(range)}", _done++, total), stop));
                }
            }

            measured.Add((dashboard, loads));
        }

        // Results count series, which warms what other loads read: so they come after all of them.
        var boards = new List<BoardResult>();
        foreach (var (dashboard, loads) in measured)
        {
            var results = new List<LoadResult>();
            foreach (var load in loads) results.Add(await LoadAsync(load, stop));
            boards.Add(new(dashboard.Uid, dashboard.Title, dashboard.Source, dashboard.Panels.Count, results));
        }

        var classes = Classes();
        return new BenchReport
        {
            To = plan.To,
            Servers = [.. servers.Select(server => new BenchServer(server.Via, server.Address))],
            Targets = Targets(),
            Dashboards = boards,
            Classes = classes,
            Passed = classes.All(one => one.Passed) && boards.All(board => board.Loads.All(load => load.Passed)),
        };
    }

    private async Task<MeasuredLoad> MeasureAsync(IBoardServer server, Dashboard dashboard, TimeSpan range, Action next, CancellationToken stop)
    {
        var measured = new MeasuredLoad(server, range, BoardTime.Last(range, plan.To));
        for (var load = 0; load <= plan.Repeat; load++)
        {
            next();
            var began = TimeProvider.System.GetTimestamp();
            IReadOnlyDictionary<string, VariableValue> values;
            try
            {
                values = await server.VariablesAsync(dashboard, measured.Time, plan.Given, stop);
            }
            catch (PrometheusException e) when (e.Failure != PrometheusFailure.Unreachable)
            {
                _done += plan.Repeat - load;
                measured.Error = e.Message;
                return measured;
            }

            measured.Variables.Add(TimeProvider.System.GetElapsedTime(began).TotalMilliseconds);
            if (measured.Queries is null)
            {
                measured.Queries = new PanelQueries(values, plan.ScrapeInterval);
                measured.Requests = [.. server.Requests(dashboard, measured.Queries, measured.Time).Select(request => new MeasuredRequest(request))];
            }

            await SendAsync(measured.Requests, stop);
            measured.Loads.Add(TimeProvider.System.GetElapsedTime(began).TotalMilliseconds);
        }

        return measured;
    }

    private async Task<LoadResult> LoadAsync(MeasuredLoad measured, CancellationToken stop)
    {
        var (via, range) = (measured.Server.Via, DurationText.Format(measured.Range));
        if (measured.Error is not null) return new LoadResult { Via = via, Range = range, Error = measured.Error, Passed = false };
        var panels = new List<PanelResult>();
        foreach (var panel in measured.Requests.GroupBy(request => request.Request.Panel, ReferenceEqualityComparer.Instance))
            panels.Add(await PanelAsync(measured, (Panel)panel.Key!, [.. panel], stop));
        var timing = measured.Requests.Any(request => request.Failed) ? null : Timing.Of(measured.Loads);
        double? limit = measured.Range == plan.Targets.DashboardLoad.TimeRange ? plan.Targets.DashboardLoad.TargetTime.TotalMilliseconds : null;
        return new LoadResult
        {
            Via = via,
            Range = range,
            Load = timing,
            Variables = Timing.Of(measured.Variables),
            LimitMs = limit,
            Passed = timing is not null && (limit is null || timing.P95Ms < limit),
            Panels = panels,
        };
    }

    /// <summary>All at once, but no more than a browser has connections; what failed once is not asked again.</summary>
    private static async Task SendAsync(IEnumerable<MeasuredRequest> requests, CancellationToken stop)
    {
        using var connections = new SemaphoreSlim(BenchPlan.Connections);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stop);
        await Task.WhenAll(requests.Where(request => !request.Failed).Select(async request =>
        {
            await connections.WaitAsync(end.Token);
            try
            {
                await request.SendAsync(end.Token);
            }
            catch (PrometheusException)
            {
                // A server that is gone: the others need not wait for it.
                await end.CancelAsync();
                throw;
            }
            finally
            {
                connections.Release();
            }
        }));
    }

    private async Task<PanelResult> PanelAsync(MeasuredLoad measured, Panel panel, IReadOnlyList<MeasuredRequest> requests, CancellationToken stop)
    {
        var (server, time) = (measured.Server, measured.Time);
        var results = new List<QueryResult>();
        foreach (var request in requests)
        {
            var classes = request.Request.Queries.Select(query => QueryClassifier.Of(query.Expression)).ToList();
            var limit = classes.Max(plan.Targets.QueryPerformance.Limit).TotalMilliseconds;
            foreach (var (i, query) in request.Request.Queries.Index())
            {
                var result = Result(query, request, i, classes[i], limit) with { SeriesTouched = request.Failed ? null : await SeriesAsync(server, query, time, stop) };
                _measured.Add(new(server.Via, DurationText.Format(measured.Range), classes[i], result, request.Times(i)));
                results.Add(result);
            }
        }

        // Values of variables may have anything in them.
        var title = Quoting.Plain(measured.Queries!.Text(panel.Title, time));
        return new(panel.Id, title, panel.Type, Timing.Of(MeasuredRequest.Spans(requests)), results.TrueForAll(result => result.Passed), results);
    }

    private static QueryResult Result(PanelQuery query, MeasuredRequest request, int index, QueryClass queryClass, double limit)
    {
        var latest = request.Latest[index];
        var timing = request.Failed ? null : Timing.Of(request.Times(index));
        return new QueryResult
        {
            RefId = query.Target.RefId,
            Expression = query.Expression,
            Class = queryClass.Key(),
            StepSeconds = query.Step,
            Timing = timing,
            LimitMs = limit,
            Passed = timing is not null && timing.P95Ms < limit,
            Samples = latest.Stats?.Samples,
            PeakSamples = latest.Stats?.PeakSamples,
            ResultSeries = latest.Series,
            Points = latest.Points,
            Bytes = latest.Bytes,
            Error = latest.Error ?? request.FailureBeside(index),
        };
    }

    private static async Task<long?> SeriesAsync(IBoardServer server, PanelQuery query, BoardTime time, CancellationToken stop)
    {
        var selectors = PromqlUses.Of(query.Expression).Selectors;
        if (selectors.Count == 0) return 0;
        var from = (query.Step is null && !selectors.Any(selector => selector.IsRange) ? query.To : Math.Min(query.From, time.FromSeconds)) - LookBackSeconds;
        return await server.CountSeriesAsync([.. selectors.Select(selector => selector.Text).Distinct(StringComparer.Ordinal)], from, query.To, stop);
    }

    private List<ClassResult> Classes() =>
    [
        .. _measured.GroupBy(one => (one.Via, one.Range, one.Class)).OrderBy(group => group.Key.Via, StringComparer.Ordinal).ThenBy(group => group.Key.Class)
            .Select(group =>
            {
                var good = group.Where(one => one.Result.Timing is not null).Select(one => one.Times).ToList();
                var timing = good.Count == 0 ? null : Timing.Of([.. good.Select(times => times[0])], [.. good.SelectMany(times => times.Skip(1))]);
                return new ClassResult(
                    group.Key.Via, group.Key.Range, group.Key.Class.Key(), group.Count(), timing, plan.Targets.QueryPerformance.Limit(group.Key.Class).TotalMilliseconds,
                    group.Count(one => !one.Result.Passed));
            }),
    ];

    private BenchTargets Targets()
    {
        var (load, queries) = (plan.Targets.DashboardLoad, plan.Targets.QueryPerformance);
        return new(
            load.TargetTime.TotalMilliseconds, DurationText.Format(load.TimeRange), load.Panels,
            Enum.GetValues<QueryClass>().ToDictionary(one => one.Key(), one => queries.Limit(one).TotalMilliseconds, StringComparer.Ordinal));
    }

    private sealed record MeasuredQuery(string Via, string Range, QueryClass Class, QueryResult Result, IReadOnlyList<double> Times);
}
