using MetricsSim.Dashboards.Model;
using Xunit;

namespace MetricsSim.Tests.Dashboards;

/// <summary>Each shipped panel as the file has it.</summary>
public sealed class ShippedPanelTests
{
    public static TheoryData<string, int, string> Panels => ShippedDashboards.Panels;

    public static TheoryData<string, int, string> AskingPanels => ShippedDashboards.AskingPanels;

    [Theory]
    [MemberData(nameof(Panels))]
    public void Says_what_it_shows_and_in_what_unit(string dashboard, int id, string title)
    {
        var panel = ShippedDashboards.Panel(dashboard, id);
        Assert.Equal(title, panel.Title);
        Assert.InRange(panel.Description.Length, 15, 300);
        Assert.EndsWith(".", panel.Description, StringComparison.Ordinal);
        Assert.NotEmpty(panel.Field.Unit);
        if (panel.Type == "heatmap") Assert.NotEmpty(panel.Options.GetProperty("yAxis").GetProperty("unit").GetString()!);
        if (panel.Type == "table") Assert.All(panel.Overrides, column => Assert.Contains(column.Properties, property => property.Id == "unit"));
    }

    [Theory]
    [MemberData(nameof(AskingPanels))]
    public void Asks_single_figures_of_the_whole_range_once_and_lines_with_a_rate_interval(string dashboard, int id, string title)
    {
        var panel = ShippedDashboards.Panel(dashboard, id);
        Assert.All(panel.Targets, target =>
        {
            Assert.True(target.Instant != target.Range, $"{title}: a query is either instant or of a range");
            var window = target.Expression.Contains("$__range", StringComparison.Ordinal);
            Assert.True(!window || target.Instant, $"{title}: $__range in a query of a range asks for the whole range at every step");
            Assert.True(target.Range || !target.Expression.Contains("$__rate_interval", StringComparison.Ordinal), $"{title}: the rate interval is of steps, and an instant query has none");
        });
        var instant = panel.Type is "table" or "piechart" or "bargauge" or "gauge";
        if (instant) Assert.All(panel.Targets, target => Assert.True(target.Instant, title));
        if (panel.Type is "timeseries" or "heatmap" or "state-timeline") Assert.All(panel.Targets, target => Assert.True(target.Range, title));
        Assert.All(panel.Targets, target => Assert.Equal(panel.Type switch { "table" => TargetFormat.Table, "heatmap" => TargetFormat.Heatmap, _ => TargetFormat.TimeSeries }, target.Format));
    }
}
