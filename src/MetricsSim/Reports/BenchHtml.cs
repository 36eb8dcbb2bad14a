using System.Globalization;
using System.Text;
using MetricsSim.Dashboards.Benchmarks;
using MetricsSim.Exposition;

namespace MetricsSim.Reports;

/// <summary>A benchmark of dashboards as one self-contained HTML page. It loads nothing and runs nothing.</summary>
internal static class BenchHtml
{
    private const int MostSlow = 30;

    private const string Style = """
        .bar { display: inline-block; width: 8rem; height: .7em; background: var(--rule); vertical-align: middle; margin-right: .5em; } .bar i { display: block; height: 100%; max-width: 100%; background: var(--good); }
        .bar.over i { background: var(--bad); } td:has(.bar) { white-space: nowrap; } td code { overflow-wrap: anywhere; } details { margin: .75rem 0; } summary { cursor: pointer; font-weight: 600; }
        """;

    /// <summary>Writes a report.</summary>
    /// <param name="report">What was found.</param>
    /// <returns>A document that ends with a line feed.</returns>
    public static string Of(BenchReport report)
    {
        var page = HtmlPage.Begin("Dashboards – MetricsSim", $"{HtmlText.Style}\n{Style}");
        page.Append($"<h1>Dashboards: <span class=\"{Outcome(report.Passed)}\">{(report.Passed ? "fast enough" : "not fast enough")}</span></h1>\n");
        Facts(page, report);
        Loads(page, report);
        Classes(page, report);
        Slowest(page, report);
        Failures(page, report);
        page.Append("<h2>Panels</h2>\n");
        foreach (var board in report.Dashboards) Panels(page, board);
        page.Append($"<p class=\"soft\">metricssim {HtmlText.Escape(BuildVersion.Text)}; times in ms. The first load is the cold one; median and 95th percentile are of the others, and limits are held against the latter.</p>\n");
        return HtmlPage.End(page);
    }

