using System.Text.Json.Nodes;
using MetricsSim.Analysis.Indicators;
using MetricsSim.Analysis.Runs;
using MetricsSim.Core.Engine;
using MetricsSim.Exposition;

namespace MetricsSim.Reports;

/// <summary>Runs as JSON: what was played, verdicts, totals, and series in bins. The same runs give the same bytes.</summary>
internal static class RunJson
{
    private const int Bins = 240;

    /// <summary>Writes runs.</summary>
    /// <param name="runs">The runs.</param>
    /// <param name="withSeries">Whether to add the series.</param>
    /// <returns>A fresh document.</returns>
    public static JsonObject Of(IEnumerable<JudgedRun> runs, bool withSeries)
    {
        var judged = runs.ToList();
        return new JsonObject
        {
            ["version"] = BuildVersion.Text,
            ["passed"] = judged.All(run => run.Passed),
            ["runs"] = new JsonArray([.. judged.Select(run => Run(run, withSeries))]),
        };
    }

    /// <summary>A number as JSON can hold it: +∞ as Prometheus writes it, null for nothing measured.</summary>
    public static JsonNode? Number(double value) =>
        double.IsNaN(value) ? null : double.IsPositiveInfinity(value) ? "+Inf" : double.IsNegativeInfinity(value) ? "-Inf" : JsonValue.Create(value);

    /// <summary>RFC 3339, UTC.</summary>
    public static string Instant(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'");

    private static JsonObject Run(JudgedRun judged, bool withSeries)
    {
        var run = judged.Run;
        var totals = judged.Totals;
        var json = new JsonObject
        {
            ["scenario_id"] = run.Scenario.Id,
            ["name"] = run.Scenario.Name,
            ["simulation_id"] = run.SimulationId,
            ["seed"] = run.Options.Seed,
            ["users"] = run.Options.Population.Total,
            ["start"] = Instant(run.StartedAt),
            ["end"] = Instant(run.StartedAt + run.Duration),
            ["duration_seconds"] = run.Duration.TotalSeconds,
            ["compress"] = run.Start.Compress,
            ["passed"] = judged.Passed,
            ["verdicts"] = new JsonArray([.. judged.Verdicts.Select(Verdict)]),
            ["totals"] = new JsonObject
            {
                ["sessions"] = totals.Sessions,
                ["requests"] = totals.Requests,
                ["given_up"] = totals.GivenUp,
                ["tokens"] = totals.Tokens,
                ["cost_usd"] = totals.CostUsd,
                ["cost_per_user_month_usd"] = totals.CostPerUserMonthUsd,
            },
        };
        if (judged.Live is { } live) json["live"] = Live(live);
        if (withSeries) json["series"] = Series(judged.Bins(Bins));
        return json;
    }

    private static JsonObject Live(LivePlay live) => new()
    {
        ["daemon"] = live.Daemon,
        ["prometheus"] = live.Prometheus,
        ["wall_start"] = Instant(live.From),
        ["wall_end"] = Instant(live.To),
        ["speed"] = Number(Math.Round(live.Speed, 4)),
        ["scrape_interval_seconds"] = Number(live.ScrapeSeconds),
        ["notes"] = new JsonArray([.. live.Notes.Select(note => (JsonNode?)JsonValue.Create(note))]),
    };

    private static JsonObject Verdict(Verdict verdict)
    {
        var json = Plain(verdict);
        if (verdict.CrossCheck is { } check)
            json["promql"] = new JsonObject { ["value"] = Number(check.Value), ["agrees"] = check.Agrees, ["reason"] = check.Reason };
        return json;
    }

    private static JsonObject Plain(Verdict verdict) => new()
    {
        ["metric"] = verdict.Metric,
        ["condition"] = verdict.Condition,
        ["window_seconds"] = verdict.Window?.TotalSeconds,
        ["value"] = Number(verdict.Value),
        ["passed"] = verdict.Passed,
        ["outcome"] = VerdictText.Outcome(verdict),
        ["reason"] = verdict.Reason,
    };

    private static JsonObject Series(RunBins bins) => new()
    {
        ["seconds"] = Column(bins.Seconds),
        ["load"] = Column(bins.Load),
        ["active_sessions"] = Column(bins.ActiveSessions),
        ["requests_per_second"] = Column(bins.RequestsPerSecond),
        ["offered_per_second"] = Column(bins.OfferedPerSecond),
        ["goodput_per_second"] = Column(bins.GoodputPerSecond),
        ["capacity"] = Column(bins.Capacity),
        ["error_rate"] = Column(bins.ErrorRate),
        ["p50_ms"] = Column(bins.P50Milliseconds),
        ["p95_ms"] = Column(bins.P95Milliseconds),
        ["p99_ms"] = Column(bins.P99Milliseconds),
        ["utilization"] = Column(bins.Utilization),
        ["backlog"] = Column(bins.Backlog),
        ["cost_usd_per_hour"] = Column(bins.CostPerHour),
    };

    private static JsonArray Column(double[] values) => new([.. values.Select(value => Number(Math.Round(value, 6)))]);
}
