using System.Text;
using MetricsSim.Analysis.Indicators;
using MetricsSim.Analysis.Runs;
using MetricsSim.Analysis.Truth;
using MetricsSim.Configuration;
using MetricsSim.Exposition;

namespace MetricsSim.Reports;

/// <summary>Runs as one self-contained HTML page: verdicts, plots with the faults shaded, ground truth. It loads nothing and runs nothing.</summary>
internal static class HtmlReport
{
    private const int Bins = 360;

    /// <summary>Writes runs.</summary>
    /// <param name="runs">The runs, a section each.</param>
    /// <returns>A document that ends with a line feed.</returns>
    public static string Of(IReadOnlyList<JudgedRun> runs)
    {
        var page = HtmlPage.Begin($"{(runs.Count == 1 ? runs[0].Run.Scenario.Name : $"{runs.Count} scenarios")} – MetricsSim", HtmlText.Style);
        foreach (var run in runs) Section(page, run);
        page.Append($"<p class=\"soft\">metricssim {HtmlText.Escape(BuildVersion.Text)}, {(runs.Any(run => run.Live is not null) ? "played on a daemon" : "virtual time")}; times count from the start of the run.</p>\n");
        return HtmlPage.End(page);
    }

    private static void Section(StringBuilder page, JudgedRun judged)
    {
        var run = judged.Run;
        var held = judged.Verdicts.Count(verdict => verdict.Passed);
        page.Append($"<section>\n<h1>{HtmlText.Escape(run.Scenario.Name)}</h1>\n<p class=\"soft\">{HtmlText.Escape(run.Scenario.Description)}</p>\n");
        Facts(page, judged);
        page.Append($"<h2>Verdicts: <span class=\"{(judged.Passed ? "passed" : "failed")}\">{held} of {judged.Verdicts.Count} hold</span></h2>\n");
        Verdicts(page, judged.Verdicts);
        Timeline(page, run);
        Plots(page, judged);
        Truth(page, judged);
        page.Append("</section>\n");
    }

    private static void Facts(StringBuilder page, JudgedRun judged)
    {
        var (run, totals) = (judged.Run, judged.Totals);
        (string Name, string Value)[] facts =
        [
            ("scenario", run.Scenario.Id), ("played", DurationText.Format(run.Duration)), ("users", $"{run.Options.Population.Total:N0}"),
            ("seed", $"{run.Options.Seed}"), ("requests", $"{totals.Requests:N0}"), ("given up", $"{totals.GivenUp:N0}"), ("tokens", NiceAxis.Text(totals.Tokens)),
            ("cost", $"{totals.CostUsd:N2} USD"), ($"per user and month of {RunTotals.WorkingHours:0} h", $"{totals.CostPerUserMonthUsd:N2} USD"),
        ];
        HtmlPage.Facts(page, facts);
        if (judged.Live is not { } live) return;
        page.Append($"<p class=\"soft\">{HtmlText.Escape(VerdictText.Played(live))}</p>\n");
        foreach (var note in live.Notes) page.Append($"<p class=\"soft\">{HtmlText.Escape(note)}</p>\n");
    }

    private static void Verdicts(StringBuilder page, IReadOnlyList<Verdict> verdicts)
    {
        var check = verdicts.Any(verdict => verdict.CrossCheck is not null);
        HtmlTable.Write(
            page,
            ["metric", "wanted", "#measured", .. check ? ["PromQL"] : Array.Empty<string>(), "verdict", "note"],
            verdicts.Select(verdict => (IReadOnlyList<string>)
            [
                Code(verdict.Metric), HtmlText.Escape(VerdictText.Condition(verdict)), HtmlText.Escape(VerdictText.Value(verdict)),
                .. check ? [HtmlText.Escape(VerdictText.Check(verdict))] : Array.Empty<string>(),
                $"<span class=\"{VerdictText.Outcome(verdict)}\">{VerdictText.Outcome(verdict).Replace('_', ' ')}</span>", HtmlText.Escape(verdict.Reason ?? ""),
            ]));
    }

    private static void Timeline(StringBuilder page, PlayedRun run)
    {
        page.Append("<h2>Timeline</h2>\n");
        HtmlTable.Write(
            page,
            ["time", "event", "description"],
            run.Plan.Events.Select(planned => (IReadOnlyList<string>)
            [
                DurationText.Format(TimeSpan.FromSeconds(run.Seconds(planned.Tick))), Code(planned.Entry.Event.Name), HtmlText.Escape(planned.Entry.Description),
            ]));
    }

