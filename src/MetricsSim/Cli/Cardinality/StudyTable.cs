using MetricsSim.Reports;
using MetricsSim.Studies;
using Spectre.Console;

namespace MetricsSim.Cli.Cardinality;

/// <summary>A study on a terminal: for each class the share of its limit that each size takes, and how far the limits hold.</summary>
internal static class StudyTable
{
    private const int Cells = 8;

    /// <summary>Draws it.</summary>
    /// <param name="console">Where to.</param>
    /// <param name="study">The study.</param>
    public static void Draw(IAnsiConsole console, StudyResult study)
    {
        var measured = study.Sizes.Where(size => size.Queries.Count > 0).ToList();
        var table = new Table().Border(TableBorder.Simple);
        table.AddColumn(new TableColumn("query class, p95").NoWrap());
        foreach (var size in measured) table.AddColumn(new TableColumn(Markup.Escape(StudyText.Count(size.Series))).NoWrap());
        foreach (var header in new[] { "limit", "grows as", "holds up to" }) table.AddColumn(new TableColumn(header).NoWrap());
        foreach (var finding in study.Findings.Where(finding => finding.Points.Count > 0))
        {
            table.AddRow(
            [
                $"{StudyText.Class(finding.Class)}, {StudyText.Form(finding.Form)}",
                .. measured.Select(size => finding.Points.Where(point => (long)point.X == size.Series).Select(point => Bar(point.Y, finding.LimitMs)).FirstOrDefault(StudyText.None)),
                StudyText.Milliseconds(finding.LimitMs), StudyText.Law(finding.Law), Markup.Escape(finding.Capacity!.ToString()),
            ]);
        }

        console.Write(table);
        console.Write(Costs(study));
        foreach (var size in study.Sizes.Where(size => size.Problem is not null)) console.WriteLine($"{size.Asked:N0} series: {size.Problem}");
    }

    private static Table Costs(StudyResult study)
    {
        var table = new Table().Border(TableBorder.Simple);
        foreach (var header in new[] { "series", "users", "history", "bytes/sample", "start", "memory", "queried", "scraping", "first scrape", "later", "samples/s", "CPU a scrape" })
            table.AddColumn(new TableColumn(header).NoWrap().RightAligned());
        foreach (var size in study.Sizes)
        {
            table.AddRow(
                StudyText.Count(size.Series), StudyText.Count(size.Users), StudyText.Seconds(size.History?.Seconds),
                StudyText.Ratio(size.History?.BytesPerSample), StudyText.Seconds(size.StartSeconds),
                StudyText.Bytes(size.Memory?.AtStart), StudyText.Bytes(size.Memory?.AfterQueries), StudyText.Bytes(size.Memory?.AfterIngest),
                StudyText.Seconds(size.Ingest?.FirstSeconds), StudyText.Seconds(size.Ingest?.LaterSeconds),
                StudyText.Count((long?)size.Ingest?.SamplesPerSecond), StudyText.Seconds(size.Ingest?.CpuSecondsPerScrape));
        }

        return table;
    }

    /// <summary>The share of the limit, full when it is reached.</summary>
    private static string Bar(double cost, double limit)
    {
        var filled = double.IsFinite(cost) ? (int)Math.Clamp(Math.Round(cost / limit * Cells), 0, Cells) : Cells;
        var bar = new string('█', filled) + new string('░', Cells - filled);
        return $"[{(cost <= limit ? "green" : "red")}]{bar}[/] {StudyText.Milliseconds(cost)}";
    }
}
