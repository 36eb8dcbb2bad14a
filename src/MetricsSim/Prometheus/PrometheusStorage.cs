using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace MetricsSim.Prometheus;

/// <summary>What a Prometheus says of its database: <c>/api/v1/status/flags</c>, <c>runtimeinfo</c> and <c>tsdb</c>.</summary>
internal sealed partial record PrometheusStorage
{
    /// <summary>Where it stands.</summary>
    public required string Path { get; init; }

    /// <summary>How much it keeps, in its own words: a time, a size, or both.</summary>
    public required string Retention { get; init; }

    /// <summary>How long it keeps what is in blocks, counted back from the newest one; null without such a limit.</summary>
    public TimeSpan? RetentionTime { get; init; }

    /// <summary>Whether there is a limit to its size.</summary>
    public bool HasRetentionSize { get; init; }

    /// <summary>Its shortest blocks; null is not known.</summary>
    public TimeSpan? MinBlock { get; init; }

    /// <summary>The longest that its compaction makes; null is not known.</summary>
    public TimeSpan? MaxBlock { get; init; }

    /// <summary>False where blocks that overlap make it stop loading any (a flag of versions before 2.39).</summary>
    public bool AllowsOverlaps { get; init; } = true;

    /// <summary>First and last sample that are in no block yet, ms since the Unix epoch; null when there are none.</summary>
    public (long First, long Last)? Head { get; init; }

    /// <summary>Asks for it.</summary>
    /// <param name="client">The Prometheus.</param>
    /// <param name="stop">Gives up.</param>
    /// <exception cref="PrometheusException">It does not say, or has none.</exception>
    public static async Task<PrometheusStorage> ReadAsync(PrometheusClient client, CancellationToken stop)
    {
        var flags = await client.GetAsync("api/v1/status/flags", [], stop);
        var runtime = await client.GetAsync("api/v1/status/runtimeinfo", [], stop);
        var tsdb = await client.GetAsync("api/v1/status/tsdb", [], stop);
        var path = Text(flags, "storage.tsdb.path") is { Length: > 0 } text
            ? text
            : throw new PrometheusException(PrometheusFailure.Malformed, $"{client.Address} names no storage.tsdb.path among its flags: it has no database to put blocks into", transient: false);
        var retention = Text(runtime, "storageRetention") ?? "";
        var (first, last) = Property(tsdb, "headStats") is { } head ? (Number(head, "minTime"), Number(head, "maxTime")) : (null, null);
        return new PrometheusStorage
        {
            // Slashes, whatever system this is: it is the server's path.
            Path = path.StartsWith('/') || Text(runtime, "CWD") is not { } directory ? path : $"{directory.TrimEnd('/')}/{path.TrimEnd('/')}",
            Retention = retention,
            RetentionTime = Duration(retention.Split(' ')[0]),
            HasRetentionSize = retention.Contains('B', StringComparison.Ordinal),
            MinBlock = Duration(Text(flags, "storage.tsdb.min-block-duration")),
            MaxBlock = Duration(Text(flags, "storage.tsdb.max-block-duration")),
            AllowsOverlaps = Text(flags, "storage.tsdb.allow-overlapping-blocks") != "false",
            Head = first <= last ? (first.Value, last.Value) : null,
        };
    }

    /// <summary>A length of time as Prometheus writes it: <c>1y2w3d4h5m6s7ms</c>, each part at most once.</summary>
    /// <param name="text">The text.</param>
    /// <returns>Null for anything else.</returns>
    public static TimeSpan? Duration(string? text)
    {
        if (text is null or "" || DurationParts().Match(text) is not { Success: true } match) return null;
        var milliseconds = 0.0;
        foreach (var (unit, length) in (ReadOnlySpan<(string, double)>)[("y", 365 * 86_400_000.0), ("w", 7 * 86_400_000.0), ("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1000), ("ms", 1)])
        {
            if (match.Groups[unit] is { Success: true } part) milliseconds += length * double.Parse(part.ValueSpan, CultureInfo.InvariantCulture);
        }

        return milliseconds <= TimeSpan.MaxValue.TotalMilliseconds / 2 ? TimeSpan.FromMilliseconds(milliseconds) : null;
    }

    private static JsonElement? Property(JsonElement data, string name) =>
        data.ValueKind == JsonValueKind.Object && data.TryGetProperty(name, out var value) ? value : null;

    private static string? Text(JsonElement data, string name) => Property(data, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private static long? Number(JsonElement data, string name) =>
        Property(data, name) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out var value) ? value : null;

    [GeneratedRegex("^((?<y>[0-9]+)y)?((?<w>[0-9]+)w)?((?<d>[0-9]+)d)?((?<h>[0-9]+)h)?((?<m>[0-9]+)m)?((?<s>[0-9]+)s)?((?<ms>[0-9]+)ms)?$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex DurationParts();
}
