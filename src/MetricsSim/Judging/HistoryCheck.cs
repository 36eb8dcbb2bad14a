using MetricsSim.Analysis.Indicators;
using MetricsSim.Analysis.Indicators.PromQl;
using MetricsSim.Analysis.Runs;
using MetricsSim.Prometheus;
using MetricsSim.Reports;

namespace MetricsSim.Judging;

/// <summary>Holds runs in virtual time against a Prometheus into which the same runs were backfilled.</summary>
/// <param name="client">The Prometheus.</param>
/// <param name="match">Label matchers that choose the run's series; empty for all.</param>
internal sealed class HistoryCheck(PrometheusClient client, string match)
{
    // Behind the end, so that a sample on it is found whatever its rounding.
    private const double Margin = 1;

    private readonly PrometheusQueries _ask = new(client, null);

    /// <summary>Adds PromQL's verdicts on expressions and what it says of indicators.</summary>
    /// <param name="judged">A run as the engine judged it.</param>
    /// <param name="stop">Gives up.</param>
    /// <returns>The same run with more verdicts evaluated.</returns>
    /// <exception cref="PrometheusException">The Prometheus is away.</exception>
    public async Task<JudgedRun> AddAsync(JudgedRun judged, CancellationToken stop)
    {
        var verdicts = new List<Verdict>();
        try
        {
            var history = await FindAsync(judged.Run, stop);
            foreach (var (assertion, verdict) in judged.Run.Scenario.Assertions.Zip(judged.Verdicts))
            {
                verdicts.Add(IndicatorTable.All.ContainsKey(assertion.Metric)
                    ? verdict with { CrossCheck = await history.CheckAsync(assertion, verdict.Value, stop) }
                    : await history.JudgeAsync(assertion, stop));
            }
        }
        catch (NoHistoryException e)
        {
            verdicts = [.. judged.Verdicts.Select(verdict => verdict.Outcome == VerdictOutcome.NotEvaluated
                ? verdict with { Reason = e.Message }
                : verdict with { CrossCheck = new(double.NaN, null, e.Message) })];
        }

        return judged with { Verdicts = verdicts };
    }

    private Task<RunHistory> FindAsync(PlayedRun run, CancellationToken stop)
    {
        var names = new PublishedNames(run.Options.Telemetry, match);
        var start = run.StartedAt.ToUnixTimeMilliseconds() / 1000.0;
        var (from, to) = (start - Margin, start + run.Duration.TotalSeconds + Margin);
        return RunHistory.FindAsync(_ask, run, names, from, to, stop);
    }
}
