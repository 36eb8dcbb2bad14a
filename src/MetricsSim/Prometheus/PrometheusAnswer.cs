namespace MetricsSim.Prometheus;

/// <summary>The answer to a query, with what it cost.</summary>
/// <param name="Result">What the query came to.</param>
/// <param name="Stats">What the server says of its work; null where it says nothing.</param>
/// <param name="Elapsed">From the request's start to the last byte of the answer.</param>
/// <param name="Bytes">Bytes of the answer.</param>
/// <param name="Warnings">What the server warns of, a line each.</param>
internal sealed record PrometheusAnswer(PrometheusResult Result, PrometheusQueryStats? Stats, TimeSpan Elapsed, int Bytes, IReadOnlyList<string> Warnings);

/// <summary>
/// What a Prometheus says of a query's work when it is asked with <c>stats=1</c>:
/// https://github.com/prometheus/prometheus/blob/v2.42.0/util/stats/query_stats.go.
/// </summary>
/// <param name="Samples">Samples that were read, each as often as the steps looked at it.</param>
/// <param name="PeakSamples">Most samples in memory at a time.</param>
/// <param name="EvaluationSeconds">Time of the evaluation without waiting.</param>
/// <param name="QueueSeconds">Time of waiting for a place among the queries.</param>
internal sealed record PrometheusQueryStats(long Samples, long PeakSamples, double EvaluationSeconds, double QueueSeconds);
