using MetricsSim.Analysis.Indicators.PromQl;
using MetricsSim.Analysis.Runs;
using MetricsSim.Prometheus;

namespace MetricsSim.Judging;

/// <summary>Finds the scrapes of a run in a Prometheus.</summary>
internal static class ScrapeReader
{
    /// <summary>Reads them.</summary>
    /// <param name="ask">The Prometheus.</param>
    /// <param name="run">The run.</param>
    /// <param name="names">How its metrics are called.</param>
    /// <param name="from">Where to begin to look: seconds since the Unix epoch by its clock.</param>
    /// <param name="to">Where to end.</param>
    /// <param name="stop">Gives up.</param>
    /// <returns>The scrapes.</returns>
    /// <exception cref="NoHistoryException">There is none, or more than one daemon's.</exception>
    public static async Task<ScrapeClock> ReadAsync(
        PrometheusQueries ask, PlayedRun run, PublishedNames names, double from, double to, CancellationToken stop)
    {
        var range = $"{names.SimulatedTime}[{PromQlScope.Duration(to - from)}]";
        var series = await ask.InstantAsync(PromQlQuery.At(range, to), stop) is PrometheusMatrix matrix ? matrix.Series : [];
        var found = series.Select(one => (Series: one, Clock: Clock(run, one))).Where(one => one.Clock.Scrapes.Count > 0).ToList();
        return found.Count switch
        {
            0 => throw new NoHistoryException($"Prometheus at {ask.Address} has no scrapes of this run: {names.SimulatedTime} never shows a time within it"),
            1 => found[0].Clock,
            _ => throw new NoHistoryException(Several(ask, names, [.. found.Select(one => one.Series)])),
        };
    }

    /// <summary>A sentence about several daemons where one is wanted.</summary>
    /// <param name="ask">The Prometheus.</param>
    /// <param name="names">How metrics are called.</param>
    /// <param name="series">Series of <c>metricssim_simulated_time_seconds</c>.</param>
    /// <returns>The sentence.</returns>
    public static string Several(PrometheusQueries ask, PublishedNames names, IReadOnlyList<PrometheusSeries> series)
    {
        var labels = series.SelectMany(one => one.Labels).Where(label => label.Key != "__name__").GroupBy(label => label.Key, StringComparer.Ordinal)
            .Where(label => label.Select(pair => pair.Value).Distinct(StringComparer.Ordinal).Skip(1).Any()).Select(label => label.First());
        var example = string.Join(',', labels.Take(1).Select(label => $"{label.Key}=\"{label.Value}\""));
        return $"Prometheus at {ask.Address} has {series.Count} series of {names.SimulatedTime}: choose a daemon with --match, such as --match '{example}'";
    }

    private static ScrapeClock Clock(PlayedRun run, PrometheusSeries series) => ScrapeClock.Of(
        series.Samples.Select(sample => (sample.Time, sample.Value)), run.StartedAt.ToUnixTimeMilliseconds() / 1000.0, run.Duration.TotalSeconds);
}

/// <summary>A Prometheus doesn't have a run.</summary>
/// <param name="message">Why, in a sentence.</param>
internal sealed class NoHistoryException(string message) : Exception(message);
