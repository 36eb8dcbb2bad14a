using MetricsSim.Backfill;
using MetricsSim.Dashboards;
using MetricsSim.Dashboards.Model;
using MetricsSim.Wire.Tsdb;

namespace MetricsSim.Studies;

/// <summary>The times of a study's history and of its queries.</summary>
/// <param name="Span">The history's samples.</param>
/// <param name="Step">Step of range queries, as a panel as wide as a window asks.</param>
/// <param name="RateWindow">Window of rates: <c>$__rate_interval</c> of Grafana.</param>
internal sealed record StudyWindow(HistorySpan Span, TimeSpan Step, TimeSpan RateWindow)
{
    /// <summary>Width of a panel that fills a window.</summary>
    private const int Pixels = 1000;

    /// <summary>The window of rates in PromQL.</summary>
    public string RateText => Text(RateWindow);

    /// <summary>The range of time that is shown, in PromQL.</summary>
    public string RangeText => Text(Span.Interval * Span.Samples);

    /// <summary>A history that ends where a block ends, the last one there was: each study then has the same blocks, whenever it is made.</summary>
    /// <param name="length">Of the history, &gt; 0.</param>
    /// <param name="interval">Of its samples.</param>
    /// <param name="now">The wall clock.</param>
    public static StudyWindow Before(DateTimeOffset now, TimeSpan length, TimeSpan interval)
    {
        var end = DateTimeOffset.FromUnixTimeMilliseconds(BlockRange.Of(now.ToUnixTimeMilliseconds(), BlockRange.Shortest).Start);
        var span = HistorySpan.Of(end - length, length, interval);
        var step = QueryStep.Of(new Panel { Type = "timeseries" }, new PanelTarget { RefId = "A", Expression = "" }, length, Pixels, interval);
        return new StudyWindow(span, step.Step, step.RateInterval);
    }

    private static string Text(TimeSpan length) => length.Ticks % TimeSpan.TicksPerSecond == 0 ? $"{length.TotalSeconds:0}s" : $"{length.TotalMilliseconds:0}ms";
}
