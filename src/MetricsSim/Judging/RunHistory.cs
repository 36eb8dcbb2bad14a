using MetricsSim.Analysis.Indicators;
using MetricsSim.Analysis.Indicators.PromQl;
using MetricsSim.Analysis.Runs;
using MetricsSim.Core.Scenarios;
using MetricsSim.Prometheus;

namespace MetricsSim.Judging;

/// <summary>A run as a Prometheus has it, which is asked about it.</summary>
/// <param name="ask">Asks: an expression and a time.</param>
/// <param name="run">The run.</param>
/// <param name="clock">Its scrapes, at least one.</param>
/// <param name="names">How its metrics are called.</param>
internal sealed class RunHistory(PrometheusQueries ask, PlayedRun run, ScrapeClock clock, PublishedNames names)
{
    /// <summary>Its scrapes.</summary>
    public ScrapeClock Clock { get; } = clock;

    /// <summary>How its metrics are called.</summary>
    public PublishedNames Names { get; } = names;

    /// <summary>The run.</summary>
    public PlayedRun Run { get; } = run;

    /// <summary>Asks what answers, in order of time.</summary>
    public PrometheusQueries Ask { get; } = ask;

    /// <summary>Finds a run in a Prometheus.</summary>
    /// <param name="ask">The Prometheus.</param>
    /// <param name="run">The run.</param>
    /// <param name="names">How its metrics are called.</param>
    /// <param name="from">Where to begin to look: seconds since the Unix epoch by its clock.</param>
    /// <param name="to">Where to end.</param>
    /// <param name="stop">Gives up.</param>
    /// <returns>The run as the Prometheus has it.</returns>
    /// <exception cref="NoHistoryException">It doesn't have it, or has more than one of that time.</exception>
    public static async Task<RunHistory> FindAsync(PrometheusQueries ask, PlayedRun run, PublishedNames names, double from, double to, CancellationToken stop)
    {
        var clock = await ScrapeReader.ReadAsync(ask, run, names, from, to, stop);
        var (first, last) = (clock.Scrapes[0].Wall, clock.Scrapes[^1].Wall);
        var playing = PromQlQuery.At($"max(max_over_time({names.Playing(run.Scenario.Id)}[{PromQlScope.Duration(last - first)}]))", last);
        // A single scrape of it would be enough; without any, nobody knows whose history that is.
        return await ask.PointsAsync(playing, stop) is [{ Value: 1 }] || clock.Missing(0, clock.Length) > clock.Length / 2
            ? new(ask, run, clock, names)
            : throw new NoHistoryException($"what Prometheus at {ask.Address} has of that time is no run of {run.Scenario.Id}");
    }

    /// <summary>Judges an assertion by what was published.</summary>
    /// <param name="assertion">The assertion.</param>
    /// <param name="stop">Gives up.</param>
    /// <returns>The verdict.</returns>
    public async Task<Verdict> JudgeAsync(Assertion assertion, CancellationToken stop)
    {
        var scope = new PromQlScope(Run, Clock, Names, assertion.Window);
        try
        {
            if (IndicatorTable.All.ContainsKey(assertion.Metric))
            {
                var (measured, obstacle) = await MeasureAsync(assertion.Metric, scope, stop);
                return measured is null ? Judge.NotEvaluated(assertion, obstacle!) : Judge.Of(assertion, measured);
            }

            return await JudgeExpressionAsync(assertion, scope, stop);
        }
        catch (PrometheusException e) when (!e.IsTransient)
        {
            return Judge.NotEvaluated(assertion, e.Message);
        }
    }

    /// <summary>Says what PromQL makes of an indicator that the engine has measured.</summary>
    /// <param name="assertion">An assertion on an indicator.</param>
    /// <param name="engine">What the engine measured.</param>
    /// <param name="stop">Gives up.</param>
    /// <returns>The comparison.</returns>
    public async Task<CrossCheck> CheckAsync(Assertion assertion, double engine, CancellationToken stop)
    {
        var scope = new PromQlScope(Run, Clock, Names, assertion.Window);
        try
        {
            var (measured, obstacle) = await MeasureAsync(assertion.Metric, scope, stop);
            if (measured is null) return new(double.NaN, null, obstacle);
            return new(measured.Value, PromQlTable.All[assertion.Metric].Agree(engine, measured.Value, Clock.Interval), measured.Note);
        }
        catch (PrometheusException e) when (!e.IsTransient)
        {
            return new(double.NaN, null, e.Message);
        }
    }

    private async Task<(Measured? Measured, string? Obstacle)> MeasureAsync(string metric, PromQlScope scope, CancellationToken stop)
    {
        var indicator = PromQlTable.All[metric];
        if (indicator.Obstacle(scope) is { } obstacle) return (null, obstacle);
        var answers = new List<IReadOnlyList<PromQlPoint>>();
        foreach (var query in indicator.Queries(scope)) answers.Add(await Ask.PointsAsync(query, stop));
        return (indicator.Read(scope, answers), null);
    }

    private async Task<Verdict> JudgeExpressionAsync(Assertion assertion, PromQlScope scope, CancellationToken stop)
    {
        if (scope.Obstacle is { } obstacle) return Judge.NotEvaluated(assertion, obstacle);
        var query = PromQlAssertion.Query(assertion, scope);
        return await Ask.InstantAsync(query, stop) switch
        {
            PrometheusScalar scalar => PromQlAssertion.Judge(assertion, [scalar.Value]),
            PrometheusVector vector => PromQlAssertion.Judge(assertion, [.. vector.Elements.Select(element => element.Value)]),
            PrometheusMatrix => Judge.NotEvaluated(assertion, "the expression is a range vector, not a number or a vector"),
            _ => Judge.NotEvaluated(assertion, "the expression is a text, not a number or a vector"),
        };
    }
}