    private static void Facts(StringBuilder page, BenchReport report)
    {
        var queries = BenchRows.Queries(report).ToList();
        var loads = queries.Select(row => row.Query.Timing?.Loads ?? 0).DefaultIfEmpty(0).Max();
        (string Name, string Value)[] facts =
        [
            ("dashboards", $"{report.Dashboards.Count}"), ("panels", $"{report.Dashboards.Sum(board => board.Panels)}"), ("queries at all ranges", $"{queries.Count:N0}"),
            ("loads after the first", $"{loads}"), ("connections", $"{report.Connections}"), ("end of the time shown", report.To.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture)),
            .. report.Servers.Select(server => (server.Via, server.Address)),
        ];
        HtmlPage.Facts(page, facts);
    }

    private static void Loads(StringBuilder page, BenchReport report)
    {
        page.Append($"<h2>Loads</h2>\n<p class=\"soft\">From the first query of a variable to the last byte of the last panel; the limit counts at {HtmlText.Escape(report.Targets.TimeRange)}.</p>\n");
        HtmlTable.Write(
            page, ["dashboard", "via", "shows", "#cold", "#min", "#median", "#p95", "#limit", "of the limit"],
            report.Dashboards.SelectMany(board => board.Loads.Select(load => (IReadOnlyList<string>)
            [
                HtmlText.Escape(board.Title), load.Via, load.Range, .. Times(load.Load), BenchText.Number(load.LimitMs),
                load.Load is null ? "<span class=\"failed\">failed</span>" : Bar(load.Load.P95Ms, load.LimitMs, load.Passed),
            ])));
    }

    private static void Classes(StringBuilder page, BenchReport report)
    {
        page.Append("<h2>Query classes</h2>\n");
        HtmlTable.Write(
            page, ["class", "via", "shows", "#queries", "#cold", "#min", "#median", "#p95", "#limit", "of the limit", "#passed it"],
            report.Classes.Select(one => (IReadOnlyList<string>)
                [one.Class, one.Via, one.Range, $"{one.Queries}", .. Times(one.Timing), BenchText.Number(one.LimitMs), Bar(one.Timing?.P95Ms, one.LimitMs, one.Timing?.P95Ms < one.LimitMs), $"<span class=\"{Outcome(one.Passed)}\">{one.Misses}</span>"]));
    }

    private static void Slowest(StringBuilder page, BenchReport report)
    {
        page.Append("<h2>Slowest for their class</h2>\n");
        HtmlTable.Write(
            page, ["query", "class", "via", "shows", "#samples read", "#series touched", "#KiB", "#p95", "#limit", "of the limit", "expression"],
            BenchRows.Queries(report).Where(row => row.Query.Timing is not null).OrderByDescending(row => row.Query.Timing!.P95Ms / row.Query.LimitMs).Take(MostSlow)
                .Select(row => (IReadOnlyList<string>)
                [
                    HtmlText.Escape(row.Name), row.Query.Class, row.Load.Via, row.Load.Range, BenchText.Number(row.Query.Samples), BenchText.Number(row.Query.SeriesTouched), BenchText.Number(row.Query.Bytes / 1024.0),
                    BenchText.Number(row.Query.Timing!.P95Ms), BenchText.Number(row.Query.LimitMs), Bar(row.Query.Timing.P95Ms, row.Query.LimitMs, row.Query.Passed), $"<code>{HtmlText.Escape(row.Query.Expression)}</code>",
                ]));
    }

    private static void Failures(StringBuilder page, BenchReport report)
    {
        List<IReadOnlyList<string>> failures =
        [
            .. report.Dashboards.SelectMany(board => board.Loads.Where(load => load.Error is not null).Select(load => (IReadOnlyList<string>)[HtmlText.Escape(board.Title), load.Via, load.Range, HtmlText.Escape(load.Error!)])),
            .. BenchRows.Queries(report).Where(row => row.Query.Error is not null).Select(row => (IReadOnlyList<string>)[HtmlText.Escape(row.Name), row.Load.Via, row.Load.Range, HtmlText.Escape(row.Query.Error!)]),
        ];
        if (failures.Count == 0) return;
        page.Append("<h2><span class=\"failed\">Failed</span></h2>\n");
        HtmlTable.Write(page, ["query", "via", "shows", "why"], failures);
    }

    private static void Panels(StringBuilder page, BoardResult board)
    {
        page.Append($"<details><summary>{HtmlText.Escape(board.Title)}</summary>\n<p class=\"soft\">{HtmlText.Escape(board.Source)} <code>{HtmlText.Escape(board.Uid)}</code></p>\n");
        HtmlTable.Write(
            page, ["panel", "type", "via", "shows", "#cold", "#min", "#median", "#p95", "#queries", "#samples read", "#series touched", "#points", "verdict"],
            board.Loads.SelectMany(load => load.Panels.Select((panel, i) => (load, panel, i))).OrderBy(one => one.i).Select(one => (IReadOnlyList<string>)
            [
                HtmlText.Escape(one.panel.Title), HtmlText.Escape(one.panel.Type), one.load.Via, one.load.Range, .. Times(one.panel.Timing), $"{one.panel.Queries.Count}",
                BenchText.Number(Sum(one.panel, query => query.Samples)), BenchText.Number(Sum(one.panel, query => query.SeriesTouched)), BenchText.Number(one.panel.Queries.Sum(query => query.Points)),
                $"<span class=\"{Outcome(one.panel.Passed)}\">{(one.panel.Passed ? "kept" : "missed")}</span>",
            ]));
        page.Append("</details>\n");
    }

    private static long? Sum(PanelResult panel, Func<QueryResult, long?> figure) => panel.Queries.Any(query => figure(query) is null) ? null : panel.Queries.Sum(figure);

    private static string[] Times(Timing? timing) => timing is null ? ["", "", "", ""] : [BenchText.Number(timing.ColdMs), BenchText.Number(timing.MinMs), BenchText.Number(timing.MedianMs), BenchText.Number(timing.P95Ms)];

    private static string Bar(double? milliseconds, double? limit, bool good)
    {
        if (milliseconds is null || limit is null) return "";
        var share = milliseconds.Value / limit.Value;
        var width = (Math.Min(share, 1) * 100).ToString("0.#", CultureInfo.InvariantCulture);
        return $"<span class=\"bar{(good ? "" : " over")}\"><i style=\"width:{width}%\"></i></span>{share.ToString("P0", CultureInfo.InvariantCulture)}";
    }

    private static string Outcome(bool passed) => passed ? "passed" : "failed";
}
