using MetricsSim.Analysis.Indicators;
using MetricsSim.Analysis.Indicators.PromQl;
using MetricsSim.Analysis.Runs;
using MetricsSim.Judging;
using MetricsSim.Prometheus;
using MetricsSim.Reports;

namespace MetricsSim.Cli.OnDaemon;

/// <summary>Judges what a daemon played by the Prometheus that scraped it.</summary>
/// <param name="client">The Prometheus.</param>
/// <param name="patience">Waits for one that is away, and for scrapes to come in.</param>
/// <param name="time">The clock.</param>
internal sealed class LiveJudge(PrometheusClient client, Patience patience, TimeProvider time)
{
    // Before the start, so that the scrape nearest to it is found.
    private const double Margin = 15;

    private readonly PrometheusQueries _ask = new(client, patience);

    /// <summary>Its address, to show.</summary>
    public string Address => client.Address;

    /// <summary>Waits until a scrape shows a simulated time.</summary>
    /// <param name="names">How the daemon's metrics are called.</param>
    /// <param name="simulated">The time.</param>
    /// <param name="stop">Gives up.</param>
    /// <exception cref="NoHistoryException">More than one daemon is scraped.</exception>
    /// <exception cref="OutOfPatienceException">It stays away, or doesn't scrape the daemon.</exception>
    public Task UntilScrapedAsync(PublishedNames names, DateTimeOffset simulated, CancellationToken stop) =>
        patience.TryAsync(given => ScrapedAsync(names, simulated, given), e => e is NotYetException or PrometheusException { IsTransient: true }, stop);

    /// <summary>Judges a run that has ended and was scraped to its end.</summary>
    /// <param name="simulation">What was played.</param>
    /// <param name="names">How the daemon's metrics are called.</param>
    /// <param name="daemon">The daemon's address.</param>
    /// <param name="stop">Gives up.</param>
    /// <returns>The run with verdicts and plots, without ground truth.</returns>
    /// <exception cref="NoHistoryException">The Prometheus doesn't have the run.</exception>
    public async Task<JudgedRun> JudgeAsync(LiveSimulation simulation, PublishedNames names, string daemon, CancellationToken stop)
    {
        var (run, cut) = Played(simulation);
        var now = (await _ask.PointsAsync(PromQlQuery.Now("time()"), stop))[0].Value;
        var from = now - time.GetElapsedTime(simulation.WallStart).TotalSeconds - Margin;
        var history = await RunHistory.FindAsync(_ask, run, names, from, now, stop);
        var verdicts = new List<Verdict>();
        foreach (var assertion in run.Scenario.Assertions)
            verdicts.Add(cut is null ? await history.JudgeAsync(assertion, stop) : Judge.NotEvaluated(assertion, cut));
        var plots = new RunPlots(history);
        var totals = await plots.TotalsAsync(stop);
        var bins = await plots.BinsAsync(stop);
        var clock = history.Clock;
        return new JudgedRun
        {
            Run = run,
            Verdicts = verdicts,
            Truth = [],
            Totals = totals,
            Bins = _ => bins,
            Live = new(daemon, Address, Wall(clock.Scrapes[0]), Wall(clock.Scrapes[^1]), clock.Pace, clock.Interval, [.. Notes(clock), .. plots.Notes]),
        };
    }

    private static (PlayedRun Run, string? Cut) Played(LiveSimulation simulation)
    {
        if (simulation.Latest is not { Status: "stopped" } latest) return (simulation.Run, null);
        var run = simulation.Run;
        var played = (latest.EndsAt - latest.StartedAt) * run.Start.Compress;
        var start = run.Start with { Duration = played };
        return (run with { Start = start, Plan = Core.Scenarios.TimelinePlan.Of(run.Scenario, start, run.Options.Tick) },
            $"the simulation was stopped at {latest.Progress:P0}, before its end");
    }

    private static IEnumerable<string> Notes(ScrapeClock clock)
    {
        var missing = clock.Missing(0, clock.Length);
        if (missing > 0) yield return $"Prometheus has no scrapes of {missing:0} s of the run";
        if (!clock.IsSteady) yield return "the daemon's clock was paused or changed its speed during the run";
    }

    private static DateTimeOffset Wall(Scrape scrape) => DateTimeOffset.FromUnixTimeMilliseconds((long)Math.Round(scrape.Wall * 1000));

    private async Task<bool> ScrapedAsync(PublishedNames names, DateTimeOffset simulated, CancellationToken stop)
    {
        await client.ReadyAsync(stop);
        var series = await client.QueryAsync(names.SimulatedTime, null, stop) is PrometheusVector vector ? vector.Elements : [];
        if (series.Count > 1) throw new NoHistoryException(ScrapeReader.Several(_ask, names, series));
        if (series.Count == 0) throw new NotYetException($"Prometheus at {Address} has not scraped the daemon: it has no {names.SimulatedTime}");
        if (series[0].Value >= (simulated.ToUnixTimeMilliseconds() / 1000.0) - 1e-3) return true;
        throw new NotYetException($"Prometheus at {Address} has not scraped the daemon at a simulated time of {RunJson.Instant(simulated)} or later");
    }
}

/// <summary>Something has not happened yet.</summary>
/// <param name="message">What, in a sentence.</param>
internal sealed class NotYetException(string message) : Exception(message);
