using System.Text.Json;
using MetricsSim.Configuration;

namespace MetricsSim.Dashboards.Grafana;

/// <summary>
/// The answer of <c>/api/ds/query</c>: by the query's <c>refId</c> data frames, a series each, or an error; see
/// <c>backend/json.go</c> of https://github.com/grafana/grafana-plugin-sdk-go and <c>pkg/promlib/testdata/*.result.golden.jsonc</c> of https://github.com/grafana/grafana.
/// </summary>
/// <param name="Results">By <c>refId</c>.</param>
internal sealed record GrafanaAnswer(IReadOnlyDictionary<string, GrafanaResult> Results)
{
    /// <summary>From the request's start to the last byte.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>Bytes of the answer.</summary>
    public int Bytes { get; init; }

    /// <summary>Reads an answer.</summary>
    /// <param name="body">Its bytes.</param>
    /// <returns>Null if it is none.</returns>
    public static GrafanaAnswer? Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return new(document.RootElement.GetProperty("results").EnumerateObject().ToDictionary(one => one.Name, one => Result(one.Value), StringComparer.Ordinal));
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or ArgumentException)
        {
            return null;
        }
    }

    private static GrafanaResult Result(JsonElement result)
    {
        if (result.TryGetProperty("error", out var error) && error.ValueKind == JsonValueKind.String && error.GetString() is { Length: > 0 } text) return new(0, 0, Quoting.Plain(text));
        if (!result.TryGetProperty("frames", out var frames) || frames.ValueKind != JsonValueKind.Array) return new(0, 0, null);
        var (series, points) = (0, 0L);
        foreach (var values in frames.EnumerateArray().Select(frame => frame.GetProperty("data").GetProperty("values")))
        {
            // The first column is the time, each other a series.
            var rows = values.GetArrayLength() > 0 ? values[0].GetArrayLength() : 0;
            var columns = Math.Max(0, values.GetArrayLength() - 1);
            if (rows > 0) (series, points) = (series + columns, points + ((long)rows * columns));
        }

        return new(series, points, null);
    }
}

/// <summary>What became of a query.</summary>
/// <param name="Series">Series of the result.</param>
/// <param name="Points">Their samples.</param>
/// <param name="Error">Why there is no result; null if there is one.</param>
internal sealed record GrafanaResult(int Series, long Points, string? Error);
