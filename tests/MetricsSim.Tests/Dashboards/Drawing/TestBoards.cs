using System.Text;
using MetricsSim.Dashboards;
using MetricsSim.Dashboards.Drawing;
using MetricsSim.Dashboards.Drawing.Data;
using MetricsSim.Dashboards.Model;
using MetricsSim.Dashboards.Reading;
using MetricsSim.Prometheus;
using Xunit;

namespace MetricsSim.Tests.Dashboards.Drawing;

/// <summary>Dashboards with results that no Prometheus gave.</summary>
internal static class TestBoards
{
    public const double Start = 1_767_571_200; // 2026-01-05T00:00:00Z

    private const double Step = 300;
    private const int Steps = 48;

    public static BoardTime Time { get; } = new(DateTimeOffset.FromUnixTimeSeconds((long)Start), DateTimeOffset.FromUnixTimeSeconds((long)(Start + (Step * Steps))));

    public static Dashboard Read(string json)
    {
        var reading = DashboardReader.Read("board.json", Encoding.UTF8.GetBytes(json));
        Assert.Empty(reading.Errors);
        return reading.Dashboard!;
    }

    /// <summary>A dashboard whose panels have the series given for their titles.</summary>
    public static BoardData With(string json, Func<Panel, IEnumerable<PanelSeries>> series, params TimeMark[] marks)
    {
        var dashboard = Read(json);
        return new()
        {
            Dashboard = dashboard,
            Time = Time,
            Panels = [.. dashboard.Panels.Select(panel => new PanelData
            {
                Panel = panel,
                From = Time.FromSeconds,
                To = Time.ToSeconds,
                Series = [.. series(panel)],
                Marks = marks,
                Content = panel.Options.At("content").AsText() ?? "",
            })],
        };
    }

    public static PanelSeries Range(Panel panel, string name, Func<double, double> value, params (string Name, string Value)[] labels) => Of(
        panel, name, Enumerable.Range(0, Steps + 1).Select(i => new PrometheusSample(Start + (i * Step), value(i / (double)Steps))).Where(sample => !double.IsNegative(sample.Value)), Step, labels);

    public static PanelSeries Instant(Panel panel, int target, string name, double value, params (string Name, string Value)[] labels) =>
        Of(panel, name, [new PrometheusSample(Time.ToSeconds, value)], 0, labels) with { Target = panel.Targets[target] };

    private static PanelSeries Of(Panel panel, string name, IEnumerable<PrometheusSample> samples, double step, (string Name, string Value)[] labels) => new()
    {
        Target = panel.Targets[0],
        Name = name,
        Labels = labels.ToDictionary(label => label.Name, label => label.Value, StringComparer.Ordinal),
        Samples = [.. samples],
        Step = step,
    };
}
