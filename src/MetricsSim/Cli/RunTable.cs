using MetricsSim.Analysis.Indicators;
using MetricsSim.Configuration;
using MetricsSim.Reports;
using Spectre.Console;

namespace MetricsSim.Cli;

/// <summary>Verdicts of runs as a table.</summary>
internal static class RunTable
{
    /// <summary>Draws it.</summary>
    /// <param name="console">Where to.</param>
    /// <param name="runs">The runs.</param>
    public static void Draw(IAnsiConsole console, IReadOnlyList<JudgedRun> runs)
    {
        var table = new Table().Border(TableBorder.Simple);
        var check = runs.Any(run => run.Verdicts.Any(verdict => verdict.CrossCheck is not null));
        string[] headers = ["scenario", "metric", "wanted", "measured", .. check ? ["PromQL"] : Array.Empty<string>(), "verdict"];
        foreach (var header in headers) table.AddColumn(new TableColumn(header).NoWrap());
        table.AddColumn("note");
        table.Columns[3].RightAligned();
        foreach (var run in runs)
        {
            foreach (var verdict in run.Verdicts)
            {
                table.AddRow(
                [
                    Markup.Escape(run.Run.Scenario.Id),
                    Markup.Escape(verdict.Metric),
                    Markup.Escape(VerdictText.Condition(verdict)),
                    Markup.Escape(VerdictText.Value(verdict)),
                    .. check ? [Checked(verdict)] : Array.Empty<string>(),
                    Mark(verdict),
                    Markup.Escape(verdict.Reason ?? ""),
                ]);
            }
        }

        console.Write(table);
        foreach (var run in runs)
        {
            var totals = run.Totals;
            console.WriteLine(
                $"{run.Run.Scenario.Id}: {run.Verdicts.Count(verdict => verdict.Passed)} of {run.Verdicts.Count} hold; "
                + $"{DurationText.Format(run.Run.Duration)}, {totals.Requests:N0} requests, {totals.CostUsd:N2} USD, "
                + $"{totals.CostPerUserMonthUsd:N2} USD per user and month, seed {run.Run.Options.Seed}");
            if (run.Live is not { } live) continue;
            console.WriteLine($"{run.Run.Scenario.Id}: {VerdictText.Played(live)}");
            foreach (var note in live.Notes) console.WriteLine($"{run.Run.Scenario.Id}: {note}");
        }
    }

    private static string Checked(Verdict verdict)
    {
        var text = Markup.Escape(VerdictText.Check(verdict));
        return verdict.CrossCheck is { Agrees: false } ? $"[red]{text}[/]" : text;
    }

    private static string Mark(Verdict verdict) => verdict.Outcome switch
    {
        VerdictOutcome.Passed => "[green]passed[/]",
        VerdictOutcome.Failed => "[red]failed[/]",
        _ => "[yellow]not evaluated[/]",
    };
}
