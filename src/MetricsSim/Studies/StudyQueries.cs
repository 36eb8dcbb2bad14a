using MetricsSim.Analysis.Indicators.PromQl;
using MetricsSim.Core.Engine;
using MetricsSim.Dashboards.Model;

namespace MetricsSim.Studies;

/// <summary>A query of a study, as panels of dashboards ask it.</summary>
/// <param name="Class">Its class.</param>
/// <param name="Expression">PromQL.</param>
/// <param name="Selectors">The series it touches.</param>
/// <param name="Forms">How it is asked.</param>
internal sealed record StudyQuery(QueryClass Class, string Expression, IReadOnlyList<string> Selectors, IReadOnlyList<QueryForm> Forms);

/// <summary>The queries of a study: all of them touch series that grow with the users.</summary>
internal static class StudyQueries
{
    private static readonly QueryForm[] Both = [QueryForm.Instant, QueryForm.Range];

    /// <summary>Makes the queries.</summary>
    /// <param name="telemetry">How metrics are named.</param>
    /// <param name="rateWindow">PromQL of the window of rates, as Grafana fills in <c>$__rate_interval</c>.</param>
    /// <param name="range">PromQL of the range of time that is shown.</param>
    public static IReadOnlyList<StudyQuery> All(TelemetryOptions telemetry, string rateWindow, string range)
    {
        var names = new PublishedNames(telemetry, string.Join(',', StudyPlan.Target.Take(1).Select(label => $"{label.Name}=\"{label.Value}\"")));
        var (sessions, tokens, cost, lengths) = (names.Sessions, names.Tokens, names.Cost, names.SessionBuckets);
        return
        [
            new(QueryClass.SimpleCounter, $"sum({sessions})", [sessions], Both),
            new(QueryClass.SimpleCounter, $"sum by (type) ({tokens})", [tokens], Both),
            new(QueryClass.Rate, $"sum(rate({sessions}[{rateWindow}]))", [sessions], Both),
            new(QueryClass.Rate, $"sum by (model, type) (rate({tokens}[{rateWindow}]))", [tokens], Both),
            new(QueryClass.Rate, $"topk(10, sum by (user_id) (rate({cost}[{rateWindow}])))", [cost], Both),
            new(QueryClass.HistogramQuantile, $"histogram_quantile(0.95, sum by (le) (rate({lengths}[{rateWindow}])))", [lengths], Both),
            new(QueryClass.HistogramQuantile, $"histogram_quantile(0.5, sum by (user_type, le) (rate({lengths}[{rateWindow}])))", [lengths], Both),
            new(
                QueryClass.Complex, $"sum by (organization_id) (rate({cost}[{rateWindow}])) / sum by (organization_id) (rate({tokens}[{rateWindow}]))", [cost, tokens], Both),
            // Over all of the range at each of its steps is what nobody asks twice.
            new(
                QueryClass.Complex, $"topk(10, sum by (user_id) (increase({cost}[{range}])) / sum by (user_id) (increase({sessions}[{range}])))",
                [cost, sessions], [QueryForm.Instant]),
        ];
    }
}
