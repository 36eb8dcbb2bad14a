using MetricsSim.Analysis.Indicators;
using MetricsSim.Configuration;
using MetricsSim.Reports;

namespace MetricsSim.Hosting.Runs;

/// <summary>Judges simulations that have ended, tells the verdicts, and keeps the file of the ground truth, beside the loop.</summary>
/// <param name="runs">What is recorded.</param>
/// <param name="events">Where verdicts are told.</param>
/// <param name="file">The file; null for none.</param>
/// <param name="log">Where verdicts are told to people.</param>
internal sealed class RunJudge(LiveRuns runs, EventHub events, TruthFile? file, ILogger log)
{
    private bool _droppedTold;

    /// <summary>Works until nothing more happens, and then once more.</summary>
    /// <returns>A task that ends with <see cref="LiveRuns.Complete"/>.</returns>
    public async Task RunAsync()
    {
        await Task.Yield();
        do
        {
            // Taken before the work, so that what happens during it makes another round.
            runs.Changes.TryRead(out _);
            Work();
        }
        while (await runs.Changes.WaitToReadAsync());
        Work();
    }

    private void Work()
    {
        foreach (LiveRun run in runs.JudgeEnded())
        {
            string judged = Text(run.Judgement!);
            Log.SimulationJudged(log, run.Id, run.Scenario.Id, judged);
            events.Publish(run);
        }

        runs.SettleLoose();
        file?.Write(runs.Truth());
        if (_droppedTold || runs.Dropped == 0) return;
        _droppedTold = true;
        Log.TruthDropped(log, LiveRuns.MostEnded, LiveRuns.MostLoose);
    }

    private static string Text(Judgement judgement)
    {
        int passed = judgement.Verdicts.Count(verdict => verdict.Passed);
        IEnumerable<string> missed = judgement.Verdicts.Where(verdict => !verdict.Passed)
            .Select(verdict => $"{verdict.Metric} {VerdictText.Condition(verdict)}: {(verdict.Outcome == VerdictOutcome.NotEvaluated ? verdict.Reason : VerdictText.Value(verdict))}");
        string part = judgement.Over == JudgedOver.Part ? " of what was played of it" : "";
        return $"{(judgement.Passed ? "passed" : "failed")}: {passed} of {judgement.Verdicts.Count} assertions hold{part}{string.Concat(missed.Select(one => $"; {one}"))}";
    }
}
