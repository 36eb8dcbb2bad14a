using MetricsSim.Analysis.Indicators;
using MetricsSim.Analysis.Runs;
using MetricsSim.Analysis.Truth;

namespace MetricsSim.Reports;

/// <summary>A run with its verdicts, its ground truth and what reports show of it.</summary>
internal sealed record JudgedRun
{
    /// <summary>What was played.</summary>
    public required PlayedRun Run { get; init; }

    /// <summary>One for each assertion.</summary>
    public required IReadOnlyList<Verdict> Verdicts { get; init; }

    /// <summary>One for each incident.</summary>
    public required IReadOnlyList<Incident> Truth { get; init; }

    /// <summary>What it came to.</summary>
    public required RunTotals Totals { get; init; }

    /// <summary>The run in at most so many bins.</summary>
    public required Func<int, RunBins> Bins { get; init; }

    /// <summary>How it was played on a daemon; null in virtual time.</summary>
    public LivePlay? Live { get; init; }

    /// <summary>Whether every assertion was shown to hold.</summary>
    public bool Passed => Verdicts.All(verdict => verdict.Passed);

    /// <summary>Judges a run in virtual time.</summary>
    /// <param name="run">A recorded run.</param>
    /// <returns>The run with all that is said of it.</returns>
    public static JudgedRun Of(RecordedRun run) => new()
    {
        Run = run,
        Verdicts = Judge.All(run),
        Truth = GroundTruth.Of(run),
        Totals = RunTotals.Of(run),
        Bins = most => RunBins.Of(run.Series, most),
    };
}

/// <summary>How a run was played on a daemon.</summary>
/// <param name="Daemon">Its address.</param>
/// <param name="Prometheus">Address of the Prometheus that was asked.</param>
/// <param name="From">Wall-clock time of the first scrape, by that Prometheus.</param>
/// <param name="To">Of the last one.</param>
/// <param name="Speed">Simulated seconds per wall second.</param>
/// <param name="ScrapeSeconds">Simulated seconds between two scrapes.</param>
/// <param name="Notes">What a reader should know: gaps, what is missing.</param>
internal sealed record LivePlay(
    string Daemon, string Prometheus, DateTimeOffset From, DateTimeOffset To, double Speed, double ScrapeSeconds, IReadOnlyList<string> Notes);
