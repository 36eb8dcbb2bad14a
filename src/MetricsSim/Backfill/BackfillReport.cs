using MetricsSim.Cli;
using MetricsSim.Configuration;

namespace MetricsSim.Backfill;

/// <summary>What a backfill came to, for people and for programs.</summary>
/// <param name="span">Which samples.</param>
/// <param name="format">In which format: <c>blocks</c>, <c>openmetrics</c> or <c>remote-write</c>.</param>
/// <param name="output">Where they are.</param>
/// <param name="totals">How many.</param>
/// <param name="elapsed">How long it took.</param>
internal sealed class BackfillReport(HistorySpan span, string format, string output, HistoryTotals totals, TimeSpan elapsed)
{
    private double SamplesPerSecond => totals.Samples / Math.Max(elapsed.TotalSeconds, 1e-6);

    private double BytesPerSample => (double)totals.Bytes / Math.Max(totals.Samples, 1);

    /// <summary>Two lines, and how the blocks get into a Prometheus.</summary>
    /// <param name="guide">How they do; null if nobody asked.</param>
    public string Text(MountGuide? guide)
    {
        var what = totals.Blocks is { } blocks ? $"{blocks:N0} {(blocks == 1 ? "block" : "blocks")} in {output}"
            : format == "openmetrics" ? $"OpenMetrics text in {(output == "-" ? "standard output" : output)}"
            : $"sent to {output}";
        return $"{what}: {totals.Series:N0} series every {DurationText.Format(span.Interval)}, {Time(span.FirstMilliseconds)} to {Time(span.LastMilliseconds)}\n"
            + $"{totals.Samples:N0} samples, {totals.Bytes:N0} bytes ({BytesPerSample:0.00} a sample), {elapsed.TotalSeconds:0.0} s ({SamplesPerSecond:N0} samples/s)\n"
            + guide?.Text(output);
    }

    /// <summary>An object.</summary>
    /// <param name="guide">How the blocks get into a Prometheus; null if nobody asked.</param>
    public string Json(MountGuide? guide) => Cli.Json.Text(new
    {
        Format = format,
        Output = output,
        FirstSample = Time(span.FirstMilliseconds),
        LastSample = Time(span.LastMilliseconds),
        IntervalSeconds = span.Interval.TotalSeconds,
        totals.Blocks,
        totals.Series,
        totals.Samples,
        totals.Bytes,
        BytesPerSample,
        ElapsedSeconds = elapsed.TotalSeconds,
        SamplesPerSecond,
        Into = guide?.Json(output),
    });

    private static string Time(long milliseconds) =>
        DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFF'Z'");
}
