using System.Globalization;
using System.Text.Json;

namespace MetricsSim.Prometheus;

/// <summary>Reads answers of the query API: https://prometheus.io/docs/prometheus/latest/querying/api/.</summary>
internal static class PrometheusJson
{
    /// <summary>Reads an answer.</summary>
    /// <param name="body">Its bytes.</param>
    /// <returns>The answer without the time it took, or the API's error in a line, or neither if it is no answer of the API.</returns>
    public static (PrometheusAnswer? Answer, string? Error) Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var root = document.RootElement;
            if (Error(root) is { } error) return (null, error);
            var data = root.GetProperty("data");
            return Result(data.GetProperty("resultType").GetString(), data.GetProperty("result")) is { } result
                ? (new PrometheusAnswer(result, Stats(data), TimeSpan.Zero, body.Length, Warnings(root)), null)
                : (null, null);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or IndexOutOfRangeException or ArgumentException)
        {
            return (null, null);
        }
    }

    /// <summary>Reads an answer that is of no query.</summary>
    /// <param name="body">Its bytes.</param>
    /// <returns>Its data, or the API's error in a line, or neither if it is no answer of the API.</returns>
    public static (JsonElement? Data, string? Error) Data(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            if (Error(document.RootElement) is { } error) return (null, error);
            return (document.RootElement.GetProperty("data").Clone(), null);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return (null, null);
        }
    }

    /// <summary>Counts the objects of an answer whose data is an array of them, without keeping any.</summary>
    /// <param name="body">Its bytes.</param>
    /// <returns>Null if it is no such answer.</returns>
    public static long? Count(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body);
        var (count, good, found) = (0L, false, false);
        try
        {
            while (reader.Read())
            {
                if (reader is { TokenType: JsonTokenType.StartObject, CurrentDepth: 2 } && found) count++;
                if (reader is not { TokenType: JsonTokenType.PropertyName, CurrentDepth: 1 }) continue;
                var (status, data) = (reader.ValueTextEquals("status"), reader.ValueTextEquals("data"));
                if (!reader.Read()) return null;
                if (status) good = reader.TokenType == JsonTokenType.String && reader.ValueTextEquals("success");
                if (data) found = reader.TokenType == JsonTokenType.StartArray;
                else if (reader.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject) reader.Skip();
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }

        return good && found ? count : null;
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

    private static string? Error(JsonElement root) => root.GetProperty("status").GetString() == "error"
        ? $"{root.GetProperty("errorType").GetString()}: {root.GetProperty("error").GetString()!.ReplaceLineEndings(" ")}"
        : null;

    private static PrometheusQueryStats? Stats(JsonElement data)
    {
        if (!data.TryGetProperty("stats", out var stats) || stats.ValueKind != JsonValueKind.Object) return null;
        return new((long)Figure(stats, "samples", "totalQueryableSamples"), (long)Figure(stats, "samples", "peakSamples"), Figure(stats, "timings", "evalTotalTime"), Figure(stats, "timings", "execQueueTime"));
    }

    // What speaks the API of Prometheus may leave out some of the figures.
    private static double Figure(JsonElement stats, string group, string name) =>
        stats.TryGetProperty(group, out var figures) && figures.ValueKind == JsonValueKind.Object
        && figures.TryGetProperty(name, out var figure) && figure.ValueKind == JsonValueKind.Number ? figure.GetDouble() : 0;

    private static IReadOnlyList<string> Warnings(JsonElement root) => root.TryGetProperty("warnings", out var warnings) && warnings.ValueKind == JsonValueKind.Array
        ? [.. warnings.EnumerateArray().Where(warning => warning.ValueKind == JsonValueKind.String).Select(warning => warning.GetString()!.ReplaceLineEndings(" "))]
        : [];

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
        row.GetProperty("metric").EnumerateObject().ToDictionary(label => label.Name, label => label.Value.GetString() ?? "", StringComparer.Ordinal);

    private static PrometheusSample Sample(JsonElement pair) => new(pair[0].GetDouble(), Number(pair[1].GetString()!));
}
