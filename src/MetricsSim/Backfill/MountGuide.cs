using MetricsSim.Core.Series;
using MetricsSim.Prometheus;

namespace MetricsSim.Backfill;

/// <summary>How blocks get into a Prometheus that runs, and what stands against it.</summary>
internal sealed class MountGuide
{
    private readonly string _url;
    private readonly PrometheusStorage _storage;

    private MountGuide(string url, PrometheusStorage storage, IReadOnlyList<string> warnings)
    {
        (_url, _storage) = (url, storage);
        Warnings = warnings;
    }

    /// <summary>What stands against it, a sentence each.</summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>Asks a Prometheus.</summary>
    /// <param name="client">The Prometheus.</param>
    /// <param name="span">Which samples are to be put into it.</param>
    /// <param name="blockLength">Length of their blocks, ms.</param>
    /// <param name="labels">Labels of their target.</param>
    /// <param name="stop">Gives up.</param>
    /// <exception cref="PrometheusException">It gives no answer.</exception>
    public static async Task<MountGuide> AskAsync(PrometheusClient client, HistorySpan span, long blockLength, IReadOnlyList<Label> labels, CancellationToken stop)
    {
        var storage = await PrometheusStorage.ReadAsync(client, stop);
        KeyValuePair<string, string>[] range = [new("start", Time(span.FirstMilliseconds)), new("end", Time(span.LastMilliseconds))];
        var there = await CountAsync(client, range, stop);
        var selector = $"{{{string.Join(',', labels.Select(label => $"{label.Name}=\"{label.Value.Replace("\\", @"\\").Replace("\"", "\\\"")}\""))}}}";
        var same = there == 0 || labels.Count == 0 ? 0 : await CountAsync(client, [.. range, new("match[]", selector)], stop);
        return new MountGuide(client.Address, storage, [.. Against(storage, span, blockLength), .. Beside(storage, there, same, selector)]);
    }

    /// <summary>What to do with blocks, as a program reads it.</summary>
    /// <param name="blocks">The directory they are in.</param>
    public object Json(string blocks) => new { Url = _url, StoragePath = _storage.Path, _storage.Retention, Copy = Copy(blocks), CopyIntoContainer = CopyIntoContainer(blocks), Warnings };

    /// <summary>What to do with blocks.</summary>
    /// <param name="blocks">The directory they are in.</param>
    /// <returns>Lines.</returns>
    public string Text(string blocks) => $"""

        Into the Prometheus at {_url}, which keeps {Printable(_storage.Retention)} in {Printable(_storage.Path)}; its user must be able to delete them:
          {Copy(blocks)}
        or, where that is in a container:
          {CopyIntoContainer(blocks)}
        It finds them within a minute. Or start one on them alone: --storage.tsdb.path={Quoted(blocks)}, for a container -v "$(realpath {Quoted(blocks)})":{Quoted(_storage.Path)}

        """;

    private static IEnumerable<string> Against(PrometheusStorage storage, HistorySpan span, long blockLength)
    {
        var newest = Math.Max(span.LastMilliseconds, storage.Head?.Last ?? 0);
        var age = TimeSpan.FromMilliseconds(newest - span.FirstMilliseconds);
        if (storage.RetentionTime is { } kept && kept > TimeSpan.Zero && age > kept)
        {
            yield return $"it keeps {Printable(storage.Retention)}, counted back from its newest block, and would delete blocks before {Time(newest - (long)kept.TotalMilliseconds)} at once: "
                + $"start it with --storage.tsdb.retention.time={Math.Ceiling(age.TotalDays) + 1:0}d";
        }

        if (storage.HasRetentionSize) yield return $"it keeps {Printable(storage.Retention)}, and deletes the oldest blocks first when there is more";
        if (storage.Head is var (first, _) && span.LastMilliseconds >= first)
        {
            yield return $"it has samples from {Time(first)} on that are in no block yet: when it starts next it forgets those before the end of the newest block: "
                + $"end the history before them, with --to {Time(first)}";
        }

        if (storage is { MinBlock: { } least, MaxBlock: { } most } && least == most)
            yield return $"its blocks are all of {least.TotalHours:0.##} h, so it compacts none, and whatever uploads them, such as a sidecar of Thanos, would upload these too";
        else if (storage.MaxBlock is { } longest && blockLength > longest.TotalMilliseconds)
            yield return $"blocks of {blockLength / 3_600_000.0:0.##} h are longer than those its compaction makes: give --max-block-duration {(long)longest.TotalHours}h";
    }

    private static IEnumerable<string> Beside(PrometheusStorage storage, int there, int same, string selector)
    {
        if (there == 0) yield break;
        if (!storage.AllowsOverlaps) yield return "it has blocks of that time and runs without --storage.tsdb.allow-overlapping-blocks: it would load no block any more";
        else if (same > 0) yield return $"it has {same} {Metrics(same)} of {Printable(selector)} at that time: where both have a sample at the same time one of them wins; choose another --label instance=…";
        else yield return $"it has {there} other {Metrics(there)} at that time: blocks that overlap are merged when they are compacted, which takes a while";
    }

    private static string Metrics(int count) => count == 1 ? "metric" : "metrics";

    private static async Task<int> CountAsync(PrometheusClient client, KeyValuePair<string, string>[] fields, CancellationToken stop)
    {
        var names = await client.GetAsync("api/v1/label/__name__/values", fields, stop);
        return names.ValueKind == System.Text.Json.JsonValueKind.Array ? names.GetArrayLength() : 0;
    }

    /// <summary>A block appears as a whole: half a block would be reported as a broken one.</summary>
    private string Copy(string blocks) =>
        $"for b in {Quoted(blocks)}/0*; do d={Quoted(_storage.Path)}/${{b##*/}}; cp -r \"$b\" \"$d.tmp-for-creation\" && mv \"$d.tmp-for-creation\" \"$d\"; done";

    private string CopyIntoContainer(string blocks) =>
        $"for b in {Quoted(blocks)}/0*; do d={Quoted(_storage.Path)}/${{b##*/}}; docker cp \"$b\" CONTAINER:\"$d.tmp-for-creation\" && docker exec CONTAINER mv \"$d.tmp-for-creation\" \"$d\"; done";

    private static string Time(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFF'Z'");

    /// <summary>What comes from elsewhere can't command the terminal.</summary>
    private static string Printable(string text) => new([.. text.Select(c => char.IsControl(c) ? '?' : c)]);

    /// <summary>One word of a shell, whatever is in it.</summary>
    private static string Quoted(string text) =>
        text.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '.' or '_' or '-' or '+' or ':') ? text : $"'{Printable(text).Replace("'", @"'\''")}'";
}
