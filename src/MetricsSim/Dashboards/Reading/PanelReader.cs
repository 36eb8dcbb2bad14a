using System.Text.Json;
using MetricsSim.Configuration;
using MetricsSim.Dashboards.Model;

namespace MetricsSim.Dashboards.Reading;

/// <summary>Reads an element of <c>panels</c>.</summary>
internal static class PanelReader
{
    private const int MostRows = 100_000;

    /// <summary>Reads a panel, but not its row.</summary>
    /// <param name="place">Where it is.</param>
    /// <param name="targets">Its queries.</param>
    public static Panel Read(JsonCursor place, IReadOnlyList<PanelTarget> targets)
    {
        var fields = place.Object("fieldConfig");
        return new Panel
        {
            Id = place.Whole("id", 0, int.MaxValue) ?? 0,
            Title = place.Line("title"),
            Description = place.Text("description"),
            Type = place.Line("type"),
            Grid = Grid(place),
            Targets = targets,
            IntervalMin = Interval(place, "interval"),
            MaxDataPoints = place.Whole("maxDataPoints", 1, 1_000_000),
            TimeFrom = Interval(place, "timeFrom"),
            TimeShift = Interval(place, "timeShift"),
            Repeat = place.Line("repeat"),
            Field = fields?.Object("defaults") is { } defaults ? FieldReader.Read(defaults) : new(),
            Overrides = [.. fields?.Objects("overrides").Select(FieldReader.Override) ?? []],
            Options = place.Object("options")?.Element ?? default,
            Transformations = [.. place.Objects("transformations").Select(transformation => transformation.Element)],
        };
    }

    /// <summary>Reads a query.</summary>
    /// <param name="place">Where it is.</param>
    /// <param name="index">How many queries the panel has before it.</param>
    public static PanelTarget Target(JsonCursor place, int index)
    {
        var instant = place.Flag("instant");
        return new PanelTarget
        {
            RefId = place.Line("refId") is { Length: > 0 } name ? name : $"{(char)('A' + (index % 26))}{(index < 26 ? "" : index / 26)}",
            Expression = place.Text("expr"),
            Legend = place.Text("legendFormat"),
            Instant = instant,
            // Neither is a range: older dashboards say nothing.
            Range = place.Flag("range") || !instant,
            Format = Format(place),
            Hidden = place.Flag("hide"),
            Interval = Interval(place, "interval"),
            IntervalFactor = place.Whole("intervalFactor", 0, 1000) is { } factor and > 0 ? factor : 1,
        };
    }

    /// <summary>The uid of a data source, maybe a variable; empty for the default one, a name and mixed ones.</summary>
    /// <param name="place">The panel or query.</param>
    public static string DatasourceUid(JsonCursor place) =>
        place.Find("datasource") is { IsObject: true } reference && reference.Line("uid") is var uid && !uid.StartsWith("-- ", StringComparison.Ordinal) ? uid : "";

    private static GridPlace Grid(JsonCursor place)
    {
        if (place.Object("gridPos") is not { } grid) return new(0, 0, GridPlace.Columns / 2, 8);
        return new(
            grid.Whole("x", 0, GridPlace.Columns - 1) ?? 0, grid.Whole("y", 0, MostRows) ?? 0, grid.Whole("w", 1, GridPlace.Columns) ?? GridPlace.Columns / 2,
            grid.Whole("h", 1, MostRows) ?? 8);
    }

    private static string Interval(JsonCursor place, string name)
    {
        var text = place.Line(name);
        // Older versions wrote a limit such as >10s, or a bare number; Grafana reads both.
        if (text.Length == 0 || text.Contains('$', StringComparison.Ordinal) || GrafanaInterval.Parse(text) is not null) return text;
        place.Find(name)!.Refuse("a length of time such as 30s, 5m, 2h or 1d, or a variable");
        return "";
    }

    private static TargetFormat Format(JsonCursor place)
    {
        switch (place.Line("format"))
        {
            case "" or "time_series": return TargetFormat.TimeSeries;
            case "table": return TargetFormat.Table;
            case "heatmap": return TargetFormat.Heatmap;
            default:
                place.Find("format")!.Refuse("time_series, table or heatmap");
                return TargetFormat.TimeSeries;
        }
    }
}
