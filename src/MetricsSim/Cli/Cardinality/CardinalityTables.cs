using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace MetricsSim.Cli.Cardinality;

/// <summary>Cardinality as tables.</summary>
internal static class CardinalityTables
{
    private const int MostMetrics = 15;
    private const int MostLabels = 12;
    private static readonly int[] ShownHours = [0, 1, 2, 3, 6, 12, 18, 24];

    /// <summary>A prediction.</summary>
    /// <param name="prediction">The prediction.</param>
    public static IRenderable Of(Prediction prediction) => new Rows(
        Table(
            ["after", "series on the page", "in the head", "since the start"],
            prediction.Day.Where(at => ShownHours.Contains(at.Hour)).Select(at => new[] { $"{at.Hour} h", Number(at.Page), Number(at.Head), Number(at.Created) })),
        Metrics(prediction.Metrics),
        Table(["label", "series it costs"], prediction.Labels.Take(MostLabels).Select(label => new[] { label.Label, Number(label.Series) })),
        Table(
            ["telemetry.labels", "is", "series it costs", "total the other way"],
            prediction.Switches.Select(one => new[]
            {
                one.Label, one.On ? "on" : "off", Number(one.Series), Number(prediction.MostInHead + (one.On ? -one.Series : one.Series)),
            }),
            texts: 2),
        Limits(prediction.Limits));

    /// <summary>A reading of a Prometheus.</summary>
    /// <param name="reading">The reading.</param>
    public static IRenderable Of(HeadReading reading) => new Rows(
        new Text($"{reading.Prometheus}: {Number(reading.HeadSeries)} series in the head, {Number(reading.LabelPairs)} label pairs"),
        // First, as the live table is cut below in a small window.
        Limits(reading.Limits),
        Metrics(reading.Metrics),
        Table(["label", "values"], reading.Labels.Select(label => new[] { label.Label, Number(label.Values) })));

    private static Rows Metrics(IReadOnlyList<MetricCount> metrics) => new(
        [
            Table(
                ["metric", "series", "label combinations"],
                metrics.Take(MostMetrics).Select(metric => new[] { metric.Metric, Number(metric.Series), Number(metric.LabelCombinations) })),
            .. metrics.Count > MostMetrics
                ? [new Text($"  and {metrics.Count - MostMetrics} more metrics with {Number(metrics.Skip(MostMetrics).Sum(metric => metric.Series))} series")]
                : Array.Empty<IRenderable>(),
        ]);

    private static Table Limits(IEnumerable<LimitCheck> limits)
    {
        var table = Table(["limit", "allowed", "there are"], []);
        table.AddColumn("").AddColumn("most in");
        foreach (var limit in limits)
            table.AddRow(limit.Limit, Number(limit.Allowed), Number(limit.Actual), limit.Kept ? "[green]kept[/]" : "[red]passed[/]", Markup.Escape(limit.Metric ?? ""));
        return table;
    }

    private static Table Table(IEnumerable<string> headers, IEnumerable<string[]> rows, int texts = 1)
    {
        var table = new Table().Border(TableBorder.Simple);
        foreach (var (i, header) in headers.Index())
        {
            var column = new TableColumn(header).NoWrap();
            table.AddColumn(i < texts ? column : column.RightAligned());
        }

        foreach (var row in rows) table.AddRow([.. row.Select(Markup.Escape)]);
        return table;
    }

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
