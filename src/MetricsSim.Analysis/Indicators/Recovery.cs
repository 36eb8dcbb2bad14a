using MetricsSim.Analysis.Runs;
using MetricsSim.Core.Faults;

namespace MetricsSim.Analysis.Indicators;

/// <summary>
/// <c>recovery_time</c>: the largest, over the faults that end in the window, of the seconds from a fault's end until the last 60 s have
/// an error rate and a p95 within the baseline's mean ± 3 standard deviations (at least ± 1 point and ± 10 %). A window without
/// requests, or without successful ones, is not recovered.
/// </summary>
internal static class Recovery
{
    public const double LeastErrorBand = 0.01;
    public const double LeastLatencyBand = 0.1;

    private const double WindowSeconds = 60;

    public static Measured Measure(RecordedRun run, RunWindow window)
    {
        var (from, to) = (run.Series.SecondsAt(window.From), run.Series.SecondsAt(window.To));
        var faults = run.Faults.Where(fault => fault.End is { } tick && run.Seconds(tick) is var end && (end > from || window.From == 0) && end <= to).ToList();
        if (faults.Count == 0) return new(0, "no fault");
        if (run.Baseline.Requests == 0) return new(double.NaN, "no baseline before the first event");
        var tiles = RunSeries.Tiles(run.Baseline, WindowSeconds).DefaultIfEmpty(run.Baseline).ToList();
        var errors = Band.Of(tiles.Select(tile => tile.ErrorRate), _ => LeastErrorBand);
        var latency = Band.Of(tiles.Select(tile => tile.Duration(0.95)), mean => LeastLatencyBand * mean);
        var slowest = faults.Select(fault => (Fault: fault, Seconds: After(run, fault.End!.Value, window.To, errors, latency))).MaxBy(after => after.Seconds);
        return new(
            slowest.Seconds,
            double.IsPositiveInfinity(slowest.Seconds) ? $"never recovered from {slowest.Fault.Fault.Type.SnakeCase()}" : null);
    }

    private static double After(RecordedRun run, long endTick, int last, Band errors, Band latency)
    {
        var end = run.Seconds(endTick);
        for (var boundary = run.Series.BoundaryAt(end); boundary <= last; boundary++)
        {
            var trailing = run.Series.Trailing(boundary, WindowSeconds);
            if (errors.Holds(trailing.ErrorRate) && latency.Holds(trailing.Duration(0.95))) return run.Series.SecondsAt(boundary) - end;
        }

        return double.PositiveInfinity;
    }
}
