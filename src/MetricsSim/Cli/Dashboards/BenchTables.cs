using System.Globalization;
using MetricsSim.Dashboards.Benchmarks;
using MetricsSim.Reports;
using Spectre.Console;

namespace MetricsSim.Cli.Dashboards;

/// <summary>What a benchmark of dashboards found, as tables.</summary>
internal sealed class BenchTables
{
    private const int BarLength = 16;
    private const int FullWidth = 130;
    private const int FewestRows = 10;
    private const int MostRows = 40;

    private readonly BenchReport _report;
    private readonly bool _wide;

    private BenchTables(BenchReport report, bool wide) => (_report, _wide) = (report, wide);

    /// <summary>Draws it; a narrow window has no bars and fewer columns.</summary>
    /// <param name="console">Where.</param>
    /// <param name="report">What was found.</param>
    public static void Draw(IAnsiConsole console, BenchReport report)
    {
        var tables = new BenchTables(report, console.Profile.Width >= FullWidth);
        console.Write(new Text("times in ms; the first load is the cold one, limits are held against the 95th percentile of the others\n"));
        console.Write(tables.Loads());
        console.Write(tables.Classes());
        console.Write(tables.Slowest());
        var failures = Failures(report).ToList();
        foreach (var failure in failures.Take(MostRows)) console.Write(new Text(failure + "\n"));
        if (failures.Count > MostRows) console.Write(new Text($"and {failures.Count - MostRows} more failures\n"));
        console.MarkupLine(report.Passed ? "[green]fast enough[/]" : "[red]not fast enough[/]");
    }

    private Table Loads()
    {
        var table = Table(["dashboard", .. Via("via"), "shows"], ["cold", "min", "median", "p95", "limit"]);
        foreach (var (board, load) in _report.Dashboards.SelectMany(board => board.Loads.Select(load => (board, load))))
        {
            Row(
                table, [board.Title, .. Via(load.Via), load.Range],
                [load.Load?.ColdMs, load.Load?.MinMs, load.Load?.MedianMs, load.Load?.P95Ms, load.LimitMs],
                load.Load?.P95Ms / load.LimitMs, load.Load is null ? "failed" : load.LimitMs is null ? "" : load.Passed ? "kept" : "missed", load.Passed);
        }

        return table;
    }

    private Table Classes()
    {
        var table = Table(["queries", .. Via("via"), "shows"], [.. Wide("all"), "cold", .. Wide("min"), "median", "p95", "limit"], wraps: false);
        foreach (var one in _report.Classes)
        {
            Row(
                table, [one.Class, .. Via(one.Via), one.Range], [.. Wide<double?>(one.Queries), one.Timing?.ColdMs, .. Wide(one.Timing?.MinMs), one.Timing?.MedianMs, one.Timing?.P95Ms, one.LimitMs],
                one.Timing?.P95Ms / one.LimitMs, one.Passed ? "kept" : $"{one.Misses} over", one.Passed);
        }

        return table;
    }

    /// <summary>Those that missed their limit, and at least some of those nearest to it.</summary>
    private Table Slowest()
    {
        var table = Table(["slowest for its class", .. Wide("class"), .. Via("via"), "shows"], [.. Wide("samples"), .. Wide("series"), "p95", "limit"]);
        var queries = BenchRows.Queries(_report).Where(row => row.Query.Timing is not null).OrderByDescending(row => row.Query.Timing!.P95Ms / row.Query.LimitMs).ToList();
        foreach (var row in queries.Take(Math.Clamp(queries.Count(row => !row.Query.Passed), FewestRows, MostRows)))
        {
            Row(
                table, [row.Name, .. Wide(row.Query.Class), .. Via(row.Load.Via), row.Load.Range], [.. Wide<double?>(row.Query.Samples), .. Wide<double?>(row.Query.SeriesTouched), row.Query.Timing!.P95Ms, row.Query.LimitMs],
                row.Query.Timing.P95Ms / row.Query.LimitMs, row.Query.Passed ? "kept" : "missed", row.Query.Passed);
        }

        return table;
    }

    private static IEnumerable<string> Failures(BenchReport report) =>
    [
        .. report.Dashboards.SelectMany(board => board.Loads.Where(load => load.Error is not null).Select(load => $"failed at {load.Range}: {board.Title}: {load.Error}")),
        .. BenchRows.Queries(report).Where(row => row.Query.Error is not null).Select(row => $"failed at {row.Load.Range}: {row.Name}: {row.Query.Error}"),
    ];

    /// <summary>Through what, where there is a choice.</summary>
    private string[] Via(string via) => _report.Servers.Count > 1 ? [via] : [];

    /// <summary>What a narrow window has no place for.</summary>
    private T[] Wide<T>(T cell) => _wide ? [cell] : [];

    private static Table Table(IEnumerable<string> texts, IEnumerable<string> numbers, bool wraps = true)
    {
        var table = new Table().Border(TableBorder.Simple);
        foreach (var (i, header) in texts.Index()) table.AddColumn(new TableColumn(header) { NoWrap = !wraps || i > 0 });
        foreach (var header in numbers) table.AddColumn(new TableColumn(header).RightAligned().NoWrap());
        return table.AddColumn(new TableColumn("of it").NoWrap()).AddColumn(new TableColumn("").NoWrap());
    }

    private void Row(Table table, IEnumerable<string> texts, IEnumerable<double?> numbers, double? share, string verdict, bool good) => table.AddRow(
    [
        .. texts.Select(Markup.Escape), .. numbers.Select(BenchText.Number), Bar(share), verdict.Length == 0 ? "" : good ? $"[green]{verdict}[/]" : $"[red]{verdict}[/]",
    ]);

    private string Bar(double? share)
    {
        if (share is not { } part) return "";
        var percent = part.ToString("P0", CultureInfo.InvariantCulture);
        if (!_wide) return $"[{(part < 1 ? "green" : "red")}]{percent}[/]";
        var length = (int)Math.Ceiling(Math.Min(part, 1) * BarLength);
        return $"[{(part < 1 ? "green" : "red")}]{new string('█', length)}[/]{new string('░', BarLength - length)} {percent}";
    }
}
