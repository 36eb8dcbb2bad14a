using System.Text.RegularExpressions;
using MetricsSim.Analysis.Truth;
using MetricsSim.Core.Series;
using MetricsSim.Core.Tests.Wire;
using MetricsSim.Wire;

namespace MetricsSim.Core.Tests.Analysis.Truth;

/// <summary>
/// The signals of symptoms as a monitoring system would compute them: from pages, by metric name and selector alone. The slow, obvious
/// way, to check the fast one against.
/// </summary>
/// <param name="pages">One page for each second, from second 0 on.</param>
internal sealed partial class PublishedSignals(IReadOnlyList<Snapshot> pages)
{
    private readonly double?[] _samples = new double?[pages.Count];

    /// <summary>The signal over the seconds after <paramref name="from"/> up to <paramref name="to"/>.</summary>
    public double Over(Symptom symptom, int from, int to)
    {
        from = Math.Max(0, from);
        if (Scraped(symptom.Metric) is { } scraped) return Enumerable.Range(from + 1, to - from).Average(scraped);
        var labels = Matchers().Matches(symptom.Selector).Select(match => (match.Groups["name"].Value, match.Groups["value"].Value)).ToArray();
        if (symptom.Metric.EndsWith("_total", StringComparison.Ordinal))
        {
            var name = symptom.Metric[..^"_total".Length];
            var divisor = View(0).Family(name).Divisor;
            return (double)(View(to).Sum(name, labels) - View(from).Sum(name, labels)) / divisor / (to - from);
        }

        if (symptom.Metric.EndsWith("_count", StringComparison.Ordinal))
        {
            var name = symptom.Metric[..^"_count".Length];
            return (double)(View(to).Count(name, labels) - View(from).Count(name, labels)) / (to - from);
        }

        if (symptom.Metric.EndsWith("_bucket", StringComparison.Ordinal)) return Quantile(symptom.Metric[..^"_bucket".Length], labels, from, to);
        return Enumerable.Range(from + 1, to - from).Average(second => View(second).Family(symptom.Metric).Divisor == 0
            ? View(second).Gauge(symptom.Metric, labels)
            : View(second).Sum(symptom.Metric, labels));
    }

    /// <summary>What Prometheus itself says of the scrape of a second.</summary>
    private Func<int, double>? Scraped(string metric) => metric switch
    {
        "up" => second => pages[second].ExporterDown ? 0 : 1,
        "scrape_duration_seconds" => second => pages[second].Delay.TotalSeconds,
        "scrape_samples_scraped" => second => pages[second].ExporterDown ? 0 : _samples[second] ??= Samples(pages[second]),
        _ => null,
    };

    private static int Samples(Snapshot page) =>
        Pages.Write([new(new PageLayout(page.Layout, ExpositionFormat.OpenMetrics100), page)]).Split('\n').Count(line => line.Length > 0 && line[0] != '#');

    private double Quantile(string name, (string Label, string Value)[] labels, int from, int to)
    {
        var (first, last) = (Cells(from, name, labels), Cells(to, name, labels));
        var counts = last.Zip(first, (late, early) => late - early).ToArray();
        var bounds = View(0).Family(name).Bounds;
        var rank = 0.95 * counts.Sum();
        var below = 0L;
        for (var bucket = 0; bucket < bounds.Count; bucket++)
        {
            if (below + counts[bucket] >= rank)
                return (bucket == 0 ? 0 : bounds[bucket - 1]) + ((bounds[bucket] - (bucket == 0 ? 0 : bounds[bucket - 1])) * (rank - below) / counts[bucket]);
            below += counts[bucket];
        }

        return bounds[^1];
    }

    private long[] Cells(int second, string name, (string Label, string Value)[] labels) =>
        View(second).Series(name).Single(series => labels.All(label => series.Labels[label.Label] == label.Value)).Cells[..^1];

    private SnapshotView View(int second) => new(pages[second]);

    [GeneratedRegex("(?<name>\\w+)=\"(?<value>[^\"]*)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Matchers();
}
