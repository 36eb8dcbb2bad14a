using MetricsSim.Reports;
using MetricsSim.Studies;
using Spectre.Console;

namespace MetricsSim.Cli.Cardinality;

/// <summary>A study on a terminal: for each class the share of its limit that each size takes, how far the limit holds, and what each size costs.</summary>
internal static class StudyTable
{
    private const int Cells = 16;

    /// <summary>Draws it.</summary>
    /// <param name="console">Where to.</param>
    /// <param name="study">The study.</param>
    public static void Draw(IAnsiConsole console, StudyResult study)
    {
        var table = new Table().Border(TableBorder.Simple);
        foreach (var (header, isNumber) in new[] { ("query class", false), ("series", true), ("of its limit", false), ("p95", true), ("limit", true), ("holds up to", true), ("median grows as", false) })
        {
            var column = new TableColumn(header).NoWrap();
            table.AddColumn(isNumber ? column.RightAligned() : column);
        }

        foreach (var finding in study.Findings)
        {
            foreach (var (i, point) in finding.Points.Index())
            {
                string[] once = i > 0
                    ? ["", "", ""]
                    : [StudyText.Milliseconds(finding.LimitMs), Markup.Escape(finding.Capacity!.ToString()), StudyText.Law(finding.Law)];
                table.AddRow(
                    [i > 0 ? "" : $"{StudyText.Class(finding.Class)}, {StudyText.Form(finding.Form)}", StudyText.Count((long)point.X), Bar(point.Worst, finding.LimitMs), StudyText.Milliseconds(point.Worst), .. once]);
            }
        }

        console.Write(table);
        console.Write(Costs(study));
        foreach (var size in study.Sizes.Where(size => size.Problem is not null)) console.WriteLine($"{size.Asked:N0} series: {size.Problem}");
    }

    private static Table Costs(StudyResult study)
    {
        var table = new Table().Border(TableBorder.Simple);
        foreach (var header in new[] { "series", "history", "B/sample", "start", "memory", "queried", "scraping", "1st scrape", "later", "CPU/scrape" })
            table.AddColumn(new TableColumn(header).NoWrap().RightAligned());
        foreach (var size in study.Sizes)
        {
            table.AddRow(
                StudyText.Count(size.Series), StudyText.Seconds(size.History?.Seconds),
                StudyText.Ratio(size.History?.BytesPerSample), StudyText.Seconds(size.StartSeconds),
                StudyText.Bytes(size.Memory?.AtStart), StudyText.Bytes(size.Memory?.AfterQueries), StudyText.Bytes(size.Memory?.AfterIngest),
                StudyText.Seconds(size.Ingest?.FirstSeconds), StudyText.Seconds(size.Ingest?.LaterSeconds),
                StudyText.Seconds(size.Ingest?.CpuSecondsPerScrape));
        }

        return table;
    }

    /// <summary>The share of the limit, full when it is reached.</summary>
    private static string Bar(double cost, double limit)
    {
        var filled = double.IsFinite(cost) ? (int)Math.Clamp(Math.Round(cost / limit * Cells), 0, Cells) : Cells;
        return $"[{(cost <= limit ? "green" : "red")}]{new string('█', filled)}{new string('░', Cells - filled)}[/]";
    }
}
