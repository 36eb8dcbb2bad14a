using System.Globalization;
using MetricsSim.Dashboards.Benchmarks;
using Spectre.Console;

namespace MetricsSim.Cli.Dashboards;

/// <summary>What a benchmark of dashboards found, as tables.</summary>
internal static class BenchTables
{
    private const int BarLength = 16;
    private const int FewestRows = 10;
    private const int MostRows = 40;

    /// <summary>Draws it.</summary>
    /// <param name="console">Where.</param>
    /// <param name="report">What was found.</param>
    public static void Draw(IAnsiConsole console, BenchReport report)
    {
        console.Write(Loads(report));
        console.Write(Classes(report));
        console.Write(Slowest(report));
        var failures = Failures(report).ToList();
        foreach (var failure in failures.Take(MostRows)) console.Write(new Text(failure + "\n"));
        if (failures.Count > MostRows) console.Write(new Text($"and {failures.Count - MostRows} more failures\n"));
        console.MarkupLine(report.Passed ? "[green]fast enough[/]" : "[red]not fast enough[/]");
    }

    private static Table Loads(BenchReport report)
    {
        var table = Table(["dashboard", "via", "shows"], ["cold ms", "min ms", "median ms", "p95 ms", "limit ms"]);
        foreach (var (board, load) in report.Dashboards.SelectMany(board => board.Loads.Select(load => (board, load))))
        {
            Row(
                table, [board.Title, load.Via, load.Range],
                [load.Load?.ColdMs, load.Load?.MinMs, load.Load?.MedianMs, load.Load?.P95Ms, load.LimitMs],
                load.Load?.P95Ms / load.LimitMs, load.Load is null ? "failed" : load.LimitMs is null ? "" : load.Passed ? "kept" : "passed", load.Passed);
        }

        return table;
    }

    private static Table Classes(BenchReport report)
    {
        var table = Table(["queries", "via", "shows"], ["number", "cold ms", "min ms", "median ms", "p95 ms", "limit ms"]);
        foreach (var one in report.Classes)
        {
            Row(
                table, [one.Class, one.Via, one.Range], [one.Queries, one.Timing?.ColdMs, one.Timing?.MinMs, one.Timing?.MedianMs, one.Timing?.P95Ms, one.LimitMs],
                one.Timing?.P95Ms / one.LimitMs, one.Passed ? "kept" : $"{one.Misses} passed it", one.Passed);
        }

        return table;
    }

    /// <summary>Those that missed their limit, and at least some of those nearest to it.</summary>
    private static Table Slowest(BenchReport report)
    {
        var table = Table(["slowest for its class", "class", "via", "shows"], ["samples", "series", "p95 ms", "limit ms"]);
        var queries = BenchRows.Queries(report).Where(row => row.Query.Timing is not null).OrderByDescending(row => row.Query.Timing!.P95Ms / row.Query.LimitMs).ToList();
        foreach (var row in queries.Take(Math.Clamp(queries.Count(row => !row.Query.Passed), FewestRows, MostRows)))
        {
            Row(
                table, [row.Name, row.Query.Class, row.Load.Via, row.Load.Range], [row.Query.Samples, row.Query.SeriesTouched, row.Query.Timing!.P95Ms, row.Query.LimitMs],
                row.Query.Timing.P95Ms / row.Query.LimitMs, row.Query.Passed ? "kept" : "passed", row.Query.Passed);
        }

        return table;
    }

    private static IEnumerable<string> Failures(BenchReport report) =>
    [
        .. report.Dashboards.SelectMany(board => board.Loads.Where(load => load.Error is not null).Select(load => $"failed at {load.Range}: {board.Title}: {load.Error}")),
        .. BenchRows.Queries(report).Where(row => row.Query.Error is not null).Select(row => $"failed at {row.Load.Range}: {row.Name}: {row.Query.Error}"),
    ];

    private static Table Table(IEnumerable<string> texts, IEnumerable<string> numbers)
    {
        var table = new Table().Border(TableBorder.Simple);
        foreach (var header in texts) table.AddColumn(new TableColumn(header));
        foreach (var header in numbers) table.AddColumn(new TableColumn(header).RightAligned().NoWrap());
        return table.AddColumn(new TableColumn("of the limit").NoWrap()).AddColumn(new TableColumn("limit").NoWrap());
    }

    private static void Row(Table table, IEnumerable<string> texts, IEnumerable<double?> numbers, double? share, string verdict, bool good) => table.AddRow(
    [
        .. texts.Select(Markup.Escape), .. numbers.Select(Number), Bar(share), verdict.Length == 0 ? "" : good ? $"[green]{verdict}[/]" : $"[red]{verdict}[/]",
    ]);

    private static string Bar(double? share)
    {
        if (share is not { } part) return "";
        var length = (int)Math.Ceiling(Math.Min(part, 1) * BarLength);
        return $"[{(part < 1 ? "green" : "red")}]{new string('█', length)}[/]{new string('░', BarLength - length)} {part.ToString("P0", CultureInfo.InvariantCulture)}";
    }

    private static string Number(double? number) => number switch
    {
        null => "",
        < 10 when number != Math.Floor(number.Value) => number.Value.ToString("0.0", CultureInfo.InvariantCulture),
        _ => number.Value.ToString("N0", CultureInfo.InvariantCulture),
    };
}
