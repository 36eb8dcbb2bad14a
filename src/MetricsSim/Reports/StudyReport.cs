using System.Text;
using MetricsSim.Studies;

namespace MetricsSim.Reports;

/// <summary>A study as one self-contained HTML page. It loads nothing and runs nothing.</summary>
internal static class StudyReport
{
    /// <summary>Writes a study.</summary>
    /// <param name="study">The study.</param>
    /// <returns>A document that ends with a line feed.</returns>
    public static string Of(StudyResult study)
    {
        var page = HtmlPage.Begin("Cost against cardinality – MetricsSim", HtmlText.Style);
        page.Append("<section>\n<h1>Cost against cardinality</h1>\n");
        page.Append($"<p class=\"soft\">Prometheus {HtmlText.Escape(study.Machine.Prometheus)}: {HtmlText.Escape(study.Settings.ToString())}.</p>\n");
        Facts(page, study.Machine);
        foreach (var size in study.Sizes.Where(size => size.Problem is not null))
            page.Append($"<p class=\"failed\">{size.Asked:N0} series: {HtmlText.Escape(size.Problem!)}</p>\n");
        Findings(page, study);
        page.Append("<h2>Plots</h2>\n<p class=\"soft\">Circles are measured, of queries the median with the 95th percentile above; lines are power laws fitted to the circles by least squares of the logarithms; a cross is a query that failed.</p>\n<div class=\"plots\">\n");
        foreach (var plot in StudyPlots.Of(study)) page.Append(plot.Figure());
        page.Append("</div>\n");
        Sizes(page, study);
        Queries(page, study);
        page.Append($"</section>\n<p class=\"soft\">metricssim {HtmlText.Escape(study.Machine.Version)}; times of queries are those of a client on the same machine.</p>\n");
        return HtmlPage.End(page);
    }

    private static void Facts(StringBuilder page, MachineFacts machine)
    {
        (string Name, string Value)[] facts =
        [
            ("processors", $"{machine.Cores}"), ("memory", StudyText.Bytes(machine.MemoryBytes)), ("processor", machine.Processor), ("system", machine.System), ("runtime", machine.Runtime),
        ];
        HtmlPage.Facts(page, facts);
    }

    private static void Findings(StringBuilder page, StudyResult study)
    {
        page.Append("<h2>How far the limits hold</h2>\n<p class=\"soft\">The 95th percentile of repeated times of the slowest query of a class, against benchmarks.query_performance; growth is that of their median.</p>\n");
        HtmlTable.Write(
            page,
            ["class", "form", "#limit", "grows as", "#largest cardinality within the limit"],
            study.Findings.Select(finding => (IReadOnlyList<string>)
            [
                StudyText.Class(finding.Class), StudyText.Form(finding.Form), StudyText.Milliseconds(finding.LimitMs), StudyText.Law(finding.Law), HtmlText.Escape(finding.Capacity?.ToString() ?? StudyText.None),
            ]));
    }

    private static void Sizes(StringBuilder page, StudyResult study)
    {
        page.Append("<h2>History on disk, and memory</h2>\n");
        HtmlTable.Write(
            page,
            ["#series", "#users", "#samples", "#made in", "#blocks", "#bytes a sample", "#of the index", "#start of Prometheus", "#memory at start", "#after queries", "#after scrapes"],
            study.Sizes.Select(size => (IReadOnlyList<string>)
            [
                StudyText.Count(size.Series), StudyText.Count(size.Users), StudyText.Count(size.History?.Samples), StudyText.Seconds(size.History?.Seconds),
                StudyText.Count(size.History?.Blocks), StudyText.Ratio(size.History?.BytesPerSample), StudyText.Ratio((double?)size.History?.IndexBytes / size.History?.Samples),
                StudyText.Seconds(size.StartSeconds), StudyText.Bytes(size.Memory?.AtStart), StudyText.Bytes(size.Memory?.AfterQueries), StudyText.Bytes(size.Memory?.AfterIngest),
            ]));
        page.Append("<h2>Scrapes</h2>\n");
        HtmlTable.Write(
            page,
            ["#series", "#samples", "#first scrape", "#later scrapes", "#failed", "#samples/s in these", "#CPU from one to the next", "#cores at this interval", "#series in the head", "#write-ahead log"],
            study.Sizes.Where(size => size.Ingest is not null).Select(size => (size.Series, Ingest: size.Ingest!)).Select(size => (IReadOnlyList<string>)
            [
                StudyText.Count(size.Series), StudyText.Count(size.Ingest.SamplesPerScrape), StudyText.Seconds(size.Ingest.FirstSeconds), StudyText.Seconds(size.Ingest.LaterSeconds),
                StudyText.Count(size.Ingest.Failed), StudyText.Count((long)size.Ingest.SamplesPerSecond), StudyText.Seconds(size.Ingest.CpuSecondsPerScrape),
                StudyText.Ratio(size.Ingest.CpuSecondsPerScrape / study.Settings.IntervalSeconds), StudyText.Count(size.Ingest.HeadSeries), StudyText.Bytes(size.Ingest.LogBytes),
            ]));
    }

    private static void Queries(StringBuilder page, StudyResult study)
    {
        page.Append("<h2>Queries</h2>\n");
        foreach (var query in study.Sizes.SelectMany(size => size.Queries.Select(cost => (Size: size, Cost: cost))).GroupBy(pair => (pair.Cost.Class, pair.Cost.Expression)))
        {
            page.Append($"<h3>{HtmlText.Escape(StudyText.Class(query.Key.Class))}: <code>{HtmlText.Escape(query.Key.Expression)}</code></h3>\n");
            HtmlTable.Write(
                page,
                ["#series", "form", "#first", "#min", "#median", "#p95", "#asked again", "#series touched", "#samples touched", "#results", ""],
                query.OrderBy(pair => pair.Cost.Form).Select(pair => (IReadOnlyList<string>)
                [
                    StudyText.Count(pair.Size.Series), StudyText.Form(pair.Cost.Form), StudyText.Milliseconds(pair.Cost.Timing?.ColdMs), StudyText.Milliseconds(pair.Cost.Timing?.MinMs),
                    StudyText.Milliseconds(pair.Cost.Timing?.MedianMs), StudyText.Milliseconds(pair.Cost.Timing?.P95Ms), StudyText.Count(pair.Cost.Timing?.Loads),
                    StudyText.Count(pair.Cost.Series), StudyText.Count(pair.Cost.Samples), StudyText.Count(pair.Cost.Results),
                    pair.Cost.Problem is { } problem ? $"<span class=\"failed\">{HtmlText.Escape(problem)}</span>" : "",
                ]));
        }
    }
}
