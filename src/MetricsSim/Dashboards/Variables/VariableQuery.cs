using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using MetricsSim.Prometheus;

namespace MetricsSim.Dashboards.Variables;

/// <summary>
/// Queries of variables: <c>label_values(…)</c>, <c>label_names(…)</c>, <c>metrics(…)</c>, <c>query_result(…)</c>, or a selector, whose series are the
/// values; after <c>metric_find_query.ts</c> in <c>packages/grafana-prometheus/src</c> of https://github.com/grafana/grafana.
/// </summary>
internal static partial class VariableQuery
{
    /// <summary>Asks.</summary>
    /// <param name="client">The Prometheus.</param>
    /// <param name="query">The query, with its own variables filled in.</param>
    /// <param name="time">The time shown.</param>
    /// <param name="stop">Gives up.</param>
    /// <returns>Values in the server's order.</returns>
    /// <exception cref="PrometheusException">There is no answer, or the query is none.</exception>
    public static async Task<IReadOnlyList<string>> AskAsync(PrometheusClient client, string query, BoardTime time, CancellationToken stop)
    {
        // The browser asks for whole seconds.
        (double from, double to) = (Math.Floor(time.FromSeconds), Math.Ceiling(time.ToSeconds));
        KeyValuePair<string, string>[] Span(params KeyValuePair<string, string>[] fields) =>
            [.. fields, new("start", PrometheusClient.Seconds(from)), new("end", PrometheusClient.Seconds(to))];
        query = query.Trim();
        if (LabelNames().Match(query) is { Success: true } names)
        {
            var match = names.Groups["match"].Value.Trim();
            return Texts(await client.GetAsync("api/v1/labels", Span(match.Length > 0 ? [new("match[]", $"{{__name__=~\".*{match}.*\"}}")] : []), stop), client);
        }

        if (LabelValues().Match(query) is { Success: true } values)
        {
            var selector = values.Groups["selector"].Value.Trim();
            var all = selector.Length == 0 || selector.Replace(" ", "", StringComparison.Ordinal) == "{}";
            return Texts(await client.GetAsync($"api/v1/label/{values.Groups["label"].Value}/values", Span(all ? [] : [new("match[]", selector)]), stop), client);
        }

        if (Metrics().Match(query) is { Success: true } metrics)
            return VariablePattern.Filter(Texts(await client.GetAsync("api/v1/label/__name__/values", Span(), stop), client), metrics.Groups["pattern"].Value);

        if (QueryResult().Match(query) is { Success: true } expression)
            return Rows(await client.QueryAsync(expression.Groups["expression"].Value, to, stop));
        var series = await client.GetAsync("api/v1/series", Span(new KeyValuePair<string, string>("match[]", query)), stop);
        return Elements(series, client, one => Series(one.EnumerateObject().ToDictionary(label => label.Name, label => label.Value.GetString() ?? "", StringComparer.Ordinal)));
    }

    private static IReadOnlyList<string> Rows(PrometheusResult result) => result switch
    {
        PrometheusScalar scalar => [scalar.Value.ToString("R", CultureInfo.InvariantCulture)],
        PrometheusString text => [text.Text],
        PrometheusVector vector => [.. vector.Elements.Select(row => FormattableString.Invariant($"{Series(row.Labels)} {row.Value} {row.Samples[^1].Time * 1000}"))],
        _ => [],
    };

    private static string Series(IReadOnlyDictionary<string, string> labels)
    {
        var text = new StringBuilder(labels.GetValueOrDefault("__name__", "")).Append('{');
        return text.AppendJoin(",", labels.Where(label => label.Key != "__name__").Select(label => $"{label.Key}=\"{label.Value}\"")).Append('}').ToString();
    }

    private static List<string> Texts(JsonElement data, PrometheusClient client) =>
        Elements(data, client, text => text.GetString() ?? throw new InvalidOperationException("There is null where a text should be."));

    /// <summary>Reads the elements of an array.</summary>
    /// <param name="data">The array, if it is one.</param>
    /// <param name="client">Where it comes from.</param>
    /// <param name="read">Reads one, and throws what <see cref="JsonElement"/> does where it is something else, not Unicode, or has a name twice.</param>
    private static List<string> Elements(JsonElement data, PrometheusClient client, Func<JsonElement, string> read)
    {
        try
        {
            return [.. data.EnumerateArray().Select(read)];
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException)
        {
            throw new PrometheusException(PrometheusFailure.Malformed, $"what answers at {client.Address} is not the API of a Prometheus", transient: false);
        }
    }

    [GeneratedRegex(@"^label_names\((?<match>.*)\)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex LabelNames();

    [GeneratedRegex(@"^label_values\(((?<selector>.+),\s*)?(?<label>[a-zA-Z_][a-zA-Z0-9_]*)\s*\)$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.Singleline, 1000)]
    private static partial Regex LabelValues();

    [GeneratedRegex(@"^metrics\((?<pattern>.+)\)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Metrics();

    [GeneratedRegex(@"^query_result\((?<expression>.+)\)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.Singleline, 1000)]
    private static partial Regex QueryResult();
}
