using MetricsSim.Dashboards.Model;

namespace MetricsSim.Dashboards;

/// <summary>
/// The step of a range query, and what <c>$__interval</c> and <c>$__rate_interval</c> are, by Grafana's arithmetic: first the browser
/// (<c>calculateInterval</c> in <c>packages/grafana-data/src/datetime/rangeutil.ts</c>, called by <c>SceneQueryRunner</c> of
/// https://github.com/grafana/scenes), then its server (<c>pkg/promlib/models/query.go</c> of https://github.com/grafana/grafana).
/// </summary>
/// <param name="Step">The step, which is <c>$__interval</c> too.</param>
/// <param name="RateInterval"><c>$__rate_interval</c>.</param>
/// <param name="Requested">What the browser asks for (<c>intervalMs</c>), before a least step of the query.</param>
internal sealed record QueryStep(TimeSpan Step, TimeSpan RateInterval, TimeSpan Requested)
{
    /// <summary>Points that the server asks for at most.</summary>
    public const int MostPoints = 11_000;

    /// <summary>Works it out.</summary>
    /// <param name="panel">The panel: its least interval and its most points.</param>
    /// <param name="target">The query: a least step of its own, which takes the place of the scrape interval in <c>$__rate_interval</c>.</param>
    /// <param name="range">Length of the time shown, longer than 0.</param>
    /// <param name="width">Width of the panel in pixels: as many points unless the panel says otherwise.</param>
    /// <param name="scrapeInterval">Scrape interval of the data source.</param>
    public static QueryStep Of(Panel panel, PanelTarget target, TimeSpan range, int width, TimeSpan scrapeInterval)
    {
        var points = panel.MaxDataPoints ?? Math.Max(1, width);
        var least = GrafanaInterval.Parse(panel.IntervalMin) ?? scrapeInterval;
        var requested = Longer(GrafanaInterval.Round(range / points), least);

        // The server works it out again, by the least step of the query if there is one.
        var own = IsVariable(target.Interval) ? null : GrafanaInterval.Parse(target.Interval);
        var raw = range / points;
        var minimum = own ?? requested;
        var calculated = raw < minimum ? minimum : GrafanaInterval.Round(raw);
        var adjusted = Longer(calculated, GrafanaInterval.Round(range / MostPoints));
        if (target.Interval is "$__rate_interval" or "${__rate_interval}")
        {
            var rate = Rate(adjusted, scrapeInterval);
            return new(rate, rate, requested);
        }

        var step = adjusted * target.IntervalFactor;
        var scrape = target.Interval is "$__interval" or "${__interval}" ? step : own ?? scrapeInterval;
        return new(step, Rate(requested, scrape), requested);
    }

    /// <summary>Rounds the ends of a range down to whole steps, which is what makes answers fit for caches (<c>AlignTimeRange</c>).</summary>
    /// <param name="time">The time shown.</param>
    /// <returns>First and last time, seconds since the Unix epoch.</returns>
    public (double From, double To) Align(BoardTime time)
    {
        var step = Step.TotalSeconds;
        return (Math.Floor(time.FromSeconds / step) * step, Math.Floor(time.ToSeconds / step) * step);
    }

    private static TimeSpan Rate(TimeSpan interval, TimeSpan scrape) => Longer(interval + scrape, 4 * scrape);

    private static TimeSpan Longer(TimeSpan a, TimeSpan b) => a > b ? a : b;

    private static bool IsVariable(string interval) => interval.Contains('$', StringComparison.Ordinal);
}
