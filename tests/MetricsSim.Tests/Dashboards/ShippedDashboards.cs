using System.Text.Json.Nodes;
using MetricsSim.Dashboards.Model;
using MetricsSim.Dashboards.Reading;
using MetricsSim.Tests.Support;
using Xunit;

namespace MetricsSim.Tests.Dashboards;

/// <summary>The dashboards of the repository.</summary>
internal static class ShippedDashboards
{
    /// <summary>Every file, good or bad.</summary>
    public static IReadOnlyList<DashboardReading> Readings { get; } = DashboardFiles.Read([Path.Combine(RepositoryRoot.Path, "dashboards")]);

    /// <summary>Those that can be read, by their file's name without its ending.</summary>
    public static IReadOnlyDictionary<string, Dashboard> ByName { get; } = Readings.Select(reading => reading.Dashboard).OfType<Dashboard>()
        .ToDictionary(dashboard => Path.GetFileNameWithoutExtension(dashboard.Source), StringComparer.Ordinal);

    /// <summary>A row for each dashboard.</summary>
    public static TheoryData<string> Names => [.. ByName.Keys];

    /// <summary>A row for each panel: its dashboard, its id, and its title for who reads the name of the test.</summary>
    public static TheoryData<string, int, string> Panels => Rows(_ => true);

    /// <summary>A row for each panel that asks something.</summary>
    public static TheoryData<string, int, string> AskingPanels => Rows(panel => panel.Targets.Count > 0);

    /// <summary>A panel.</summary>
    public static Panel Panel(string dashboard, int id) => Assert.Single(ByName[dashboard].Panels, panel => panel.Id == id);

    /// <summary>The file as it is.</summary>
    public static string Text(string dashboard) => File.ReadAllText(ByName[dashboard].Source);

    /// <summary>The file as JSON, for keys that nothing but Grafana reads.</summary>
    public static JsonObject Json(string dashboard) => JsonNode.Parse(Text(dashboard))!.AsObject();

    private static TheoryData<string, int, string> Rows(Predicate<Panel> wanted)
    {
        var rows = new TheoryData<string, int, string>();
        foreach (var (name, dashboard) in ByName)
        {
            foreach (var panel in dashboard.Panels.Where(panel => wanted(panel))) rows.Add(name, panel.Id, panel.Title);
        }

        return rows;
    }
}