    private static void Plots(StringBuilder page, JudgedRun judged)
    {
        var run = judged.Run;
        var bins = judged.Bins(Bins);
        var bands = judged.Truth
            .Select(incident => new PlotBand(
                (incident.Start - run.StartedAt).TotalSeconds, (EndOf(run, incident) - run.StartedAt).TotalSeconds, incident.Kind, incident.Kind != "overload"))
            .ToList();
        var plot = new SvgPlot(bins.Seconds, bands);
        page.Append("<h2>What happened</h2>\n");
        if (bands.Count > 0)
        {
            page.Append("<p class=\"key\">");
            foreach (var kind in bands.DistinctBy(band => band.Name, StringComparer.Ordinal))
                page.Append($"<span class=\"swatch {(kind.IsFault ? "fault" : "overload")}\"></span>{HtmlText.Escape(kind.Name)} ");
            page.Append("</p>\n");
        }

        page.Append("<div class=\"plots\">\n");
        Figure(page, plot, "Load, × normal", [new("load", bins.Load)]);
        Figure(page, plot, "Active sessions", [new("sessions", bins.ActiveSessions)]);
        Figure(page, plot, "Attempts and answers, per second", [new("answered", bins.GoodputPerSecond), new("offered", bins.OfferedPerSecond), new("capacity", bins.Capacity, true)]);
        Figure(page, plot, "Latency of successful requests, ms", [new("p50", bins.P50Milliseconds), new("p95", bins.P95Milliseconds), new("p99", bins.P99Milliseconds)]);
        Figure(page, plot, "Error rate, %", [new("given up", Percent(bins.ErrorRate))]);
        Figure(page, plot, "Backend utilization, %", [new("utilization", Percent(bins.Utilization))]);
        Figure(page, plot, "Cost, USD per hour", [new("cost", bins.CostPerHour)]);
        Figure(page, plot, "Backlog, requests", [new("backlog", bins.Backlog)]);
        page.Append("</div>\n");
    }

    private static void Figure(StringBuilder page, SvgPlot plot, string title, IReadOnlyList<PlotLine> given)
    {
        // What a live run doesn't know has no line.
        IReadOnlyList<PlotLine> lines = [.. given.Where(line => line.Values.Any(double.IsFinite))];
        page.Append($"<figure><figcaption><h3>{HtmlText.Escape(title)}</h3>");
        for (var i = 0; i < lines.Count && lines.Count > 1; i++)
            page.Append($"<span class=\"key\"><i class=\"c{i + 1}\"></i>{HtmlText.Escape(lines[i].Name)}</span>");
        page.Append($"</figcaption>\n{plot.Draw(title, lines)}</figure>\n");
    }

    private static void Truth(StringBuilder page, JudgedRun judged)
    {
        if (judged.Truth.Count == 0) return;
        page.Append("<h2>Ground truth</h2>\n");
        HtmlTable.Write(
            page,
            ["incident", "kind", "#from", "#to", "symptom", "#after", "#change"],
            judged.Truth.SelectMany(incident => incident.Affected.DefaultIfEmpty().Select((symptom, i) => Row(judged.Run, incident, symptom, i == 0))));
    }

    private static IReadOnlyList<string> Row(PlayedRun run, Incident incident, Symptom? symptom, bool first)
    {
        string Time(DateTimeOffset at) => DurationText.Format(at - run.StartedAt);
        return
        [
            first ? Code(incident.Id) : "", first ? Code(incident.Kind) : "", first ? Time(incident.Start) : "", first ? Time(EndOf(run, incident)) : "",
            symptom is null ? "none" : Code(symptom.Metric + symptom.Selector),
            symptom is null ? "" : DurationText.Format(TimeSpan.FromSeconds(symptom.LagSeconds)),
            symptom is null ? "" : HtmlText.Escape($"{(symptom.Magnitude > 0 ? "+" : "")}{VerdictText.Number(symptom.Magnitude)}"),
        ];
    }

    private static DateTimeOffset EndOf(PlayedRun run, Incident incident) => incident.End ?? run.StartedAt + run.Duration;

    private static string Code(string text) => $"<code>{HtmlText.Escape(text)}</code>";

    private static double[] Percent(double[] shares) => [.. shares.Select(share => share * 100)];
}
