using System.Text;
using MetricsSim.Studies;

namespace MetricsSim.Reports;

/// <summary>A plot of a study.</summary>
/// <param name="Id">Name of its file, without the ending.</param>
/// <param name="Title">What it shows, with the unit.</param>
/// <param name="Lines">The lines.</param>
/// <param name="Limit">A limit, or null.</param>
internal sealed record StudyPlot(string Id, string Title, IReadOnlyList<LogLogLine> Lines, (double Cost, string Text)? Limit = null)
{
    private const double Head = 44;

    /// <summary>As an element of a page.</summary>
    public string Figure()
    {
        var figure = new StringBuilder($"<figure><figcaption><h3>{HtmlText.Escape(Title)}</h3>");
        for (var i = 0; i < Lines.Count; i++) figure.Append($"<span class=\"key\"><i class=\"c{i + 1}\"></i>{HtmlText.Escape(Lines[i].Legend)}</span>");
        return figure.Append($"</figcaption>\n{LogLogPlot.Draw(Title, Lines, Limit)}</figure>\n").ToString();
    }

    /// <summary>As a file of its own, which follows the reader's light or dark scheme.</summary>
    public string File()
    {
        var svg = new StringBuilder();
        svg.Append($"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {LogLogPlot.Width} {LogLogPlot.Height + Head}\" width=\"{LogLogPlot.Width}\" height=\"{LogLogPlot.Height + Head}\">\n");
        svg.Append($"<style>\n{HtmlText.PictureStyle}\n</style>\n<rect class=\"paper\" width=\"100%\" height=\"100%\"/>\n");
        svg.Append($"<text class=\"title\" x=\"10\" y=\"17\">{HtmlText.Escape(Title)}</text>\n");
        for (var i = 0; i < Lines.Count; i++)
        {
            var x = 10 + (i * (LogLogPlot.Width - 20) / Lines.Count);
            svg.Append($"<line class=\"line c{i + 1}\" x1=\"{x:0.#}\" x2=\"{x + 14:0.#}\" y1=\"32\" y2=\"32\"/><text x=\"{x + 18:0.#}\" y=\"36\">{HtmlText.Escape(Lines[i].Legend)}</text>\n");
        }

        svg.Append(LogLogPlot.Draw(Title, Lines, Limit, $"y=\"{Head}\" width=\"{LogLogPlot.Width}\" height=\"{LogLogPlot.Height}\" "));
        return svg.Append("\n</svg>\n").ToString();
    }
}

/// <summary>The plots of a study.</summary>
internal static class StudyPlots
{
    /// <summary>Makes them: one for each class of queries, then what the server costs besides. A plot without a figure is left out.</summary>
    /// <param name="study">The study.</param>
    public static IReadOnlyList<StudyPlot> Of(StudyResult study)
    {
        var plots = new List<StudyPlot>();
        foreach (var (kind, findings) in study.Findings.GroupBy(finding => finding.Class).Select(group => (group.Key, group.ToList())))
        {
            var limit = findings[0].LimitMs;
            plots.Add(new(
                $"query-{StudyText.Class(kind).Replace(' ', '-')}",
                $"Queries, {StudyText.Class(kind)}: median and p95 of the slowest, ms",
                [.. findings.Select(finding => new LogLogLine(StudyText.Form(finding.Form), finding.Points, finding.Law))],
                (limit, $"limit {StudyText.Milliseconds(limit)}")));
        }

        plots.Add(new(
            "scrape", "A scrape: time, and processor time of Prometheus from one to the next, s",
            [
                LogLogLine.Fitted("first", Points(study, size => size.Ingest?.FirstSeconds)),
                LogLogLine.Fitted("later", Points(study, size => size.Ingest?.LaterSeconds)),
                LogLogLine.Fitted("CPU", Points(study, size => size.Ingest?.CpuSecondsPerScrape)),
            ],
            (study.Settings.IntervalSeconds, "the interval")));
        plots.Add(new(
            "memory", "Resident memory of Prometheus, bytes",
            [
                LogLogLine.Fitted("at start", Points(study, size => size.Memory?.AtStart)),
                LogLogLine.Fitted("queried", Points(study, size => size.Memory?.AfterQueries)),
                LogLogLine.Fitted("scraping", Points(study, size => size.Memory?.AfterIngest)),
            ]));
        plots.Add(new(
            "disk", "The history on disk, bytes",
            [
                LogLogLine.Fitted("samples", Points(study, size => size.History?.ChunkBytes)),
                LogLogLine.Fitted("index", Points(study, size => size.History?.IndexBytes)),
            ]));
        plots.Add(new(
            "start", "Making the history, and starting Prometheus on it, s",
            [
                LogLogLine.Fitted("history", Points(study, size => size.History?.Seconds)),
                LogLogLine.Fitted("start", Points(study, size => size.StartSeconds)),
            ]));
        return
        [
            .. plots.Select(plot => plot with { Lines = [.. plot.Lines.Where(line => line.Points.Count > 0)] })
                .Where(plot => plot.Lines.Any(line => line.Points.Any(point => point.Y > 0 && double.IsFinite(point.Y)))),
        ];
    }

    private static PlotPoint[] Points(StudyResult study, Func<SizeResult, double?> cost) =>
        [.. study.Sizes.Where(size => cost(size) is not null).Select(size => new PlotPoint(size.Series, cost(size)!.Value))];
}
