using System.Text.Json;
using MetricsSim.Configuration.Document;
using MetricsSim.Prometheus;

namespace MetricsSim.Cli.Cardinality;

/// <summary>
/// What a Prometheus says of its head: <c>/api/v1/status/tsdb</c>
/// (https://prometheus.io/docs/prometheus/latest/querying/api/#tsdb-stats), which names the ten largest of each kind.
/// </summary>
internal sealed record HeadReading
{
    /// <summary>Which Prometheus.</summary>
    public required string Prometheus { get; init; }

    /// <summary>Series in the head.</summary>
    public required long HeadSeries { get; init; }

    /// <summary>Pairs of a label and a value in the head.</summary>
    public required long LabelPairs { get; init; }

    /// <summary>The metrics with the most series.</summary>
    public required IReadOnlyList<MetricCount> Metrics { get; init; }

    /// <summary>The labels with the most values.</summary>
    public required IReadOnlyList<LabelValueCount> Labels { get; init; }

    /// <summary>The limits.</summary>
    public required IReadOnlyList<LimitCheck> Limits { get; init; }

    /// <summary>Asks.</summary>
    /// <param name="client">The Prometheus.</param>
    /// <param name="limits">What to hold it against.</param>
    /// <param name="stop">Gives up.</param>
    /// <exception cref="PrometheusException">It does not say.</exception>
    public static async Task<HeadReading> ReadAsync(PrometheusClient client, CardinalityLimitsSection limits, CancellationToken stop)
    {
        var status = await client.GetAsync("api/v1/status/tsdb", [], stop);
        try
        {
            var head = status.GetProperty("headStats");
            var metrics = new List<MetricCount>();
            foreach (var (name, series) in Counts(status, "seriesCountByMetricName")) metrics.Add(new(name, series, await CombinationsAsync(client, name, series, stop)));
            var total = head.GetProperty("numSeries").GetInt64();
            return new HeadReading
            {
                Prometheus = client.Address,
                HeadSeries = total,
                // Older versions don't tell.
                LabelPairs = head.TryGetProperty("numLabelPairs", out var pairs) ? pairs.GetInt64() : 0,
                Metrics = metrics,
                Labels = [.. Counts(status, "labelValueCountByLabelName").Select(label => new LabelValueCount(label.Name, label.Value))],
                Limits = LimitCheck.All(limits, total, metrics),
            };
        }
        catch (Exception e) when (e is KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new PrometheusException(PrometheusFailure.Malformed, $"{client.Address} tells no statistics of a head in api/v1/status/tsdb", transient: false);
        }
    }

    private static IEnumerable<(string Name, long Value)> Counts(JsonElement status, string key) =>
        [.. status.GetProperty(key).EnumerateArray().Select(entry => (entry.GetProperty("name").GetString()!, entry.GetProperty("value").GetInt64()))];

    private static async Task<long> CombinationsAsync(PrometheusClient client, string metric, long series, CancellationToken stop)
    {
        if (!metric.EndsWith("_bucket", StringComparison.Ordinal)) return series;
        var name = metric.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
        var answer = await client.QueryAsync($"count(count without (le) ({{__name__=\"{name}\"}}))", null, stop);
        return answer is PrometheusVector { Elements: [var only] } ? (long)only.Value : 0;
    }
}

/// <summary>Values of a label.</summary>
/// <param name="Label">Its name.</param>
/// <param name="Values">How many there are.</param>
internal sealed record LabelValueCount(string Label, long Values);
