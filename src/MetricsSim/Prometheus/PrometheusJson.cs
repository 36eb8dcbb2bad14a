using System.Globalization;
using System.Text.Json;

namespace MetricsSim.Prometheus;

/// <summary>Reads answers of the query API: https://prometheus.io/docs/prometheus/latest/querying/api/.</summary>
internal static class PrometheusJson
{
    /// <summary>Reads an answer.</summary>
    /// <param name="body">Its bytes.</param>
    /// <returns>The result, or the API's error in a line, or neither if it is no answer of the API.</returns>
    public static (PrometheusResult? Result, string? Error) Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var root = document.RootElement;
            if (root.GetProperty("status").GetString() == "error")
                return (null, $"{root.GetProperty("errorType").GetString()}: {root.GetProperty("error").GetString()!.ReplaceLineEndings(" ")}");
            var data = root.GetProperty("data");
            var result = data.GetProperty("result");
            return (Result(data.GetProperty("resultType").GetString(), result), null);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or IndexOutOfRangeException)
        {
            return (null, null);
        }
    }

    /// <summary>Reads an answer that is not a query's.</summary>
    /// <param name="body">Its bytes.</param>
    /// <returns>Its data, or null if it is no answer of the API.</returns>
    public static JsonElement? Data(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("data", out var data) ? data.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>A number as Prometheus writes it: <c>NaN</c>, <c>+Inf</c> and <c>-Inf</c> included.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The number.</returns>
    /// <exception cref="FormatException">It is none.</exception>
    public static double Number(string text) => text switch
    {
        "NaN" => double.NaN,
        "+Inf" or "Inf" => double.PositiveInfinity,
        "-Inf" => double.NegativeInfinity,
        _ => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture),
    };

    private static PrometheusResult? Result(string? type, JsonElement result) => type switch
    {
        "scalar" => new PrometheusScalar(Sample(result).Value),
        "string" => new PrometheusString(result[1].GetString()!),
        "vector" => new PrometheusVector(
            [.. result.EnumerateArray().Where(row => row.TryGetProperty("value", out _)).Select(row => new PrometheusSeries(Labels(row), [Sample(row.GetProperty("value"))]))]),
        "matrix" => new PrometheusMatrix(
            [.. result.EnumerateArray().Where(row => row.TryGetProperty("values", out var values) && values.GetArrayLength() > 0)
                .Select(row => new PrometheusSeries(Labels(row), [.. row.GetProperty("values").EnumerateArray().Select(Sample)]))]),
        _ => null,
    };

    private static Dictionary<string, string> Labels(JsonElement row) =>
        row.GetProperty("metric").EnumerateObject().ToDictionary(label => label.Name, label => label.Value.GetString()!, StringComparer.Ordinal);

    private static PrometheusSample Sample(JsonElement pair) => new(pair[0].GetDouble(), Number(pair[1].GetString()!));
}
