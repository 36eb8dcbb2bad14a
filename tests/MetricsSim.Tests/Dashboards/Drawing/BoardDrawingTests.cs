using System.Xml.Linq;
using MetricsSim.Dashboards.Drawing;
using MetricsSim.Dashboards.Drawing.Data;
using MetricsSim.Dashboards.Model;
using MetricsSim.Tests.Support;
using Xunit;
using static MetricsSim.Tests.Dashboards.Drawing.TestBoards;

namespace MetricsSim.Tests.Dashboards.Drawing;

/// <summary>A dashboard with every type of panel is drawn as it was approved, and the page holds the same drawing.</summary>
public sealed class BoardDrawingTests
{
    private static readonly string Json = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "tests/MetricsSim.Tests/Dashboards/Drawing/Approved/every-panel.json"));

    [Fact]
    public void Every_type_of_panel_is_drawn_as_approved()
    {
        var svg = BoardSvg.Of(EveryPanel());
        XDocument.Parse(svg);
        Approved.Equal("Dashboards/Drawing/Approved/every-panel.svg", svg);
    }

    [Fact]
    public void The_page_lists_its_dashboards_and_holds_their_drawings()
    {
        var board = EveryPanel();
        var page = XDocument.Parse(BoardPage.Of([board, board with { Dashboard = board.Dashboard with { Title = "Another" } }]));
        Assert.Equal(["Every panel", "Another"], page.Descendants("nav").Descendants("a").Select(link => link.Value));
        Assert.All(page.Descendants("nav").Descendants("a"), link => Assert.Contains(page.Descendants("section"), section => "#" + (string?)section.Attribute("id") == (string?)link.Attribute("href")));
        var titles = page.Descendants("section").First().Descendants("text").Select(text => text.Value).ToList();
        Assert.All(board.Panels, panel => Assert.Contains(panel.Panel.Title, titles));
    }

    [Fact]
    public void A_band_ends_where_no_panel_reaches_over()
    {
        var drawing = BoardDrawing.Of(EveryPanel());
        // The key of the marks, and four stripes of panels, two with a row's title: that with the gauge is held together by what stands beside it.
        Assert.Equal([22, 9 * 38, 7 * 38, 12 * 38, 4 * 38], drawing.Bands.Select(band => band.Height));
        Assert.Equal(drawing.Height, drawing.Bands.Sum(band => band.Height));
    }

    [Fact]
    public void What_is_before_the_time_shown_is_not_drawn()
    {
        const string Lines = """
            {"title": "t", "panels": [{"type": "timeseries", "title": "a", "gridPos": {"x": 0, "y": 0, "w": 12, "h": 8}, "options": {"legend": {"showLegend": false}},
            "fieldConfig": {"defaults": {"custom": {"fillOpacity": 20}}, "overrides": []}, "targets": [{"refId": "A", "expr": "a"}]}]}
            """;
        BoardData Shown(double before) => With(Lines, panel =>
        {
            var series = Range(panel, "a", x => 10 + x);
            return [series with { Samples = [.. series.Samples.Select(sample => sample with { Time = sample.Time - before })] }];
        });
        // Grid, area and line begin at the same places, whether a sample is there or just before.
        Assert.Equal(Starts(Shown(0)), Starts(Shown(290)));
    }

    private static List<double> Starts(BoardData board) =>
    [
        .. XDocument.Parse(BoardSvg.Of(board)).Descendants().Where(element => element.Name.LocalName == "path")
            .Select(path => double.Parse(((string)path.Attribute("d")!)[1..].Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture)),
    ];

    private static BoardData EveryPanel() => With(
        Json, Series, new TimeMark(Start + 3600, Start + 5400, "Faults", "model_outage", "red"), new TimeMark(Start + 7200, Start + 7200, "Load", "load changed", "orange"));

    private static IEnumerable<PanelSeries> Series(Panel panel) => panel.Title switch
    {
        "Lines" => [Range(panel, "p50", x => 0.8 + (0.1 * Wave(x, 3))), Range(panel, "p95", x => x is > 0.4 and < 0.5 ? double.NaN : 1.5 + Wave(x, 5)), Range(panel, "requests", x => 40 * x)],
        "Stacked" => [Range(panel, "read", x => 400 + (100 * Wave(x, 2))), Range(panel, "written", x => x > 0.6 ? 0 : 300 * x), Range(panel, "removed", x => 900 * x * x)],
        "Bars" => [Range(panel, "started", x => Math.Floor(10 * Wave(x, 4)))],
        "Buckets" => [Bucket(panel, "0.1", 5), Bucket(panel, "+Inf", 41), Bucket(panel, "0.5", 20), Bucket(panel, "1", 40), Bucket(panel, "0.05", 0)],
        "States" => [Range(panel, "api", x => x is > 0.3 and < 0.5 ? 0 : 1), Range(panel, "auth", x => x < 0.2 ? -1 : 1)],
        "Value" => [Range(panel, "spend", x => 1000 + (12_310 * x))],
        "Values" => [Instant(panel, 0, "power", 0.62), Instant(panel, 0, "regular", 0.31), Instant(panel, 0, "idle", 0.07)],
        "Gauge" => [Instant(panel, 0, "used", 63.8)],
        "Shares" => [Instant(panel, 0, "sonnet", 52), Instant(panel, 0, "opus", 45), Instant(panel, 0, "haiku", 3)],
        "Bars at one time" or "Standing" => [Instant(panel, 0, "first", 4096), Instant(panel, 0, "second", 2500), Instant(panel, 0, "third", 0)],
        "Table" => [
            Instant(panel, 0, "", 12.5, ("model", "opus")), Instant(panel, 0, "", 30, ("model", "sonnet")),
            Instant(panel, 1, "", 4e6, ("model", "sonnet")), Instant(panel, 1, "", 1e6, ("model", "opus")), Instant(panel, 1, "", 5000, ("model", "haiku"))],
        "Not drawn" => [Instant(panel, 0, "a", 1)],
        _ => [],
    };

    private static PanelSeries Bucket(Panel panel, string le, double most) => Range(panel, le, x => Math.Round(most * Wave(x, 1)), ("le", le));

    private static double Wave(double x, double times) => 0.5 + (0.5 * Math.Round(Math.Sin(x * times * 2 * Math.PI), 6));
}
