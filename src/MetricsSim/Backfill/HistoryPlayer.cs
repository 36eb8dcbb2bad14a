using MetricsSim.Core.Engine;

namespace MetricsSim.Backfill;

/// <summary>Steps a world through a span of time and hands its samples on.</summary>
internal static class HistoryPlayer
{
    private const int SamplesBetweenLooks = 64;

    /// <summary>How long a Prometheus waits for a page, unless its interval is shorter.</summary>
    private static readonly TimeSpan ScrapeTimeout = TimeSpan.FromSeconds(10);

    /// <summary>Plays it.</summary>
    /// <param name="world">At tick 0, which is the start of the span.</param>
    /// <param name="span">Which samples.</param>
    /// <param name="history">Where they go.</param>
    /// <param name="progress">Told now and then which share is done, 0–1.</param>
    /// <param name="stop">Cancelled to give up.</param>
    /// <returns>What the history came to.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static HistoryTotals Play(World world, HistorySpan span, IHistory history, Action<double> progress, CancellationToken stop)
    {
        var ticks = span.Interval.Ticks / world.Options.Tick.Ticks;
        for (long i = 0; i < span.Samples; i++)
        {
            for (long tick = 0; i > 0 && tick < ticks; tick++)
            {
                stop.ThrowIfCancellationRequested();
                world.Step();
            }

            stop.ThrowIfCancellationRequested();
            var sample = history.Next;
            world.CopyTo(sample);
            // Pages carry no time: a scrape has its own, whatever the exporter's clock says.
            sample.UnixMilliseconds = span.FirstMilliseconds + (i * span.IntervalMilliseconds);
            sample.ExporterDown |= sample.Delay > (span.Interval < ScrapeTimeout ? span.Interval : ScrapeTimeout);
            history.Take();
            if (i % SamplesBetweenLooks == 0) progress((double)i / span.Samples);
        }

        return history.Finish();
    }
}
