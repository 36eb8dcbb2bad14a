using System.Globalization;
using System.Text;
using MetricsSim.Analysis.Runs;

namespace MetricsSim.Analysis.Indicators.PromQl;

/// <summary>A part of a run as Prometheus has it: from one scrape to another.</summary>
public sealed class PromQlScope
{
    /// <summary>Takes the part of a run that an assertion looks at.</summary>
    /// <param name="run">The run.</param>
    /// <param name="clock">Its scrapes, at least one.</param>
    /// <param name="names">How its metrics are called.</param>
    /// <param name="window">The last so much of it; null is all of it.</param>
    public PromQlScope(PlayedRun run, ScrapeClock clock, PublishedNames names, TimeSpan? window)
    {
        (Run, Clock, Names) = (run, clock, names);
        WantedFrom = window is { } last ? Math.Max(0, clock.Length - last.TotalSeconds) : 0;
        From = clock.At(WantedFrom);
        To = clock.At(clock.Length);
    }

    /// <summary>The run.</summary>
    public PlayedRun Run { get; }

    /// <summary>Its scrapes.</summary>
    public ScrapeClock Clock { get; }

    /// <summary>How its metrics are called.</summary>
    public PublishedNames Names { get; }

    /// <summary>Where the part was to begin, simulated seconds since the run's start.</summary>
    public double WantedFrom { get; }

    /// <summary>Its first scrape.</summary>
    public Scrape From { get; }

    /// <summary>Its last scrape.</summary>
    public Scrape To { get; }

    /// <summary>The whole part as a range.</summary>
    public string Range => Duration(To.Wall - From.Wall);

    /// <summary>Why nothing can be told of the part, or null.</summary>
    public string? Obstacle
    {
        get
        {
            var length = Clock.Length - WantedFrom;
            var missing = Clock.Missing(WantedFrom, Clock.Length);
            if (missing > length / 2) return $"Prometheus has no scrapes of {missing:0} s of the {length:0} s";
            return To.Wall > From.Wall ? null : "scrape interval too long: fewer than two scrapes in the window";
        }
    }

    /// <summary>A time as Prometheus takes it: seconds since the Unix epoch, to the millisecond.</summary>
    /// <param name="wall">The time.</param>
    /// <returns>A number.</returns>
    public static string Time(double wall) => wall.ToString("0.###", CultureInfo.InvariantCulture);

    /// <summary>A length of simulated time as a range.</summary>
    /// <param name="seconds">Simulated seconds.</param>
    /// <returns>A duration of PromQL.</returns>
    public string Simulated(double seconds) => Duration(seconds / Clock.Pace);

    /// <summary>Steps from scrape to scrape, for subqueries and range queries: wall seconds.</summary>
    public double Step => Math.Max(0.001, Math.Round(Clock.Interval / Clock.Pace, 3));

    /// <summary>
    /// A duration of PromQL, a millisecond longer than asked: a sample on the range's early edge then counts in every version of
    /// Prometheus. With scrapes on both edges nothing is extrapolated.
    /// </summary>
    /// <param name="seconds">Wall seconds.</param>
    /// <returns>E.g. <c>4h1ms</c>.</returns>
    public static string Duration(double seconds) => Exact(seconds + 0.001);

    /// <summary>A duration of PromQL.</summary>
    /// <param name="seconds">Wall seconds; rounded to the millisecond.</param>
    /// <returns>E.g. <c>1m30s</c>.</returns>
    public static string Exact(double seconds)
    {
        var left = (long)Math.Round(seconds * 1000);
        var text = new StringBuilder();
        foreach (var (unit, length) in new[] { ("h", 3_600_000L), ("m", 60_000L), ("s", 1000L), ("ms", 1L) })
        {
            if (left >= length) text.Append(left / length).Append(unit);
            left %= length;
        }

        return text.Length == 0 ? "1ms" : text.ToString();
    }
}
