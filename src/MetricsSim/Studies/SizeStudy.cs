using System.Diagnostics;
using MetricsSim.Backfill;
using MetricsSim.Cli;
using MetricsSim.Wire.Tsdb;

namespace MetricsSim.Studies;

/// <summary>Measures one size, in a directory of its own that is gone afterwards.</summary>
/// <param name="plan">The study.</param>
/// <param name="window">The times of the history.</param>
/// <param name="terminal">Where warnings go.</param>
internal sealed class SizeStudy(StudyPlan plan, StudyWindow window, Terminal terminal)
{
    private const double HistoryShare = 0.3;
    private const double QueryShare = 0.4;

    /// <summary>Measures.</summary>
    /// <param name="population">The size.</param>
    /// <param name="progress">Told the share that is done.</param>
    /// <param name="stop">Gives up.</param>
    /// <returns>What was measured; what could not be has a reason.</returns>
    /// <exception cref="OutputException">What was written can't be deleted.</exception>
    public async Task<SizeResult> MeasureAsync(SizedPopulation population, Action<double> progress, CancellationToken stop)
    {
        var result = new SizeResult { Asked = population.Asked, Users = population.World.Population.Total, Series = (long)Math.Round(population.Series) };
        var directory = Path.Combine(plan.WorkDirectory, $"metricssim-study-{Guid.NewGuid():N}");
        if (Room.NeededBy(population.Series, window.Span.Samples).Lacks(Room.In(plan.WorkDirectory)) is { } lack) return result with { Problem = lack };
        try
        {
            OutputException.Guard(() => Directory.CreateDirectory(directory));
            result = Write(result, population, directory, share => progress(HistoryShare * share), stop);
            await using var server = await StudyServer.StartAsync(plan.Server, directory, stop);
            result = result with { StartSeconds = server.StartTime.TotalSeconds, Memory = new MemoryUse(await server.ResidentAsync(stop), null, null) };
            result = await AskAsync(result, server, share => progress(HistoryShare + (QueryShare * share)), stop);
            if (result.Problem is not null) return result;
            return await ScrapeAsync(result, server, population, directory, share => progress(HistoryShare + QueryShare + ((1 - HistoryShare - QueryShare) * share)), stop);
        }
        catch (StudyServerException e)
        {
            return result with { Problem = e.Message };
        }
        catch (OutputException e)
        {
            // A smaller size may have had room, and is to be reported.
            return result with { Problem = $"can't write: {e.Message}" };
        }
        finally
        {
            if (Directory.Exists(directory)) OutputException.Guard(() => Directory.Delete(directory, recursive: true));
        }
    }

    private SizeResult Write(SizeResult result, SizedPopulation population, string directory, Action<double> progress, CancellationToken stop)
    {
        var began = Stopwatch.GetTimestamp();
        var work = new BackfillWork
        {
            Terminal = terminal,
            World = population.World,
            Scenario = null,
            Span = window.Span,
            Labels = StudyPlan.Target,
            Threads = plan.Threads,
            Progress = progress,
        };
        var data = StudyServer.Data(directory);
        var totals = work.ToBlocks(data, BlockRange.Shortest, stop);
        var elapsed = Stopwatch.GetElapsedTime(began).TotalSeconds;
        // What made the history is not to stand in the way of the server.
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        var index = new DirectoryInfo(data).EnumerateFiles("index", SearchOption.AllDirectories).Sum(file => file.Length);
        return result with { Series = totals.Series, History = new HistoryCost(totals.Samples, elapsed, totals.Blocks ?? 0, totals.Bytes - index, index) };
    }

    private async Task<SizeResult> AskAsync(SizeResult result, StudyServer server, Action<double> progress, CancellationToken stop)
    {
        var asked = StudyQueries.All(plan.Config.World.Telemetry, window.RateText, window.RangeText).SelectMany(query => query.Forms.Select(form => (Query: query, Form: form))).ToList();
        var measure = new QueryMeasure(server, window.Span.FirstMilliseconds / 1000.0, window.Span.LastMilliseconds / 1000.0, window.Step.TotalSeconds, plan.Repeat);
        var costs = new List<QueryCost>();
        foreach (var (query, form) in asked)
        {
            try
            {
                costs.Add(await measure.AskAsync(query, form, stop));
            }
            catch (StudyServerException e)
            {
                // What it ended with is a query that failed, those before it were measured.
                costs.Add(new QueryCost { Class = query.Class, Form = form, Expression = query.Expression, Problem = e.Message });
                return result with { Queries = costs, Problem = e.Message };
            }

            progress((double)costs.Count / asked.Count);
        }

        result = result with { Queries = costs };
        try
        {
            return result with { Memory = result.Memory! with { AfterQueries = await server.ResidentAsync(stop) } };
        }
        catch (StudyServerException e)
        {
            return result with { Problem = e.Message };
        }
    }

    private async Task<SizeResult> ScrapeAsync(
        SizeResult result, StudyServer server, SizedPopulation population, string directory, Action<double> progress, CancellationToken stop)
    {
        try
        {
            var ingest = await new IngestMeasure(plan, server).ScrapeAsync(population.World, Path.Combine(StudyServer.Data(directory), "wal"), progress, stop);
            return result with { Ingest = ingest, Memory = result.Memory! with { AfterIngest = await server.ResidentAsync(stop) } };
        }
        catch (StudyServerException e)
        {
            // The queries were measured all the same.
            return result with { Problem = e.Message };
        }
    }
}
