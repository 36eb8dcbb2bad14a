namespace MetricsSim.Analysis.Runs;

/// <summary>A scrape of a run.</summary>
/// <param name="Wall">When a monitoring system took it, by its own clock: seconds since the Unix epoch.</param>
/// <param name="Simulated">The simulated time it showed: seconds since the run's start; negative before it.</param>
public readonly record struct Scrape(double Wall, double Simulated);

/// <summary>
/// When a monitoring system scraped a run, and what the simulated clock showed each time: the samples of
/// <c>metricssim_simulated_time_seconds</c>. It translates between the two times, whatever the daemon's speed, pauses and the clocks of
/// the machines.
/// </summary>
public sealed class ScrapeClock
{
    private const double Gap = 2.5;
    private const double Uneven = 0.02;
    private static readonly Comparer<Scrape> ByWall = Comparer<Scrape>.Create((a, b) => a.Wall.CompareTo(b.Wall));

    private readonly Scrape[] _scrapes;

    private ScrapeClock(Scrape[] scrapes, double length)
    {
        _scrapes = scrapes;
        Length = length;
        Interval = Median(scrapes.Zip(scrapes.Skip(1), (a, b) => b.Simulated - a.Simulated).Where(step => step > 0));
    }

    /// <summary>Length of the run, simulated seconds.</summary>
    public double Length { get; }

    /// <summary>Usual distance of two scrapes, simulated seconds; NaN with fewer than two.</summary>
    public double Interval { get; }

    /// <summary>The scrapes from the one nearest to the start to the one nearest to the end.</summary>
    public IReadOnlyList<Scrape> Scrapes => _scrapes;

    /// <summary>Simulated seconds per wall second, over the run; NaN with fewer than two scrapes.</summary>
    public double Pace => _scrapes.Length < 2 ? double.NaN : (_scrapes[^1].Simulated - _scrapes[0].Simulated) / (_scrapes[^1].Wall - _scrapes[0].Wall);

    /// <summary>Whether the simulated clock ran evenly: neither paused nor changed.</summary>
    public bool IsSteady => _scrapes.Length >= 2 && _scrapes.All(scrape =>
        Math.Abs(scrape.Simulated - _scrapes[0].Simulated - ((scrape.Wall - _scrapes[0].Wall) * Pace)) <= (Uneven * Length) + (2 * Interval));

    /// <summary>Finds a run's scrapes.</summary>
    /// <param name="samples">Samples of <c>metricssim_simulated_time_seconds</c> in order of wall time: wall time and value.</param>
    /// <param name="start">The run's start as that metric shows it.</param>
    /// <param name="length">Length of the run, simulated seconds.</param>
    /// <returns>The clock; without a scrape when none lies within an interval of the run.</returns>
    public static ScrapeClock Of(IEnumerable<(double Wall, double Value)> samples, double start, double length)
    {
        var all = samples.Select(sample => new Scrape(sample.Wall, sample.Value - start)).ToList();
        // A clock that goes back belongs to another daemon.
        var begin = Enumerable.Range(1, Math.Max(0, all.Count - 1)).LastOrDefault(i => all[i].Simulated < all[i - 1].Simulated);
        all = all[begin..];
        var inside = new ScrapeClock([.. all.Where(scrape => scrape.Simulated >= 0 && scrape.Simulated <= length)], length);
        var reach = double.IsNaN(inside.Interval) ? length : inside.Interval;
        var near = all.Where(scrape => scrape.Simulated > -reach && scrape.Simulated < length + reach).ToArray();
        if (near.Length == 0) return new([], length);
        var (from, to) = (Nearest(near, 0), Nearest(near, length));
        return new(near[from..(to + 1)], length);
    }

    /// <summary>The scrape that shows a simulated time best.</summary>
    /// <param name="seconds">Simulated seconds since the run's start.</param>
    /// <returns>The scrape.</returns>
    public Scrape At(double seconds) => _scrapes[Nearest(_scrapes, seconds)];

    /// <summary>The simulated time that a scrape at a wall time would have shown.</summary>
    /// <param name="wall">Seconds since the Unix epoch.</param>
    /// <returns>Simulated seconds since the run's start.</returns>
    public double SimulatedAt(double wall)
    {
        var found = Array.BinarySearch(_scrapes, new Scrape(wall, 0), ByWall);
        var after = found < 0 ? ~found : found;
        if (after == 0) return _scrapes[0].Simulated;
        if (after == _scrapes.Length) return _scrapes[^1].Simulated;
        var (a, b) = (_scrapes[after - 1], _scrapes[after]);
        return a.Simulated + ((wall - a.Wall) / (b.Wall - a.Wall) * (b.Simulated - a.Simulated));
    }

    /// <summary>How much of a part of the run no scrape tells of.</summary>
    /// <param name="from">Its begin, simulated seconds since the run's start.</param>
    /// <param name="to">Its end.</param>
    /// <returns>Simulated seconds, 0 if there is nothing unusual.</returns>
    public double Missing(double from, double to)
    {
        var missing = 0.0;
        var last = from;
        foreach (var scrape in _scrapes.Append(new Scrape(0, to)).Where(scrape => scrape.Simulated >= from && scrape.Simulated <= to))
        {
            if (!(scrape.Simulated - last <= Gap * Interval)) missing += scrape.Simulated - last;
            last = scrape.Simulated;
        }

        return missing;
    }

    // Of scrapes that show the same, while the clock is paused, the start takes the last and the end the first.
    private static int Nearest(Scrape[] scrapes, double seconds)
    {
        var best = 0;
        for (var i = 1; i < scrapes.Length; i++)
        {
            var (distance, least) = (Math.Abs(scrapes[i].Simulated - seconds), Math.Abs(scrapes[best].Simulated - seconds));
            if (distance < least || (distance == least && seconds <= 0)) best = i;
        }

        return best;
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length == 0 ? double.NaN : sorted[sorted.Length / 2];
    }
}
