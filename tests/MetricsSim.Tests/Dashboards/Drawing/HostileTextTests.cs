using System.Xml.Linq;
using MetricsSim.Dashboards.Drawing;
using MetricsSim.Dashboards.Drawing.Data;
using MetricsSim.Dashboards.Model;
using Xunit;
using static MetricsSim.Tests.Dashboards.Drawing.TestBoards;

namespace MetricsSim.Tests.Dashboards.Drawing;

/// <summary>What comes from labels, titles and texts stays text, and what is endless stays bounded.</summary>
public sealed class HostileTextTests
{
    private const string Evil = "</text><script>alert(1)</script><a href=\"javascript:x\">\u0000\u001b\ufffe]]>&amp;'\"";

    private static readonly string[] Types = ["timeseries", "stat", "gauge", "bargauge", "piechart", "table", "heatmap", "state-timeline", "text", "<b>"];

    [Fact]
    public void Nothing_of_a_label_or_a_title_becomes_markup()
    {
        var board = Board(panel => [Range(panel, Evil, x => 1 + x, ("le", Evil), ("x", Evil)), Instant(panel, 0, Evil, 3, ("le", Evil))]);
        foreach (var document in new[] { XDocument.Parse(BoardSvg.Of(board)), XDocument.Parse(BoardPage.Of([board, board])) })
        {
            Assert.DoesNotContain(document.Descendants(), element => element.Name.LocalName is "script" or "image" or "foreignObject" or "img" or "link");
            Assert.DoesNotContain(document.Descendants().Attributes(), attribute =>
                attribute.Name.LocalName is "style" or "src" || attribute.Name.LocalName.StartsWith("on", StringComparison.Ordinal)
                || (attribute.Name.LocalName == "href" && !attribute.Value.StartsWith("#d", StringComparison.Ordinal)));
            Assert.All(document.Descendants().Where(element => element.Name.LocalName == "style"), style => Assert.DoesNotContain("url(", style.Value, StringComparison.Ordinal));
            Assert.Contains(document.Descendants(), element => element.Name.LocalName == "text" && element.Value.StartsWith("</text><script>", StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    [InlineData(double.MaxValue)]
    [InlineData(double.Epsilon)]
    [InlineData(-5)]
    public void Any_value_can_be_drawn(double value)
    {
        var board = Board(panel => [Range(panel, "a", _ => Math.Abs(value)), Instant(panel, 0, "b", value), Instant(panel, 0, "c", 0)]);
        var svg = BoardSvg.Of(board);
        Assert.DoesNotContain(
            XDocument.Parse(svg).Descendants().Attributes().Where(attribute => attribute.Name.LocalName is "d" or "x" or "y" or "width" or "height"),
            attribute => attribute.Value.Contains("NaN", StringComparison.Ordinal) || attribute.Value.Contains('∞', StringComparison.Ordinal) || attribute.Value.Contains('E', StringComparison.Ordinal));
    }

    [Fact]
    public void More_series_than_fit_are_counted()
    {
        var board = Board(panel => Enumerable.Range(0, 200).Select(i => Range(panel, $"series {i} with a rather long name", x => i + x, ("le", $"{i}"))));
        var texts = XDocument.Parse(BoardSvg.Of(board)).Descendants().Where(element => element.Name.LocalName == "text").Select(element => element.Value).ToList();
        Assert.True(texts.Count(text => text.StartsWith("+ ", StringComparison.Ordinal)) >= 6, string.Join('\n', texts.Where(text => text.StartsWith('+'))));
    }

    [Fact]
    public void Panels_that_are_too_small_are_drawn_all_the_same()
    {
        string Small(string type, string place) => $$"""{"type": "{{type}}", "title": "small", "gridPos": {{place}}, "targets": [{"refId": "A", "expr": "a"}]}""";
        var narrow = Types.Select((type, i) => Small(type, $$"""{"x": {{i}}, "y": 0, "w": 1, "h": 1}"""));
        var low = Types.Select((type, i) => Small(type, $$"""{"x": 0, "y": {{1 + i}}, "w": 24, "h": 1}"""));
        var json = $$"""{"title": "t", "panels": [{{string.Join(',', narrow.Concat(low))}}]}""";
        var board = With(json, panel => [Range(panel, "a", x => x), Range(panel, "b", x => 1 - x)]);
        var sizes = XDocument.Parse(BoardSvg.Of(board)).Descendants().Attributes().Where(attribute => attribute.Name.LocalName is "width" or "height");
        Assert.DoesNotContain(sizes, size => size.Value.StartsWith('-'));
    }

    [Fact]
    public void Panels_in_which_everything_is_hidden_are_drawn_all_the_same()
    {
        var json = $$"""{"title": "t", "panels": [{{string.Join(',', Types.Select((type, i) => $$"""{"type": "{{type}}", "title": "hidden", "gridPos": {"x": 0, "y": {{i * 8}}, "w": 12, "h": 8}, "fieldConfig": {"defaults": {"custom": {"hideFrom": {"viz": true, "legend": true}, "hidden": true} }, "overrides": []}, "targets": [{"refId": "A", "expr": "a"}]}"""))}}]}""";
        var drawn = XDocument.Parse(BoardSvg.Of(With(json, panel => [Range(panel, "a", x => x), Instant(panel, 0, "b", 1)])));
        Assert.Equal(Types.Length, drawn.Descendants().Count(element => element.Name.LocalName == "text" && element.Value == "hidden"));
    }

    private static BoardData Board(Func<Panel, IEnumerable<PanelSeries>> series)
    {
        var evil = System.Text.Json.JsonSerializer.Serialize(Evil.Replace("\ufffe", "", StringComparison.Ordinal));
        var json = $$"""
            {"title": {{evil}}, "description": {{evil}}, "panels": [{{string.Join(',', Types.Select((type, i) => $$"""
                {"type": {{System.Text.Json.JsonSerializer.Serialize(type)}}, "title": {{evil}}, "description": {{evil}}, "gridPos": {"x": {{i % 2 * 12}}, "y": {{i / 2 * 8}}, "w": 12, "h": 8},
                 "fieldConfig": {"defaults": {"unit": {{evil}}, "color": {"mode": "fixed", "fixedColor": "url(#x)"}, "custom": {"axisLabel": {{evil}} } }, "overrides": []},
                 "options": {"content": {{evil}}, "mode": "markdown", "legend": {"showLegend": true, "calcs": ["mean"], "displayMode": "table"} }, "targets": [{"refId": "A", "expr": "a"}]}
                """))}}]}
            """;
        return With(json, series, new TimeMark(Start, Start + 600, Evil, Evil, "url(#x)"));
    }
}
