using MetricsSim.Cli;
using MetricsSim.Dashboards.Model;

namespace MetricsSim.Studies;

/// <summary>Measures all sizes, one after the other.</summary>
/// <param name="plan">The study.</param>
/// <param name="window">The times of its history.</param>
/// <param name="terminal">Where warnings go.</param>
internal sealed class CardinalityStudy(StudyPlan plan, StudyWindow window, Terminal terminal)
{
    /// <summary>What a size takes whatever it has, in series: scrapes wait for their time.</summary>
    private const double SeriesWorthOfWaiting = 200_000;

    /// <summary>Measures.</summary>
    /// <param name="populations">The sizes, ascending.</param>
    /// <param name="prometheus">Version of the server.</param>
    /// <param name="progress">Told the size's index, the share of it that is done, and the share of all.</param>
    /// <param name="done">Told each size when it is measured.</param>
    /// <param name="stop">Gives up.</param>
    /// <exception cref="OutputException">What was written can't be deleted.</exception>
    public async Task<StudyResult> RunAsync(
        IReadOnlyList<SizedPopulation> populations, string prometheus, Action<int, double, double> progress, Action<SizeResult> done, CancellationToken stop)
    {
        double[] weights = [.. populations.Select(population => population.Series + SeriesWorthOfWaiting)];
        var all = weights.Sum();
        var sizes = new List<SizeResult>();
        foreach (var (i, population) in populations.Index())
        {
            var before = weights.Take(i).Sum();
            void Tell(double share) => progress(i, share, (before + (share * weights[i])) / all);
            Tell(0);
            var size = await new SizeStudy(plan, window, terminal).MeasureAsync(population, Tell, stop);
            Tell(1);
            sizes.Add(size);
            done(size);
        }

        return new StudyResult { Machine = MachineFacts.Here(prometheus), Settings = Settings(), Sizes = sizes };
    }

    private StudySettings Settings()
    {
        var benchmarks = plan.Config.Document.Benchmarks;
        return new StudySettings(
            plan.History.TotalSeconds, plan.Interval.TotalSeconds, window.Step.TotalSeconds, window.RateWindow.TotalSeconds, plan.Repeat, plan.Scrapes,
            plan.Config.World.Seed, benchmarks.CardinalityLimits.TotalSeries,
            Enum.GetValues<QueryClass>().ToDictionary(kind => kind.Key(), kind => benchmarks.QueryPerformance.Limit(kind).TotalMilliseconds));
    }
}
